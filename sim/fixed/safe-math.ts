/**
 * Square root, logarithm and power of the chain's `safe-math` crate, which are not those of the
 * fixed-point library (transcendental.ts). They work on any fixed-point type.
 * Source: `primitives/safe-math/src/lib.rs`; spec/token-economics.md section 0.2.
 */
import {
  checkedAdd,
  checkedDiv,
  checkedMul,
  checkedSub,
  type FixedType,
  fromFloat,
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
} from "./fixed-point.ts";

const MAX_HALVINGS = 129;

/** Square root by bisection until |x/m - m| <= epsilon; null below 0. */
export function sqrtByBisection(
  type: FixedType,
  xBits: bigint,
  epsilonBits: bigint,
): bigint | null {
  if (xBits < 0n) return null;
  const one = type.oneBits;
  let [low, high] = xBits > one ? [0n, xBits] : [xBits, one];
  const middleOf = () => safeDiv(type, satAdd(type, high, low), 2n * one);
  let middle = middleOf();
  for (let round = 0; round < MAX_HALVINGS; round++) {
    const quotient = safeDiv(type, xBits, middle);
    const distance = quotient < middle ? middle - quotient : quotient - middle;
    if (distance <= epsilonBits) break;
    if (quotient < middle) high = middle;
    else low = middle;
    middle = middleOf();
  }
  return middle;
}

const SERIES_TERMS = 8;

/**
 * ln x as (the power of two below x) * ln 2 plus eight terms of the series of ln(1 + z): off by up to
 * 0.05 where x lies just below a power of two. null for x <= 0, where a step does not fit, and on
 * unsigned types for x < 1.
 */
export function lnBySeries(type: FixedType, xBits: bigint): bigint | null {
  if (xBits <= 0n) return null;
  const one = type.oneBits;
  let exponent = 0n;
  let y = xBits;
  for (; y >= 2n * one; exponent++) y >>= 1n;
  for (; y < one; exponent--) y <<= 1n;
  if (exponent < 0n && !type.signed) return null;
  const powersOfTwo = checkedMul(type, fromInteger(type, exponent), fromFloat(type, Math.LN2));
  const series = lnOnePlus(type, y - one);
  if (series === null || powersOfTwo === null) return null;
  return checkedAdd(type, series, powersOfTwo);
}

/** z - z^2/2 + z^3/3 ... for 0 <= z < 1; the reciprocals are rounded doubles, as in the source. */
function lnOnePlus(type: FixedType, zBits: bigint): bigint | null {
  let power = zBits;
  let sum: bigint | null = zBits;
  for (let k = 2; k <= SERIES_TERMS && sum !== null; k++) {
    power = satMul(type, power, zBits);
    const term = satMul(type, power, fromFloat(type, 1 / k));
    sum = k % 2 === 0 ? checkedSub(type, sum, term) : checkedAdd(type, sum, term);
  }
  return sum;
}

/** x^n for an integer n by squaring, saturating; null for a negative power of 0. */
export function integerPower(type: FixedType, xBits: bigint, exponent: number): bigint | null {
  if (exponent === 0) return type.oneBits;
  if (xBits === 0n) return exponent < 0 ? null : 0n;
  let result = type.oneBits;
  let base = xBits;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = satMul(type, result, base);
    base = satMul(type, base, base);
  }
  return exponent < 0 ? (checkedDiv(type, type.oneBits, result) ?? 0n) : result;
}
