/**
 * Exact division of u32 lanes by a divisor a lane, as multiplication.
 *
 * For q = floor(x * 2^32 / S) with 0 <= x < S and 2^(L - 1) < S <= 2^L let m = ceil(2^(64 + L) / S). Then
 * x * m / 2^(32 + L) exceeds x * 2^32 / S by less than x / 2^(32 + L) < 2^-L <= 1 / S; and as the fraction
 * of x * 2^32 / S is a multiple of 1 / S, both have the same floor. m lies in [2^64, 2^65), so only
 * m' = m - 2^64 is kept, and q = floor((x + floor(x * m' / 2^64)) / 2^(L - 32)). Where L < 32, x and S
 * are first multiplied by 2^(32 - L). The quotient of x = S is one, and is told by comparison.
 *
 * The four vectors of four lanes' divisors lie together in 64 bytes: scale 2^(32 - L), m' (high, low)
 * and S. Divisors above 2^32 have 64 bytes more, in another array: see setWideDivisor.
 */
import { CODE_ONE, mulHigh, mulHigh64 } from "./lanes";

export const DIVISOR_BYTES: usize = 64;
const TWO_TO_32: f64 = 4294967296;

/** Where lane `column` of an array of divisors begins. */
function laneOf(at: usize, column: i32): usize {
  return at + ((<usize>(column >> 2)) << 6) + ((<usize>(column & 3)) << 2);
}

/**
 * Divides by `divisor`, 1 ... 2^32; 0 stands for 2^32, which leaves x as it is. With 2^32 no x may be
 * 2^32 - 1.
 */
export function setDivisor(at: usize, column: i32, divisor: u64): void {
  const lane = laneOf(at, column);
  const shift = divisor == 0 ? 0 : (clz<u32>((divisor - 1) as u32) as u64);
  const scaled = divisor << shift;
  const inverse = divisor == 0 || scaled >> 32 != 0 ? 0 : inverseOf(scaled, 32);
  store<u32>(lane, shift == 32 ? 0 : (((1 as u64) << shift) as u32));
  store<u32>(lane, (inverse >> 32) as u32, 16);
  store<u32>(lane, inverse as u32, 32);
  store<u32>(lane, divisor == 0 || divisor >> 32 != 0 ? CODE_ONE : (divisor as u32), 48);
}

/** The same divisor in all four lanes. */
export function setEveryDivisor(at: usize, divisor: u64): void {
  for (let lane = 0; lane < 4; lane++) setDivisor(at, lane, divisor);
}

/** x * 2^32 / divisor of the four lanes at `divisors`, for 0 <= x <= divisor. */
export function divideLanes(x: v128, divisors: usize): v128 {
  const scaled = i32x4.mul(x, v128.load(divisors));
  const high = v128.load(divisors, 16);
  const low = v128.load(divisors, 32);
  const quotient = i32x4.add(scaled, mulHigh64(scaled, high, low));
  return v128.or(quotient, i32x4.eq(x, v128.load(divisors, 48)));
}

/** ceil(2^(64 + L) / S) - 2^64 for 2^(L - 1) < S < 2^L: two digits of 32 bits, rounded up. */
function inverseOf(divisor: u64, bits: u64): u64 {
  let rest = (((1 as u64) << bits) - divisor) as i64;
  const s = divisor as i64;
  const reciprocal = TWO_TO_32 / (s as f64);
  const high = digitOf(rest, s, reciprocal);
  rest = (rest << 32) - high * s;
  const low = digitOf(rest, s, reciprocal);
  rest = (rest << 32) - low * s;
  const floored = ((high as u64) << 32) | (low as u64);
  return rest == 0 ? floored : floored + 1;
}

/**
 * floor(rest * 2^32 / s) for rest < s < 2^48: the estimate in doubles is off by one at most, and the
 * remainder, which 64 bits hold though its terms may wrap, tells.
 */
function digitOf(rest: i64, s: i64, reciprocal: f64): i64 {
  const digit = ((rest as f64) * reciprocal) as i64;
  const remainder = (rest << 32) - digit * s;
  return remainder < 0 ? digit - 1 : remainder >= s ? digit + 1 : digit;
}

/**
 * Divides by up to 2^48. The vectors at `wideAt`: 2^(65 - L) for L > 33, and masks that are set where
 * L = 33 and where L <= 32.
 */
export function setWideDivisor(at: usize, wideAt: usize, column: i32, divisor: u64): void {
  const wide = laneOf(wideAt, column);
  const isWide = (divisor - 1) >> 32 != 0 && divisor != 0;
  const bits: u64 = isWide ? 64 - clz(divisor - 1) : 32;
  store<u32>(wide, bits > 33 ? (((1 as u64) << (65 - bits)) as u32) : 0);
  store<u32>(wide, bits == 33 ? CODE_ONE : 0, 16);
  store<u32>(wide, isWide ? 0 : CODE_ONE, 32);
  if (!isWide) return setDivisor(at, column, divisor);
  const isPower = divisor == (1 as u64) << bits;
  const inverse = isPower ? 0 : inverseOf(divisor, bits);
  const lane = laneOf(at, column);
  store<u32>(lane, 1);
  store<u32>(lane, (inverse >> 32) as u32, 16);
  store<u32>(lane, inverse as u32, 32);
  store<u32>(lane, CODE_ONE, 48);
}

/** x * 2^32 / divisor of four lanes that setWideDivisor wrote; with divisors above 2^32 x is no CODE_ONE. */
export function divideLanesWide(x: v128, divisors: usize, wide: usize): v128 {
  const scaled = i32x4.mul(x, v128.load(divisors));
  const more = mulHigh64(scaled, v128.load(divisors, 16), v128.load(divisors, 32));
  const half = i32x4.add(i32x4.shr_u(i32x4.sub(scaled, more), 1), more);
  const narrow = v128.or(i32x4.add(scaled, more), i32x4.eq(x, v128.load(divisors, 48)));
  return v128.or(
    mulHigh(half, v128.load(wide)),
    v128.or(v128.and(half, v128.load(wide, 16)), v128.and(narrow, v128.load(wide, 32))),
  );
}
