/**
 * ln and exp of the chain's I32F32, bit for bit: both series are cut and floored as the library
 * cuts and floors them, so they cannot be replaced by better ones.
 * Source: spec/token-economics.md section 0.2; the readable form is sim/fixed/transcendental.ts.
 */
import { RECIPROCALS, scratch, setScratch } from "./memory";
import { divideTwo64, mulHigh, TWO_32 } from "./wide";

const ONE: u64 = 1 << 32;
const LOW: u64 = 0xffffffff;
export const I32F32_MAX: u64 = 0x7fffffffffffffff;
/** e and log2(e) with the 23 fraction bits that the library gives them. */
const E: i64 = 22802600 << 9;
const LOG2_E: u64 = 12102203 << 9;
const SERIES_TERMS: i32 = 31;

// Both series wait for each step's product, so two numbers at once cost little more than one. The
// results of the last pair stand in these.
export let first: i64 = 0;
export let second: i64 = 0;

/** What `lnPair` gives for a number whose logarithm has no value. */
export const NO_LOGARITHM: i64 = i64.MIN_VALUE;

/** ln of two non-negative I32F32 numbers, into `first` and `second`. */
export function lnPair(x: u64, y: u64): void {
  log2Pair(atLeastOne(x), atLeastOne(y));
  first = signedLogarithm(x, <u64>first);
  second = signedLogarithm(y, <u64>second);
}

/** x, or 1/x for an x below one; one where that does not fit. */
function atLeastOne(x: u64): u64 {
  if (x >= ONE) return x;
  return x < 3 ? ONE : inverse(x);
}

function signedLogarithm(x: u64, log2: u64): i64 {
  if (x < 3) return NO_LOGARITHM;
  const logarithm = <i64>overLog2E(log2);
  return x >= ONE ? logarithm : -logarithm;
}

/** log2 of two numbers of at least one: the integer part by rounded halving, then 32 squarings. */
function log2Pair(x: u64, y: u64): void {
  let xLog: u64 = 0;
  let yLog: u64 = 0;
  for (; x >= 2 * ONE; xLog++) x = (x >> 1) + (x & 1);
  for (; y >= 2 * ONE; yLog++) y = (y >> 1) + (y & 1);
  let f = x - ONE;
  let g = y - ONE;
  for (let i = 0; i < 32; i++) {
    // (1 + f)^2 = 1 + 2f + f^2; a square of 2 or more gives a bit and is halved with rounding.
    const fSquare = 2 * f + ((f * f) >> 32);
    const gSquare = 2 * g + ((g * g) >> 32);
    const fBit = ((fSquare >> 32) + 1) >> 1;
    const gBit = ((gSquare >> 32) + 1) >> 1;
    xLog = (xLog << 1) | fBit;
    yLog = (yLog << 1) | gBit;
    f = (fSquare + fBit - (fBit << 32)) >> fBit;
    g = (gSquare + gBit - (gBit << 32)) >> gBit;
  }
  first = <i64>xLog;
  second = <i64>yLog;
}

/** floor(2^64 / x) of x >= 3. */
function inverse(x: u64): u64 {
  if (x >= 1 << 13 && x < 1 << 62) return divideTwo64(x);
  // As floor((2^64 - 1) / x), one more where x divides 2^64.
  return ~(<u64>0) / x + <u64>((x & (x - 1)) === 0);
}

/** floor(log * 2^32 / log2(e)) for log < 2^37. */
function overLog2E(log: u64): u64 {
  // The double is off by less than 2^-14: by one at most after the floor, and the remainder tells.
  const guess = <u64>(<i64>(<f64>(<i64>log) * (TWO_32 / <f64>LOG2_E)));
  const left = <i64>((log << 32) - guess * LOG2_E);
  return left < 0 ? guess - 1 : guess + <u64>(<u64>left >= LOG2_E);
}

/** Multipliers that divide a number below 2^63 by n = 2 ... 31 (Granlund and Montgomery, 1994). */
export function setUpReciprocals(): void {
  for (let n = 2; n <= SERIES_TERMS; n++) setScratch(RECIPROCALS, n, multiplierFor(n));
}

/** ceil(2^(63 + shift) / n), where 2^(shift - 1) < n <= 2^shift. */
function multiplierFor(n: u64): u64 {
  const shift = 64 - clz(n - 1);
  let quotient: u64 = 0;
  let rest: u64 = 1;
  for (let bit: u64 = 0; bit < 63 + shift; bit++) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= n) {
      rest -= n;
      quotient |= 1;
    }
  }
  return quotient + <u64>(rest !== 0);
}

/** floor(x / n) for x < 2^63, 2 <= n <= 31. */
function overSmall(x: u64, n: i32): u64 {
  return mulHigh(x, scratch(RECIPROCALS, n)) >> (31 - clz<u32>(n - 1));
}

/** What `expPair` gives where the sum does not fit. */
export const OVERFLOW: i64 = -1;
/** The cut series of 22 is over 2^31; with 20 and less nothing comes near the type's end. */
const OVERFLOWING: u64 = 22 * ONE;
const SAFE: u64 = 20 * ONE;

/** exp of two I32F32 numbers, into `first` and `second`. */
export function expPair(x: i64, y: i64): void {
  const xSize = <u64>abs(x);
  const ySize = <u64>abs(y);
  if (max(xSize, ySize) <= SAFE) seriesPair(xSize, ySize);
  else {
    first = checkedSeries(xSize);
    second = checkedSeries(ySize);
  }
  first = exponential(x, first);
  second = exponential(y, second);
}

/** The library's constant at one, the inverse of the series below zero. */
function exponential(x: i64, series: i64): i64 {
  if (x === <i64>ONE) return E;
  return x >= 0 || series === OVERFLOW ? series : <i64>inverse(<u64>series);
}

/** 1 + x + x^2/2! + ... + x^31/31! for two numbers of at most 20. */
function seriesPair(x: u64, y: u64): void {
  let xSum = x + ONE;
  let ySum = y + ONE;
  let xTerm = x;
  let yTerm = y;
  for (let n = 2; n <= SERIES_TERMS && (xTerm | yTerm) !== 0; n++) {
    xTerm = overSmall(times(xTerm, x), n);
    yTerm = overSmall(times(yTerm, y), n);
    xSum += xTerm;
    ySum += yTerm;
  }
  first = <i64>xSum;
  second = <i64>ySum;
}

/** floor(term * x / 2^32) where it fits. */
function times(term: u64, x: u64): u64 {
  const high = term >> 32;
  const low = term & LOW;
  return (
    ((high * (x >> 32)) << 32) + high * (x & LOW) + low * (x >> 32) + ((low * (x & LOW)) >> 32)
  );
}

/** The same series of one number, with the library's checks. */
function checkedSeries(x: u64): i64 {
  if (x >= OVERFLOWING) return OVERFLOW;
  let sum = x + ONE;
  let term = x;
  for (let n = 2; n <= SERIES_TERMS && term !== 0; n++) {
    if (mulHigh(term, x) >= 1 << 31) return OVERFLOW;
    term = overSmall(times(term, x), n);
    sum += term;
    if (sum > I32F32_MAX) return OVERFLOW;
  }
  return <i64>sum;
}
