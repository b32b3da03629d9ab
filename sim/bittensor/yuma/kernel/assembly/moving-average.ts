/** The exponential moving average of bonds with one alpha for all (spec 5.9a-3). */
import { ONE, satAdd, satMul, satSub } from "./fixed";
import { bitsOf, columnOf, isAscending, pushBond, rowStart } from "./list-rows";
import {
  emaStartAt,
  followedBitsAt,
  followedColumnsAt,
  followedStartAt,
  freshRowAt,
  oldBitsAt,
  oldColumnsAt,
  oldStartAt,
} from "./memory";
import { bondsMovingAverage, n } from "./parameters";

const MILLION: u64 = 1_000_000;

/** The weight of the new bonds: 1 - bondsMovingAverage / 10^6, negative where that exceeds 10^6. */
export function movingAverageAlpha(): i64 {
  const whole = bondsMovingAverage / MILLION;
  if (whole >> 31 != 0) return satSub(ONE, i64.MAX_VALUE);
  const rest = bondsMovingAverage - whole * MILLION;
  return satSub(ONE, ((whole << 32) + (rest << 32) / MILLION) as i64);
}

/** alpha * followed + (1 - alpha) * old over the columns of both, positive values only, ascending. */
export function averageBonds(alpha: i64): void {
  const beta = satSub(ONE, alpha);
  let to: u32 = 0;
  store<u32>(emaStartAt, 0);
  for (let row = 0; row < n; row++) {
    const fresh = rowStart(followedStartAt, row);
    const freshEnd = rowStart(followedStartAt, row + 1);
    const old = rowStart(oldStartAt, row);
    const oldEnd = rowStart(oldStartAt, row + 1);
    const sorted =
      isAscending(followedColumnsAt, fresh, freshEnd) && isAscending(oldColumnsAt, old, oldEnd);
    to = sorted
      ? mergeRow(fresh, freshEnd, old, oldEnd, alpha, beta, to)
      : accumulateRow(fresh, freshEnd, old, oldEnd, alpha, beta, to);
    store<u32>(emaStartAt + ((<usize>row + 1) << 2), to);
  }
}

function mergeRow(
  freshStart: u32,
  freshEnd: u32,
  oldStart: u32,
  oldEnd: u32,
  alpha: i64,
  beta: i64,
  start: u32,
): u32 {
  let fresh = freshStart;
  let old = oldStart;
  let to = start;
  while (fresh < freshEnd || old < oldEnd) {
    const freshColumn = fresh < freshEnd ? columnOf(followedColumnsAt, fresh) : usize.MAX_VALUE;
    const oldColumn = old < oldEnd ? columnOf(oldColumnsAt, old) : usize.MAX_VALUE;
    const column = min(freshColumn, oldColumn);
    let bits: i64 = 0;
    if (column == freshColumn) bits = satMul(alpha, bitsOf(followedBitsAt, fresh++));
    if (column == oldColumn) bits = satAdd(bits, satMul(beta, bitsOf(oldBitsAt, old++)));
    if (bits > 0) to = pushBond(to, column, bits);
  }
  return to;
}

/** For rows in any order, where a uid may occur twice. */
function accumulateRow(
  fresh: u32,
  freshEnd: u32,
  old: u32,
  oldEnd: u32,
  alpha: i64,
  beta: i64,
  start: u32,
): u32 {
  memory.fill(freshRowAt, 0, (<usize>n) << 3);
  for (let k = fresh; k < freshEnd; k++) {
    add(columnOf(followedColumnsAt, k), satMul(alpha, bitsOf(followedBitsAt, k)));
  }
  for (let k = old; k < oldEnd; k++) {
    add(columnOf(oldColumnsAt, k), satMul(beta, bitsOf(oldBitsAt, k)));
  }
  let to = start;
  for (let column = 0; column < n; column++) {
    const bits = load<i64>(freshRowAt + ((<usize>column) << 3));
    if (bits > 0) to = pushBond(to, column, bits);
  }
  return to;
}

function add(column: usize, bits: i64): void {
  if (column >= (n as usize)) return;
  const at = freshRowAt + (column << 3);
  store<i64>(at, satAdd(load<i64>(at), bits));
}
