/**
 * Emission shares between subnets by moving prices or by flows, exact: U64F64 with a floor at each operation. A share is at
 * most one, so it is a pair of words: the integer part (0 or 1) and the fraction.
 * Source: spec/recent-rules.md 1.1, spec/token-economics.md 2.2.
 */
import { eligibleCount, movingPrice, netuidAt } from "./eligible";
import { flowShares } from "./flow-shares";
import { barIsDue, barIsSet, refreshGateBar } from "./gate-bar";
import { hillGate } from "./hill-gate";
import {
  BURN_PENALTY,
  FLAG_EMISSION_ENABLED,
  FLAGS,
  GATE_MODE,
  IGNORE_EMISSION_SWITCH,
  MINER_BURNED_U96F32,
  ROOT_PROPORTION_PENALTY,
  ROOT_PROPORTION_U96F32,
  SHARE_F64,
  SHARES_BY,
  SUM_MOVING_PRICE_LOW,
} from "./layout";
import {
  BEFORE_HIGH,
  BEFORE_LOW,
  field,
  global,
  SHARE_HIGH,
  SHARE_LOW,
  scratch,
  setFieldF64,
  setGlobal,
  setScratch,
  TAO_EMISSION,
} from "./memory";
import { mulShift32, overShared, shareDivisor, TWO_64 } from "./wide";

const ONE_U96F32: u64 = 1 << 32;
/** The value of SHARES_BY under the price rules. */
export const BY_PRICE: u64 = 0;

/** Computes the shares of all eligible subnets and their tao_emission (U96F32). */
export function emissionShares(blockEmissionRao: u64): void {
  if (global(SHARES_BY) === BY_PRICE) priceShares();
  else flowShares();
  penaltyShares();
  if (global(GATE_MODE) !== 0) {
    if (barIsDue()) refreshGateBar();
    if (barIsSet()) hillGate();
  }
  if (global(IGNORE_EMISSION_SWITCH) === 0) emissionSwitch();
  for (let place = 0; place < eligibleCount; place++) {
    const high = scratch(SHARE_HIGH, place);
    const low = scratch(SHARE_LOW, place);
    setScratch(
      TAO_EMISSION,
      place,
      high ? blockEmissionRao << 32 : mulShift32(blockEmissionRao, low),
    );
    setFieldF64(SHARE_F64, netuidAt(place), <f64>high + <f64>low / TWO_64);
  }
}

export function setShare(place: i32, high: u64, low: u64): void {
  setScratch(SHARE_HIGH, place, high);
  setScratch(SHARE_LOW, place, low);
}

// A sum of shares, which floors keep at one at most.
let sumHigh: u64 = 0;
let sumLow: u64 = 0;

export function clearSum(): void {
  sumHigh = 0;
  sumLow = 0;
}

export function addToSum(high: u64, low: u64): void {
  sumLow += low;
  sumHigh += high + <u64>(sumLow < low);
}

export function sumIsZero(): bool {
  return (sumHigh | sumLow) === 0;
}

/** Divides every share by the sum, which is not 0. */
export function divideBySum(): void {
  if (sumHigh !== 0) return;
  shareDivisor(sumLow);
  for (let place = 0; place < eligibleCount; place++) {
    const low = scratch(SHARE_LOW, place);
    if (low === sumLow) setShare(place, 1, 0);
    else if (low !== 0) setShare(place, 0, overShared(low));
  }
}

/** s = P / sum of P; all 0 when the sum is 0. */
function priceShares(): void {
  clearSum();
  for (let place = 0; place < eligibleCount; place++) {
    const price = movingPrice(netuidAt(place));
    setShare(place, 0, price);
    sumLow += price;
  }
  setGlobal(SUM_MOVING_PRICE_LOW, sumLow);
  if (sumLow !== 0) divideBySum();
}

/** w = s times the penalties in force, over their sum; s itself where that is 0. */
function penaltyShares(): void {
  const burnPenalty = global(BURN_PENALTY) !== 0;
  const rootPenalty = global(ROOT_PROPORTION_PENALTY) !== 0;
  if (!burnPenalty && !rootPenalty) return;
  for (let place = 0; place < eligibleCount; place++) {
    setScratch(BEFORE_HIGH, place, scratch(SHARE_HIGH, place));
    setScratch(BEFORE_LOW, place, scratch(SHARE_LOW, place));
  }
  clearSum();
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (rootPenalty) scaleShare(place, field(ROOT_PROPORTION_U96F32, netuid));
    if (burnPenalty) {
      const burned = field(MINER_BURNED_U96F32, netuid);
      scaleShare(place, burned < ONE_U96F32 ? ONE_U96F32 - burned : 0);
    }
    addToSum(scratch(SHARE_HIGH, place), scratch(SHARE_LOW, place));
  }
  if (sumIsZero()) restoreShares();
  else divideBySum();
}

/** Multiplies a share by a U96F32 ratio of at most one. */
function scaleShare(place: i32, ratio: u64): void {
  if (ratio === ONE_U96F32) return;
  const low = scratch(SHARE_HIGH, place)
    ? ratio << 32
    : mulShift32(ratio, scratch(SHARE_LOW, place));
  setShare(place, 0, low);
}

function restoreShares(): void {
  for (let place = 0; place < eligibleCount; place++) {
    setShare(place, scratch(BEFORE_HIGH, place), scratch(BEFORE_LOW, place));
  }
}

/** Subnets whose emission is off get nothing; the others share what they would have had. */
function emissionSwitch(): void {
  let disabled = 0;
  clearSum();
  for (let place = 0; place < eligibleCount; place++) {
    if (field(FLAGS, netuidAt(place)) & FLAG_EMISSION_ENABLED) {
      addToSum(scratch(SHARE_HIGH, place), scratch(SHARE_LOW, place));
    } else {
      disabled++;
      setShare(place, 0, 0);
    }
  }
  if (disabled !== 0 && !sumIsZero()) divideBySum();
}
