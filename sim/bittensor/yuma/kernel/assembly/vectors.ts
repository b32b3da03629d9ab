/** Operations on vectors of I32F32 bits (i64) in memory (spec 5, first paragraph). */
import { divide, divideWith, TWO_TO_32 } from "./fixed";

export function sum(at: usize, count: i32): i64 {
  let total: i64 = 0;
  for (let k = 0; k < count; k++) total += load<i64>(at + ((<usize>k) << 3));
  return total;
}

/** Divides in place by the sum; a vector that sums to 0 stays as it is. */
export function normalize(at: usize, count: i32): void {
  divideAll(at, at, count, sum(at, count));
}

/** to_k = from_k / total, for parts of a total; by 0 nothing changes. */
export function divideAll(from: usize, to: usize, count: i32, total: i64): void {
  const reciprocal = TWO_TO_32 / (total as f64);
  const isSmall = total >> 52 == 0;
  for (let k = 0; k < count; k++) {
    const at = (<usize>k) << 3;
    let bits = load<i64>(from + at);
    if (total != 0 && bits != 0) {
      bits = isSmall
        ? divideWith(bits, total, reciprocal)
        : (divide(bits as u64, total as u64) as i64);
    }
    store<i64>(to + at, bits);
  }
}
