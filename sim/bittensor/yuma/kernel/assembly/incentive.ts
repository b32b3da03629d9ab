/**
 * Clipping, validator trust, rank and incentive (spec 5.7, 5.8), and the weights that bonds follow
 * (spec 5.9).
 */
import { ONE, proportionFromU16, satAdd, satMul } from "./fixed";
import {
  activeStakeAt,
  consensusAt,
  followedBitsAt,
  followedColumnsAt,
  followedStartAt,
  freshRowAt,
  incentiveAt,
  oldRowAt,
  validatorTrustAt,
  wBitsAt,
  wColumnsAt,
  wStartAt,
} from "./memory";
import { bondsPenalty, n } from "./parameters";
import { normalize } from "./vectors";

/** Entries above consensus count as it; ranks are the stake-weighted sums of what remains. */
export function findIncentive(): void {
  memory.fill(incentiveAt, 0, (<usize>n) << 3);
  for (let row = 0; row < n; row++) {
    const stake = load<i64>(activeStakeAt + ((<usize>row) << 3));
    const end = load<u32>(wStartAt + ((<usize>row + 1) << 2));
    let trust: i64 = 0;
    for (let k = load<u32>(wStartAt + ((<usize>row) << 2)); k < end; k++) {
      const column = (load<u16>(wColumnsAt + ((<usize>k) << 1)) as usize) << 3;
      const clipped = min(load<i64>(wBitsAt + ((<usize>k) << 3)), load<i64>(consensusAt + column));
      trust += clipped;
      const rank = load<i64>(incentiveAt + column);
      store<i64>(incentiveAt + column, rank + satMul(stake, clipped));
    }
    store<i64>(validatorTrustAt + ((<usize>row) << 3), trust);
  }
  normalize(incentiveAt, n);
}

/** From weights as set (penalty 0) to clipped weights (penalty 1). */
export function findFollowedWeights(): void {
  const penalty = proportionFromU16(bondsPenalty);
  let entries: u32 = 0;
  store<u32>(followedStartAt, 0);
  for (let row = 0; row < n; row++) {
    entries =
      penalty == 0 || penalty == ONE
        ? copyRow(row, entries, penalty == ONE)
        : interpolateRow(row, entries, penalty);
    store<u32>(followedStartAt + ((<usize>row + 1) << 2), entries);
  }
}

/** In stored order with its zeros; an entry that is clipped to 0 is removed. */
function copyRow(row: i32, start: u32, clip: bool): u32 {
  const end = load<u32>(wStartAt + ((<usize>row + 1) << 2));
  let to = start;
  for (let k = load<u32>(wStartAt + ((<usize>row) << 2)); k < end; k++) {
    const column = load<u16>(wColumnsAt + ((<usize>k) << 1));
    let bits = load<i64>(wBitsAt + ((<usize>k) << 3));
    if (clip) {
      const limit = load<i64>(consensusAt + ((<usize>column) << 3));
      if (limit == 0 && bits > 0) continue;
      bits = min(bits, limit);
    }
    store<u16>(followedColumnsAt + ((<usize>to) << 1), column);
    store<i64>(followedBitsAt + ((<usize>to) << 3), bits);
    to++;
  }
  return to;
}

/** weight + penalty * (clipped - weight), the positive ones by ascending column. */
function interpolateRow(row: i32, start: u32, penalty: i64): u32 {
  const first = load<u32>(wStartAt + ((<usize>row) << 2));
  const end = load<u32>(wStartAt + ((<usize>row + 1) << 2));
  if (first == end) return start;
  memory.fill(freshRowAt, 0, (<usize>n) << 3);
  memory.fill(oldRowAt, 0, (<usize>n) << 3);
  for (let k = first; k < end; k++) {
    const column = (load<u16>(wColumnsAt + ((<usize>k) << 1)) as usize) << 3;
    const bits = load<i64>(wBitsAt + ((<usize>k) << 3));
    const limit = load<i64>(consensusAt + column);
    store<i64>(freshRowAt + column, bits);
    if (bits <= limit || limit > 0) store<i64>(oldRowAt + column, min(bits, limit));
  }
  let to = start;
  for (let column = 0; column < n; column++) {
    const weight = load<i64>(freshRowAt + ((<usize>column) << 3));
    const clipped = load<i64>(oldRowAt + ((<usize>column) << 3));
    const bits = satAdd(weight, satMul(penalty, clipped - weight));
    if (bits <= 0) continue;
    store<u16>(followedColumnsAt + ((<usize>to) << 1), column as u16);
    store<i64>(followedBitsAt + ((<usize>to) << 3), bits);
    to++;
  }
  return to;
}
