/** r^h of the share rules, by the chain's coarse logarithm and exponential of I32F32. */
import { expPair, first, lnPair, NO_LOGARITHM, OVERFLOW, second } from "./log-exp";
import { GATE_POWER, scratch, setScratch } from "./memory";
import { mulHigh } from "./wide";

/** What the chain takes where the power does not fit: the largest integer of I32F32. */
const LARGEST_INTEGER: u64 = 0x7fffffff << 32;

/** Turns two ratios r in GATE_POWER into r^h, by exp(h ln r). */
export function powerPair(i: i32, exponent: u64): void {
  lnPair(scratch(GATE_POWER, i), scratch(GATE_POWER, i + 1));
  const x = first;
  const y = second;
  expPair(timesExponent(x, exponent), timesExponent(y, exponent));
  setScratch(GATE_POWER, i, powerOr(x, first));
  setScratch(GATE_POWER, i + 1, powerOr(y, second));
}

/** 0 where the logarithm has no value, 2^31 - 1 where the exponential overflows. */
function powerOr(logarithm: i64, exponential: i64): u64 {
  if (logarithm === NO_LOGARITHM) return 0;
  return exponential === OVERFLOW ? LARGEST_INTEGER : <u64>exponential;
}

/** h * ln r, floored. */
function timesExponent(logarithm: i64, exponent: u64): i64 {
  if (logarithm === NO_LOGARITHM) return 0;
  const magnitude = <u64>abs(logarithm);
  const low = magnitude * exponent;
  const product = <i64>((mulHigh(magnitude, exponent) << 32) | (low >> 32));
  if (logarithm >= 0) return product;
  return -product - <i64>((low & 0xffffffff) !== 0);
}
