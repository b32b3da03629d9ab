/**
 * The Hill gate: g = w / (1 + (theta / w)^h), over its sum. Half of w at the bar, about (w/theta)^h
 * far below. Source: spec/recent-rules.md 1.1 step 5.
 */
import { eligibleCount } from "./eligible";
import { GATE_BAR_HIGH, GATE_BAR_LOW, GATE_EXPONENT_I32F32 } from "./layout";
import { I32F32_MAX } from "./log-exp";
import {
  GATE_POWER,
  GATED,
  global,
  SHARE_HIGH,
  SHARE_LOW,
  SORTED_HIGH,
  SORTED_LOW,
  scratch,
  setScratch,
} from "./memory";
import { powerPair } from "./power";
import { addToSum, clearSum, divideBySum, setShare, sumIsZero } from "./shares";
import { divide, divideFraction, divideHalf, mulHigh, remainder } from "./wide";

const ONE_I32F32: u64 = 1 << 32;

/** Gates the shares. Their sum is 0 only if all are: then they stay as they are. */
export function hillGate(): void {
  const count = listPositive();
  const exponent = global(GATE_EXPONENT_I32F32);
  for (let i = 0; i < count; i += 2) powerPair(i, exponent);
  clearSum();
  for (let i = 0; i < count; i++) {
    const place = <i32>scratch(GATED, i);
    gateShare(place, scratch(GATE_POWER, i));
    addToSum(scratch(SHARE_HIGH, place), scratch(SHARE_LOW, place));
  }
  if (!sumIsZero()) divideBySum();
  else {
    for (let i = 0; i < count; i++) {
      const place = <i32>scratch(GATED, i);
      setShare(place, scratch(SORTED_HIGH, place), scratch(SORTED_LOW, place));
    }
  }
}

/** Lists the places of positive shares in GATED, with bar / w in GATE_POWER; returns how many. */
function listPositive(): i32 {
  const barHigh = global(GATE_BAR_HIGH);
  const barLow = global(GATE_BAR_LOW);
  let count = 0;
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    if ((high | low) === 0) continue;
    setScratch(SORTED_HIGH, place, high);
    setScratch(SORTED_LOW, place, low);
    setScratch(GATED, count, place);
    setScratch(GATE_POWER, count++, ratioI32F32(barHigh, barLow, high, low));
  }
  // A second one for the last pair.
  setScratch(GATE_POWER, count, ONE_I32F32);
  return count;
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

/** g = w * (1 / (1 + p)). */
function gateShare(place: i32, power: u64): void {
  if (power === 0) return;
  // 1 / (1 + p) in U64F64 = 2^96 / (2^32 + power), below one as power > 0.
  const factor = divideFraction(ONE_I32F32, ONE_I32F32 + power);
  setShare(
    place,
    0,
    scratch(SHARE_HIGH, place) ? factor : mulHigh(scratch(SHARE_LOW, place), factor),
  );
}
