/** The score of one column that enough votes support; see consensus.ts. */
import { emaBitsAt, emaColumnsAt, votesAt } from "./memory";

function scoreOf(k: u32): i64 {
  return load<i64>(emaBitsAt + ((<usize>k) << 3));
}

function voteOf(k: u32): i64 {
  const row = load<u16>(emaColumnsAt + ((<usize>k) << 1));
  return load<i64>(votesAt + ((<usize>row) << 3));
}

function swap(a: u32, b: u32): void {
  const scoreA = emaBitsAt + ((<usize>a) << 3);
  const scoreB = emaBitsAt + ((<usize>b) << 3);
  const rowA = emaColumnsAt + ((<usize>a) << 1);
  const rowB = emaColumnsAt + ((<usize>b) << 1);
  const score = load<i64>(scoreA);
  const row = load<u16>(rowA);
  store<i64>(scoreA, load<i64>(scoreB));
  store<u16>(rowA, load<u16>(rowB));
  store<i64>(scoreB, score);
  store<u16>(rowB, row);
}

/**
 * The smallest score v of the `voters` (entries start ... end, 0 for those who have none) such that
 * the votes for more than v are below `threshold`; the largest where no score is. Reorders entries.
 */
export function supportedScore(start: u32, end: u32, voters: i32, threshold: i64): i64 {
  let positive = 0;
  let forMoreThanZero: i64 = 0;
  let smallest = i64.MAX_VALUE;
  let largest: i64 = 0;
  for (let k = start; k < end; k++) {
    const score = scoreOf(k);
    if (score == 0) continue;
    positive++;
    forMoreThanZero += voteOf(k);
    smallest = min(smallest, score);
    largest = max(largest, score);
  }
  if (threshold == 0) return largest;
  // Zero is a score only where some voter gave it.
  if (forMoreThanZero < threshold) return positive < voters || voters == 0 ? 0 : smallest;
  return select(start, end, threshold);
}

/** Halves the entries around pivots; `above` are the votes for more than any of them. */
function select(start: u32, end: u32, threshold: i64): i64 {
  let low = start;
  let high = end;
  let above: i64 = 0;
  while (true) {
    const pivot = scoreOf((low + high) >> 1);
    // Greater scores to the front, smaller ones to the back.
    let greater = low;
    let k = low;
    let smaller = high;
    let greaterVotes: i64 = 0;
    let equalVotes: i64 = 0;
    while (k < smaller) {
      const score = scoreOf(k);
      if (score > pivot) {
        greaterVotes += voteOf(k);
        swap(greater++, k++);
      } else if (score < pivot) {
        swap(k, --smaller);
      } else {
        equalVotes += voteOf(k);
        k++;
      }
    }
    if (above + greaterVotes >= threshold) {
      high = greater;
    } else if (above + greaterVotes + equalVotes >= threshold || smaller == high) {
      return pivot;
    } else {
      above += greaterVotes + equalVotes;
      low = smaller;
    }
  }
}
