/**
 * 128-bit products and quotients on 64-bit words. WebAssembly has no 64 x 64 -> 128 product and no
 * division of two words, so both are made of 32-bit halves; quotients are guessed in double and
 * put right by an exact remainder.
 */

const LOW: u64 = 0xffffffff;
export const TWO_32: f64 = 4294967296.0;
export const TWO_64: f64 = 18446744073709551616.0;

/** floor(a * b / 2^64). */
export function mulHigh(a: u64, b: u64): u64 {
  const aLow = a & LOW;
  const aHigh = a >> 32;
  const bLow = b & LOW;
  const bHigh = b >> 32;
  const middle = aHigh * bLow + ((aLow * bLow) >> 32);
  const other = aLow * bHigh + (middle & LOW);
  return aHigh * bHigh + (middle >> 32) + (other >> 32);
}

/** floor(ratio * b / 2^32) for a ratio of at most 2^32. */
export function mulShift32(ratio: u64, b: u64): u64 {
  return ratio * (b >> 32) + ((ratio * (b & LOW)) >> 32);
}

/** The remainder left by the last call of a function below that says so. */
export let remainder: u64 = 0;

/**
 * One digit of a long division in base 2^32: floor(rest * 2^32 / divisor) for rest < divisor < 2^62,
 * given 1/divisor. Sets `remainder`. The double is off by less than one, as 52 bits stand against
 * the digit's 32, and the true remainder fits in 63 bits and a sign.
 */
function digit(rest: u64, divisor: u64, inverse: f64): u64 {
  const guess = <u64>(<i64>(<f64>(<i64>rest) * inverse * TWO_32));
  return settle(guess, rest << 32, divisor);
}

/** floor(a * 2^64 / divisor) for a < divisor; sets `remainder`. */
export function divideFraction(a: u64, divisor: u64): u64 {
  if (divisor >= 1 << 62) return divideWords(a, 0, divisor);
  const inverse = 1.0 / <f64>(<i64>divisor);
  const high = digit(a, divisor, inverse);
  return (high << 32) | digit(remainder, divisor, inverse);
}

/** floor(a * 2^32 / divisor) for a < divisor; sets `remainder`. */
export function divideHalf(a: u64, divisor: u64): u64 {
  if (divisor >= 1 << 62) return divideWords(a >> 32, a << 32, divisor);
  return digit(a, divisor, 1.0 / <f64>(<i64>divisor));
}

/** floor(dividend / divisor), for a divisor below 2^62 and a quotient below 2^51; sets `remainder`. */
export function divide(dividend: u64, divisor: u64): u64 {
  const estimate = <f64>dividend / <f64>(<i64>divisor);
  return settle(<u64>(<i64>estimate), dividend, divisor);
}

/** floor(2^64 / divisor), for a divisor from 2^13 to 2^62. */
export function divideTwo64(divisor: u64): u64 {
  return settle(<u64>(<i64>(TWO_64 / <f64>(<i64>divisor))), 0, divisor);
}

/** A quotient that may be off by one, put right by its remainder; dividends count modulo 2^64. */
function settle(guess: u64, dividend: u64, divisor: u64): u64 {
  const left = <i64>(dividend - guess * divisor);
  if (left < 0) {
    remainder = <u64>left + divisor;
    return guess - 1;
  }
  const over = <u64>left >= divisor;
  remainder = <u64>left - (over ? divisor : 0);
  return guess + <u64>over;
}

/** floor((high * 2^64 + low) / divisor) for high < divisor; sets `remainder`. Knuth 4.3.1 D. */
export function divideWords(high: u64, low: u64, divisor: u64): u64 {
  const shift = clz(divisor);
  const d = divisor << shift;
  const top = shift === 0 ? high : (high << shift) | (low >> (64 - shift));
  const bottom = low << shift;
  const first = digitOfWords(top, bottom >> 32, d);
  const second = digitOfWords(remainder, bottom & LOW, d);
  remainder >>= shift;
  return (first << 32) | second;
}

/** floor((top * 2^32 + next) / d) for top < d, d with its highest bit set; sets `remainder`. */
function digitOfWords(top: u64, next: u64, d: u64): u64 {
  const dHigh = d >> 32;
  const dLow = d & LOW;
  let quotient = top / dHigh;
  let rest = top - quotient * dHigh;
  while (quotient > LOW || quotient * dLow > ((rest << 32) | next)) {
    quotient--;
    rest += dHigh;
    if (rest > LOW) break;
  }
  remainder = ((top << 32) | next) - quotient * d;
  return quotient;
}

// Division of many numbers by one divisor, after Moller and Granlund, "Improved division by
// invariant integers" (2011): a reciprocal is made once, then each quotient costs two products.
let sharedDivisor: u64 = 0;
let sharedShift: u64 = 0;
let sharedReciprocal: u64 = 0;

/** Sets the divisor (not 0) of `overShared`. */
export function shareDivisor(divisor: u64): void {
  sharedShift = clz(divisor);
  sharedDivisor = divisor << sharedShift;
  sharedReciprocal = divideWords(~sharedDivisor, ~(<u64>0), sharedDivisor);
}

/** floor(a * 2^64 / divisor) for a < divisor. */
export function overShared(a: u64): u64 {
  return divideByReciprocal(a << sharedShift, 0, sharedDivisor, sharedReciprocal);
}

/** The quotient of (high, low) by a normalised divisor, high < divisor; sets `remainder`. */
function divideByReciprocal(high: u64, low: u64, divisor: u64, reciprocal: u64): u64 {
  const productLow = reciprocal * high;
  const q0 = productLow + low;
  let q1 = mulHigh(reciprocal, high) + high + <u64>(q0 < low) + 1;
  let rest = low - q1 * divisor;
  if (rest > q0) {
    q1--;
    rest += divisor;
  }
  if (rest >= divisor) {
    q1++;
    rest -= divisor;
  }
  remainder = rest;
  return q1;
}

/** 10^18, the whole of a Perquintill. */
export const PERQUINTILL: u64 = 1000000000000000000;
const PERQUINTILL_SHIFT: u64 = 4;
const PERQUINTILL_RECIPROCAL: u64 = 2820903858849102350;

/** floor((high * 2^64 + low) / 10^18) for high < 10^18; sets `remainder`. */
export function dividePerquintill(high: u64, low: u64): u64 {
  const quotient = divideByReciprocal(
    (high << PERQUINTILL_SHIFT) | (low >> (64 - PERQUINTILL_SHIFT)),
    low << PERQUINTILL_SHIFT,
    PERQUINTILL << PERQUINTILL_SHIFT,
    PERQUINTILL_RECIPROCAL,
  );
  remainder >>= PERQUINTILL_SHIFT;
  return quotient;
}
