/**
 * Shares by flow: what lies above the cutoff to a power, normalised, by the chain's coarse
 * logarithm and exponential. Source: spec/token-economics.md 2.5 (inplace_pow_normalize); the
 * readable form is ../../emission/power-normalise.ts.
 */
import { eligibleCount, movingPrice, netuidAt } from "./eligible";
import { averageFlows, flowsAboveCutoff, fractionOf } from "./flow-averages";
import { rangeScale } from "./host";
import {
  FLOW_EXPONENT_I32F32,
  RANGE_SCALE_HIGH,
  RANGE_SCALE_LOW,
  SUM_MOVING_PRICE_LOW,
} from "./layout";
import {
  GATE_POWER,
  global,
  SHARE_HIGH,
  SHARE_LOW,
  scratch,
  setGlobal,
  setScratch,
} from "./memory";
import { powerPair } from "./power";
import { addToSum, clearSum, divideBySum, setShare, sumIsZero } from "./shares";
import { divideWords, mulHigh } from "./wide";

/** Leaves the shares in SHARE_HIGH and SHARE_LOW, U64F64. */
export function flowShares(): void {
  sumMovingPrices();
  averageFlows();
  flowsAboveCutoff();
  if (!scaleToLargest()) return;
  powers();
  clearSum();
  let sumHigh: u64 = 0;
  let sumLow: u64 = 0;
  for (let place = 0; place < eligibleCount; place++) {
    // Powers are I32F32: over their sum they are what the same bits are as fractions.
    const power = scratch(GATE_POWER, place);
    setShare(place, 0, power);
    addToSum(0, power);
    sumLow += power;
    sumHigh += <u64>(sumLow < power);
  }
  if (sumHigh !== 0) divideByLargeSum(sumHigh, sumLow);
  else if (!sumIsZero()) divideBySum();
}

/** Flows so small that the exponential of their logarithm overflows count as the largest number. */
function divideByLargeSum(sumHigh: u64, sumLow: u64): void {
  for (let place = 0; place < eligibleCount; place++) {
    setShare(place, 0, fractionOf(0, scratch(GATE_POWER, place), sumHigh, sumLow));
  }
}

/** For the root sell flag, which goes by moving prices in this era too. */
export function sumMovingPrices(): void {
  let sum: u64 = 0;
  for (let place = 0; place < eligibleCount; place++) sum += movingPrice(netuidAt(place));
  setGlobal(SUM_MOVING_PRICE_LOW, sum);
}

/** Multiplies every flow by the floored reciprocal of the largest; false where all are 0 then. */
function scaleToLargest(): bool {
  let high: u64 = 0;
  let low: u64 = 0;
  for (let place = 0; place < eligibleCount; place++) {
    const other = scratch(SHARE_HIGH, place);
    const otherLow = scratch(SHARE_LOW, place);
    if (other > high || (other === high && otherLow > low)) {
      high = other;
      low = otherLow;
    }
  }
  if ((high | low) === 0) return false;
  reciprocal(high, low);
  for (let place = 0; place < eligibleCount; place++) scaleFlow(place);
  scaleWords(high, low);
  if ((scaledHigh | scaledLow) === 0) return false;
  rangeScale(scaledHigh, scaledLow, <u64>eligibleCount);
  return true;
}

// The reciprocal, U64F64.
let inverseHigh: u64 = 0;
let inverseLow: u64 = 0;

/** floor(2^128 / largest); 0 where that does not fit, as the chain's division has it. */
function reciprocal(high: u64, low: u64): void {
  if (high === 0) {
    // Two digits of a long division, the first of 2^64 / low.
    if (low === 1) return setInverse(0, 0);
    const first = ~(<u64>0) / low;
    const rest = ~(<u64>0) - first * low + 1;
    if (rest === low) return setInverse(first + 1, 0);
    return setInverse(first, divideWords(rest, 0, low));
  }
  if (high === 1 && low === 0) return setInverse(1, 0);
  // Below 2^64: bit by bit, once a block, from a rest of 1 * 2^64.
  let restHigh: u64 = 1;
  let restLow: u64 = 0;
  let quotient: u64 = 0;
  for (let bit = 0; bit < 64; bit++) {
    const carry = restHigh >> 63;
    restHigh = (restHigh << 1) | (restLow >> 63);
    restLow <<= 1;
    quotient <<= 1;
    if (carry || restHigh > high || (restHigh === high && restLow >= low)) {
      restHigh -= high + <u64>(restLow < low);
      restLow -= low;
      quotient |= 1;
    }
  }
  setInverse(0, quotient);
}

function setInverse(high: u64, low: u64): void {
  inverseHigh = high;
  inverseLow = low;
}

let scaledHigh: u64 = 0;
let scaledLow: u64 = 0;

/** floor(flow * reciprocal), which is at most one: higher words cancel. */
function scaleWords(high: u64, low: u64): void {
  const bottom = mulHigh(low, inverseLow);
  const first = high * inverseLow;
  const second = low * inverseHigh;
  let sum = bottom + first;
  let carry = <u64>(sum < first);
  sum += second;
  carry += <u64>(sum < second);
  scaledLow = sum;
  scaledHigh = high * inverseHigh + mulHigh(high, inverseLow) + mulHigh(low, inverseHigh) + carry;
}

function scaleFlow(place: i32): void {
  scaleWords(scratch(SHARE_HIGH, place), scratch(SHARE_LOW, place));
  setShare(place, scaledHigh, scaledLow);
}

/** (scale * flow)^p of every subnet as I32F32 into GATE_POWER. */
function powers(): void {
  const scaleHigh = global(RANGE_SCALE_HIGH);
  const scaleLow = global(RANGE_SCALE_LOW);
  for (let place = 0; place < eligibleCount; place++) {
    const low = scratch(SHARE_LOW, place);
    const first = scaleHigh * low;
    const fraction = first + mulHigh(scaleLow, low);
    const whole = mulHigh(scaleHigh, low) + <u64>(fraction < first);
    const value = scratch(SHARE_HIGH, place)
      ? (scaleHigh << 32) | (scaleLow >> 32)
      : (whole << 32) | (fraction >> 32);
    setScratch(GATE_POWER, place, value);
  }
  // A second one for the last pair.
  setScratch(GATE_POWER, eligibleCount, 1 << 32);
  const exponent = global(FLOW_EXPONENT_I32F32);
  for (let place = 0; place < eligibleCount; place += 2) powerPair(place, exponent);
}
