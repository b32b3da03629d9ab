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
import { divideWith, TWO_TO_32 } from "../fixed";
import { laneSumAt } from "../memory";
import { CODE_ONE, mulHigh, mulHigh64 } from "./lanes";

/** Where lane `column` of an array of divisors begins. */
function laneOf(at: usize, column: i32): usize {
  return at + ((<usize>(column >> 2)) << 6) + ((<usize>(column & 3)) << 2);
}

/**
 * Divisors of `count` columns (a multiple of 4) from u32 at `from`, 0 standing for 2^32, which leaves x
 * as it is; by that no x may be 2^32 - 1.
 */
export function setDivisors(at: usize, from: usize, count: i32): void {
  for (let column = 0; column < count; column += 2) {
    const divisors = v128.load64_zero(from + ((<usize>column) << 2));
    setTwoDivisors(at + ((<usize>(column >> 2)) << 6) + ((<usize>(column & 2)) << 2), divisors);
  }
}

/** The same divisor in all four lanes; below 2^32. */
export function setEveryDivisor(at: usize, divisor: u32): void {
  v128.store(at, i32x4.splat(divisor), 48);
  setDivisors(at, at + 48, 4);
}

/** The least powers of two that are not below: the fraction bits of a double rounded up and cut. */
function powersNotBelow(s: v128): v128 {
  const fraction = i64x2.splat(0x000f_ffff_ffff_ffff);
  return v128.andnot(i64x2.add(s, fraction), fraction);
}

/**
 * The divisors in the lower two lanes. The scale is 2^32 / 2^L; for S = 1, where x is 0 or S, it may be
 * anything. m' = ceil((2^L - S) * 2^64 / S) by long division in doubles, four digits of 16 bits: each
 * digit is the floor of an estimate, so it may be off by one and the rest may leave 0 ... S for a
 * while; products have 48 bits and are exact. The last rest r tells what to add: 1 where r > 0, to
 * round up, and another where r > S.
 */
function setTwoDivisors(at: usize, divisors: v128): void {
  const isWhole = i32x4.eq(divisors, i32x4.splat(0));
  storeTwo(at + 48, v128.or(divisors, isWhole));
  const whole = v128.and(f64x2.splat(TWO_TO_32), i64x2.extend_low_i32x4_s(isWhole));
  const s = f64x2.add(f64x2.convert_low_i32x4_u(divisors), whole);
  const power = powersNotBelow(s);
  const radix = f64x2.splat(65536);
  const reciprocal = f64x2.div(radix, s);
  storeTwo(at, i32x4.trunc_sat_f64x2_u_zero(f64x2.div(f64x2.splat(TWO_TO_32), power)));
  let rest = f64x2.sub(power, s);
  const digit1 = f64x2.floor(f64x2.mul(rest, reciprocal));
  rest = f64x2.sub(f64x2.mul(rest, radix), f64x2.mul(digit1, s));
  const digit2 = f64x2.floor(f64x2.mul(rest, reciprocal));
  rest = f64x2.sub(f64x2.mul(rest, radix), f64x2.mul(digit2, s));
  const digit3 = f64x2.floor(f64x2.mul(rest, reciprocal));
  rest = f64x2.sub(f64x2.mul(rest, radix), f64x2.mul(digit3, s));
  const digit4 = f64x2.floor(f64x2.mul(rest, reciprocal));
  rest = f64x2.sub(f64x2.mul(rest, radix), f64x2.mul(digit4, s));

  const one = f64x2.splat(1);
  const roundUp = v128.and(one, f64x2.gt(rest, f64x2.splat(0)));
  const more = f64x2.add(roundUp, v128.and(one, f64x2.gt(rest, s)));
  const low = f64x2.add(f64x2.add(f64x2.mul(digit3, radix), digit4), more);
  const carry = f64x2.floor(f64x2.mul(low, f64x2.splat(1 / TWO_TO_32)));
  const high = f64x2.add(f64x2.add(f64x2.mul(digit1, radix), digit2), carry);
  const lowRest = f64x2.sub(low, f64x2.mul(carry, f64x2.splat(TWO_TO_32)));
  storeTwo(at + 16, i32x4.trunc_sat_f64x2_u_zero(high));
  storeTwo(at + 32, i32x4.trunc_sat_f64x2_u_zero(lowRest));
}

function storeTwo(at: usize, lanes: v128): void {
  v128.store64_lane(at, lanes, 0);
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
  const high = divideWith(rest, s, reciprocal);
  rest = (rest << 32) - high * s;
  const low = divideWith(rest, s, reciprocal);
  rest = (rest << 32) - low * s;
  const floored = ((high as u64) << 32) | (low as u64);
  return rest == 0 ? floored : floored + 1;
}

/**
 * Divisors of `count` columns (a multiple of 4) from u64 at `from`, up to 2^48, 0 standing for 2^32.
 * The vectors at `wideAt`: 2^(65 - L) for L > 33, and masks that are set where L = 33 and where L <= 32.
 */
export function setWideDivisors(at: usize, wideAt: usize, from: usize, count: i32): void {
  for (let column = 0; column < count; column += 4) {
    const sums = from + ((<usize>column) << 3);
    const lower = v128.shuffle<u32>(v128.load(sums), v128.load(sums, 16), 0, 2, 4, 6);
    v128.store(laneSumAt + ((<usize>column) << 2), lower);
  }
  setDivisors(at, laneSumAt, count);
  for (let column = 0; column < count; column++) {
    setWideDivisor(at, wideAt, column, load<u64>(from + ((<usize>column) << 3)));
  }
}

/** Overwrites what setDivisors wrote for a lane whose divisor is above 2^32. */
function setWideDivisor(at: usize, wideAt: usize, column: i32, divisor: u64): void {
  const wide = laneOf(wideAt, column);
  const isWide = (divisor - 1) >> 32 != 0 && divisor != 0;
  const bits: u64 = isWide ? 64 - clz(divisor - 1) : 32;
  store<u32>(wide, bits > 33 ? (((1 as u64) << (65 - bits)) as u32) : 0);
  store<u32>(wide, bits == 33 ? CODE_ONE : 0, 16);
  store<u32>(wide, isWide ? 0 : CODE_ONE, 32);
  if (!isWide) return;
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
