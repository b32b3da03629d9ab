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
const E: u64 = 22802600 << 9;
const LOG2_E: u64 = 12102203 << 9;
const SERIES_TERMS: i32 = 31;

/** True where the last `ln` had no value, or the last `exp` overflowed. */
export let failed: bool = false;

/** log2(x) of x >= 1: the integer part by rounded halving, then 32 squarings. */
function log2AtLeastOne(x: u64): u64 {
  let integer: u64 = 0;
  while (x >= 2 * ONE) {
    integer++;
    x = (x >> 1) + (x & 1);
  }
  let fraction = x - ONE;
  if (fraction === 0) return integer << 32;
  let result = integer;
  for (let i = 0; i < 32; i++) {
    // (1 + f)^2 = 1 + 2f + f^2; a square of 2 or more gives a bit and is halved with rounding.
    const square = 2 * fraction + ((fraction * fraction) >> 32);
    const over = square >= ONE;
    result = (result << 1) | <u64>over;
    fraction = over ? (square + 1 - ONE) >> 1 : square;
  }
  return result;
}

/** ln(x) of positive I32F32 bits, as bits of either sign. Sets `failed`. */
export function lnI32F32(x: u64): i64 {
  failed = x < 3;
  if (failed) return 0;
  if (x >= ONE) return <i64>overLog2E(log2AtLeastOne(x));
  return -(<i64>overLog2E(log2AtLeastOne(inverse(x))));
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

/** exp(x) on I32F32. Sets `failed` where the sum does not fit. */
export function expI32F32(x: i64): u64 {
  failed = false;
  if (x === 0) return ONE;
  if (x === <i64>ONE) return E;
  const magnitude = <u64>abs(x);
  // The cut series of 22 is over 2^31 already.
  failed = magnitude >= 22 * ONE;
  if (failed) return 0;
  const high = magnitude >> 32;
  const low = magnitude & LOW;
  let sum = magnitude + ONE;
  let term = magnitude;
  for (let n = 2; n <= SERIES_TERMS; n++) {
    const termHigh = term >> 32;
    const upper = termHigh * high;
    const middle = termHigh * low;
    if (upper >= 1 << 31) return overflow();
    const most = (upper << 32) + middle;
    if (most > I32F32_MAX) return overflow();
    const product = most + (term & LOW) * high + (((term & LOW) * low) >> 32);
    if (product > I32F32_MAX) return overflow();
    term = overSmall(product, n);
    if (term === 0) break;
    sum += term;
    if (sum > I32F32_MAX) return overflow();
  }
  return x > 0 ? sum : inverse(sum);
}

function overflow(): u64 {
  failed = true;
  return 0;
}
