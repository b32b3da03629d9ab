/** Operations on vectors of I32F32 bits (i64) in memory (spec 5, first paragraph). */
import { divide } from "./fixed";

export function sum(at: usize, count: i32): i64 {
  let total: i64 = 0;
  for (let k = 0; k < count; k++) total += load<i64>(at + ((<usize>k) << 3));
  return total;
}

/** Divides in place by the sum; a vector that sums to 0 stays as it is. */
export function normalize(at: usize, count: i32): void {
  divideAll(at, at, count, sum(at, count));
}

/** to_k = from_k / total; by 0 nothing changes. */
export function divideAll(from: usize, to: usize, count: i32, total: i64): void {
  for (let k = 0; k < count; k++) {
    const at = (<usize>k) << 3;
    const bits = load<i64>(from + at);
    store<i64>(
      to + at,
      total == 0 || bits == 0 ? bits : (divide(bits as u64, total as u64) as i64),
    );
  }
}
