/**
 * The Hill gate: g = w / (1 + (theta / w)^h), over its sum. Half of w at the bar, about (w/theta)^h
 * far below. Source: spec/recent-rules.md 1.1 step 5.
 */
import { eligibleCount } from "./eligible";
import { GATE_BAR_HIGH, GATE_BAR_LOW, GATE_EXPONENT_I32F32 } from "./layout";
import { expI32F32, failed, I32F32_MAX, lnI32F32 } from "./log-exp";
import {
  global,
  SHARE_HIGH,
  SHARE_LOW,
  SORTED_HIGH,
  SORTED_LOW,
  scratch,
  setScratch,
} from "./memory";
import { addToSum, clearSum, divideBySum, setShare, sumIsZero } from "./shares";
import { divide, divideFraction, divideHalf, mulHigh, remainder } from "./wide";

const ONE_I32F32: u64 = 1 << 32;
/** What the chain takes where the power does not fit: the largest integer of I32F32. */
const LARGEST_INTEGER: u64 = 0x7fffffff << 32;

/** Gates the shares. Their sum is 0 only if all are: then they stay as they are. */
export function hillGate(): void {
  const barHigh = global(GATE_BAR_HIGH);
  const barLow = global(GATE_BAR_LOW);
  clearSum();
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    setScratch(SORTED_HIGH, place, high);
    setScratch(SORTED_LOW, place, low);
    if ((high | low) === 0) continue;
    gateShare(place, high, low, gatePower(barHigh, barLow, high, low));
    addToSum(scratch(SHARE_HIGH, place), scratch(SHARE_LOW, place));
  }
  if (!sumIsZero()) divideBySum();
  else {
    for (let place = 0; place < eligibleCount; place++) {
      setShare(place, scratch(SORTED_HIGH, place), scratch(SORTED_LOW, place));
    }
  }
}

/** p = (bar / w)^h as I32F32, by exp(h ln r): 0 where ln fails, 2^31 - 1 where exp overflows. */
function gatePower(barHigh: u64, barLow: u64, high: u64, low: u64): u64 {
  const logarithm = lnI32F32(ratioI32F32(barHigh, barLow, high, low));
  if (failed) return 0;
  const power = expI32F32(timesExponent(logarithm));
  return failed ? LARGEST_INTEGER : power;
}

/** bar / w as I32F32, saturating. */
function ratioI32F32(barHigh: u64, barLow: u64, high: u64, low: u64): u64 {
  if (high) return barHigh ? ONE_I32F32 : barLow >> 32;
  if (barHigh) {
    if (low <= 1 << 33) return I32F32_MAX;
    // 2^64 / low: the whole part and the rest of 2^64 - 1, and one more.
    let whole = ~(<u64>0) / low;
    let rest = ~(<u64>0) - whole * low + 1;
    if (rest === low) {
      whole++;
      rest = 0;
    }
    return (whole << 32) | divideHalf(rest, low);
  }
  if (barLow >> 31 >= low) return I32F32_MAX;
  if (low < 1 << 62) {
    const whole = divide(barLow, low);
    return (whole << 32) | divideHalf(remainder, low);
  }
  const whole = barLow / low;
  return (whole << 32) | divideHalf(barLow - whole * low, low);
}

/** h * ln r, floored. */
function timesExponent(logarithm: i64): i64 {
  const exponent = global(GATE_EXPONENT_I32F32);
  const magnitude = <u64>abs(logarithm);
  const low = magnitude * exponent;
  const product = <i64>((mulHigh(magnitude, exponent) << 32) | (low >> 32));
  if (logarithm >= 0) return product;
  return -product - <i64>((low & 0xffffffff) !== 0);
}

/** g = w * (1 / (1 + p)). */
function gateShare(place: i32, high: u64, low: u64, power: u64): void {
  if (power === 0) return;
  // 1 / (1 + p) in U64F64 = 2^96 / (2^32 + power), below one as power > 0.
  const factor = divideFraction(ONE_I32F32, ONE_I32F32 + power);
  setShare(place, 0, high ? factor : mulHigh(low, factor));
}
