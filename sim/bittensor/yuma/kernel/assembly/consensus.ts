/**
 * Consensus: for each miner the largest weight that kappa of the active stake supports (spec 5.6).
 *
 * The chain halves the voters around pivots until the cumulative stake by ascending score first
 * exceeds minority = total - kappa. That is a function of the scores and votes alone: the smallest
 * score v such that those who score above v hold less than kappa; the largest score where kappa is
 * 0. Missing scores are 0.
 */
import { proportionFromU16 } from "./fixed";
import {
  activeStakeAt,
  consensusAt,
  cursorAt,
  emaBitsAt,
  emaColumnsAt,
  oldStartAt,
  votesAt,
  wBitsAt,
  wColumnsAt,
  wStartAt,
} from "./memory";
import { kappa, n } from "./parameters";
import { supportedScore } from "./supported-score";
import { normalize } from "./vectors";

export function findConsensus(): void {
  const voters = countVotes();
  sortByColumn();
  const threshold = proportionFromU16(kappa);
  for (let column = 0; column < n; column++) {
    const start = load<u32>(oldStartAt + ((<usize>column) << 2));
    const end = load<u32>(cursorAt + ((<usize>column) << 2));
    const score = supportedScore(start, end, voters, threshold);
    store<i64>(consensusAt + ((<usize>column) << 3), score);
  }
}

/** Votes are the active stake normalised once more; those of nobody are 0. */
function countVotes(): i32 {
  memory.copy(votesAt, activeStakeAt, (<usize>n) << 3);
  normalize(votesAt, n);
  let voters = 0;
  for (let uid = 0; uid < n; uid++) if (load<i64>(votesAt + ((<usize>uid) << 3)) > 0) voters++;
  return voters;
}

/**
 * Scores by column: bits and rows go where the new bonds will be; column j begins at oldStart[j] and
 * ends at cursor[j]. Rows without votes are left out; where a row names a column twice the last counts.
 */
function sortByColumn(): void {
  countColumns();
  for (let row = 0; row < n; row++) {
    if (load<i64>(votesAt + ((<usize>row) << 3)) == 0) continue;
    const end = load<u32>(wStartAt + ((<usize>row + 1) << 2));
    for (let k = load<u32>(wStartAt + ((<usize>row) << 2)); k < end; k++) {
      const column = load<u16>(wColumnsAt + ((<usize>k) << 1)) as usize;
      let to = load<u32>(cursorAt + (column << 2));
      const again =
        to > load<u32>(oldStartAt + (column << 2)) &&
        load<u16>(emaColumnsAt + ((<usize>to - 1) << 1)) == (row as u16);
      if (again) to--;
      store<u16>(emaColumnsAt + ((<usize>to) << 1), row as u16);
      store<i64>(emaBitsAt + ((<usize>to) << 3), load<i64>(wBitsAt + ((<usize>k) << 3)));
      store<u32>(cursorAt + (column << 2), to + 1);
    }
  }
}

/** oldStart and cursor: where each column begins. */
function countColumns(): void {
  memory.fill(cursorAt, 0, (<usize>n) << 2);
  const entries = load<u32>(wStartAt + ((<usize>n) << 2));
  for (let k: u32 = 0; k < entries; k++) {
    const at = cursorAt + ((load<u16>(wColumnsAt + ((<usize>k) << 1)) as usize) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let start: u32 = 0;
  for (let column = 0; column < n; column++) {
    const at = (<usize>column) << 2;
    const count = load<u32>(cursorAt + at);
    store<u32>(oldStartAt + at, start);
    store<u32>(cursorAt + at, start);
    start += count;
  }
}
