/**
 * I32F32 on 64-bit integers, with the rounding of sim/fixed/fixed-point.ts: products are floored,
 * quotients truncated (spec/yuma-epoch.md section 3.2).
 */
export const ONE: i64 = 1 << 32;
export const LOW_HALF: u64 = 0xffff_ffff;
const SIGN: u64 = 0x8000_0000_0000_0000;

export function satAdd(a: i64, b: i64): i64 {
  const sum = a + b;
  if (((a ^ sum) & (b ^ sum)) >= 0) return sum;
  return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
}

export function satSub(a: i64, b: i64): i64 {
  const difference = a - b;
  if (((a ^ b) & (a ^ difference)) >= 0) return difference;
  return a < 0 ? i64.MIN_VALUE : i64.MAX_VALUE;
}

/** floor(a * b / 2^32), saturated. */
export function satMul(a: i64, b: i64): i64 {
  if (((a | b) as u64) >> 32 == 0) return (((a as u64) * (b as u64)) >> 32) as i64;
  return wideMul(a, b);
}

/** The same where factors are negative or one and more: four partial products of 32 bits. */
function wideMul(a: i64, b: i64): i64 {
  const negative = (a ^ b) < 0;
  const x = magnitude(a);
  const y = magnitude(b);
  const xHigh = x >> 32;
  const xLow = x & LOW_HALF;
  const yHigh = y >> 32;
  const yLow = y & LOW_HALF;
  // x * y = high * 2^64 + middle * 2^32 + low; the wanted bits begin at 2^32.
  const low = xLow * yLow;
  const cross = xHigh * yLow;
  const middle = (low >> 32) + (cross & LOW_HALF) + xLow * yHigh;
  const high = xHigh * yHigh + (cross >> 32) + (middle >> 32);
  if (high >> 31 != 0) return negative ? i64.MIN_VALUE : i64.MAX_VALUE;
  const floored = (high << 32) | (middle & LOW_HALF);
  if (!negative) return floored as i64;
  return -(floored as i64) - ((low & LOW_HALF) != 0 ? 1 : 0);
}

export function magnitude(a: i64): u64 {
  return (a < 0 ? -a : a) as u64;
}

/**
 * floor(a * 2^32 / b) for 0 <= a, 0 < b < 2^63, where the quotient is below 2^63; 0 where it is not
 * (the chain's safe_div).
 */
export function divide(a: u64, b: u64): u64 {
  if (a < (ONE as u64)) return (a << 32) / b;
  if (a == (ONE as u64)) return divideTwoTo64(b);
  const whole = a / b;
  if (whole >> 31 != 0) return 0;
  let rest = a - whole * b;
  if (rest < (ONE as u64)) return (whole << 32) + (rest << 32) / b;
  let fraction: u64 = 0;
  for (let bit = 0; bit < 32; bit++) {
    rest <<= 1;
    fraction <<= 1;
    if (rest >= b) {
      rest -= b;
      fraction |= 1;
    }
  }
  return (whole << 32) | fraction;
}

export const TWO_TO_32: f64 = 4294967296;

/**
 * The same for a <= b < 2^52 with reciprocal = 2^32 / b: the estimate in doubles is off by one at most,
 * and the remainder, which 64 bits hold though its terms may wrap, tells.
 */
export function divideWith(a: i64, b: i64, reciprocal: f64): i64 {
  const quotient = ((a as f64) * reciprocal) as i64;
  const rest = (a << 32) - quotient * b;
  return rest < 0 ? quotient - 1 : rest >= b ? quotient + 1 : quotient;
}

/** floor(2^64 / b) for b > 1: one less than 2^64 divided, and the remainder tells if that differs. */
function divideTwoTo64(b: u64): u64 {
  const below = u64.MAX_VALUE / b;
  if (below >= SIGN) return 0;
  const quotient = below * b == u64.MAX_VALUE - (b - 1) ? below + 1 : below;
  return quotient >= SIGN ? 0 : quotient;
}

/** value / 65,535 for a u16, truncated. */
export function proportionFromU16(value: u32): i64 {
  return (((value as u64) << 32) / 65_535) as i64;
}

/** floor(bits * 65,535), clamped to the u16. */
export function u16FromProportion(bits: i64): u16 {
  if (bits <= 0) return 0;
  if (bits >= ONE) return 65_535;
  return (((bits as u64) * 65_535) >> 32) as u16;
}
