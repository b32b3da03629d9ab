/** Emission shares in double: the rule of ../shares.ts with a plain power in the gate. */
import { eligibleCount, movingPrice, netuidAt } from "../eligible";
import { sumMovingPrices } from "../flow-shares";
import { barIsDue, barIsSet, refreshGateBar } from "../gate-bar";
import { addInOrder, isPaired, toDoubles } from "../lanes";
import {
  BURN_PENALTY,
  FLAG_EMISSION_ENABLED,
  FLAGS,
  GATE_BAR_HIGH,
  GATE_BAR_LOW,
  GATE_EXPONENT_I32F32,
  GATE_MODE,
  IGNORE_EMISSION_SWITCH,
  MINER_BURNED_U96F32,
  MOVING_PRICE_I96F32,
  ROOT_PROPORTION_PENALTY,
  ROOT_PROPORTION_U96F32,
  SHARE_F64,
  SHARES_BY,
  SUM_MOVING_PRICE_LOW,
} from "../layout";
import {
  BEFORE_HIGH,
  field,
  fieldPair,
  global,
  SHARE,
  SHARE_HIGH,
  SHARE_LOW,
  scratchF64,
  scratchPair,
  setFieldF64,
  setFieldPair,
  setScratch,
  setScratchF64,
  setScratchPair,
} from "../memory";
import { BY_PRICE } from "../shares";
import { TWO_32, TWO_64 } from "../wide";
import { flowSharesF64 } from "./flow-shares";
import { exp, ln } from "./math";

/** Powers beyond 2^31, and below 2^-31, overflow in the chain's exponential. */
const LARGEST_POWER: f64 = 2147483647.0;
const SMALLEST_POWER: f64 = 1.0 / 2147483648.0;
/** Where the chain's logarithm has no value: 1/r does not fit. */
const SMALLEST_RATIO: f64 = 3.0 / TWO_32;

/** Leaves the share of each eligible subnet in SHARE. */
export function emissionSharesF64(): void {
  if (global(SHARES_BY) === BY_PRICE) priceShares();
  else flowSharesF64();
  penaltyShares();
  if (global(GATE_MODE) !== 0) {
    if (barIsDue()) refreshBar();
    if (barIsSet()) hillGate();
  }
  if (global(IGNORE_EMISSION_SWITCH) === 0) emissionSwitch();
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isPaired(place)) setFieldPair(SHARE_F64, netuid, scratchPair(SHARE, place++));
    else setFieldF64(SHARE_F64, netuid, scratchF64(SHARE, place));
  }
}

function priceShares(): void {
  sumMovingPrices();
  const priceSum = global(SUM_MOVING_PRICE_LOW);
  const scale = priceSum === 0 ? 0.0 : 1.0 / <f64>(<i64>priceSum);
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isPaired(place)) {
      const prices = toDoubles(fieldPair(MOVING_PRICE_I96F32, netuid));
      setScratchPair(SHARE, place++, f64x2.mul(prices, f64x2.splat(scale)));
    } else setScratchF64(SHARE, place, <f64>(<i64>movingPrice(netuid)) * scale);
  }
}

/** Shares times the penalties in force, over their sum; the shares themselves where that is 0. */
function penaltyShares(): void {
  const burnPenalty = global(BURN_PENALTY) !== 0;
  const rootPenalty = global(ROOT_PROPORTION_PENALTY) !== 0;
  if (!burnPenalty && !rootPenalty) return;
  let sum: f64 = 0;
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isPaired(place)) {
      let shares = scratchPair(SHARE, place);
      setScratchPair(BEFORE_HIGH, place, shares);
      if (burnPenalty) shares = f64x2.mul(shares, keptPair(netuid));
      if (rootPenalty) shares = f64x2.mul(shares, ratioPair(ROOT_PROPORTION_U96F32, netuid));
      setScratchPair(SHARE, place++, shares);
      sum = addInOrder(sum, shares);
      continue;
    }
    let share = scratchF64(SHARE, place);
    setScratchF64(BEFORE_HIGH, place, share);
    if (burnPenalty) share *= max(0.0, 1.0 - ratio(MINER_BURNED_U96F32, netuid));
    if (rootPenalty) share *= ratio(ROOT_PROPORTION_U96F32, netuid);
    setScratchF64(SHARE, place, share);
    sum += share;
  }
  if (sum > 0.0) scaleShares(1.0 / sum);
  else {
    for (let place = 0; place < eligibleCount; place++) {
      setScratchF64(SHARE, place, scratchF64(BEFORE_HIGH, place));
    }
  }
}

function ratio(column: i32, netuid: i32): f64 {
  return <f64>(<i64>field(column, netuid)) * (1.0 / TWO_32);
}

function ratioPair(column: i32, netuid: i32): v128 {
  return f64x2.mul(toDoubles(fieldPair(column, netuid)), f64x2.splat(1.0 / TWO_32));
}

/** What is left of two shares where part of the miners' emission is burned. */
function keptPair(netuid: i32): v128 {
  const kept = f64x2.sub(f64x2.splat(1.0), ratioPair(MINER_BURNED_U96F32, netuid));
  return f64x2.pmax(f64x2.splat(0.0), kept);
}

function scaleShares(factor: f64): void {
  // Two at a time whoever they are; a place behind the last one belongs to nobody.
  for (let place = 0; place < eligibleCount; place += 2) {
    setScratchPair(SHARE, place, f64x2.mul(scratchPair(SHARE, place), f64x2.splat(factor)));
  }
}

/** The exact rule's sort, on the shares as U64F64. */
function refreshBar(): void {
  for (let place = 0; place < eligibleCount; place++) {
    const share = scratchF64(SHARE, place);
    setScratch(SHARE_HIGH, place, share < 1.0 ? 0 : 1);
    setScratch(SHARE_LOW, place, share < 1.0 ? <u64>(share * TWO_64) : 0);
  }
  refreshGateBar();
}

function hillGate(): void {
  const bar = <f64>global(GATE_BAR_HIGH) + <f64>global(GATE_BAR_LOW) / TWO_64;
  const exponent = <f64>(<i64>global(GATE_EXPONENT_I32F32)) / TWO_32;
  let sum: f64 = 0;
  for (let place = 0; place < eligibleCount; place++) {
    if (exponent === 3.0 && place + 1 < eligibleCount) {
      const gated = cubicGate(scratchPair(SHARE, place), bar);
      setScratchPair(SHARE, place++, gated);
      sum = addInOrder(sum, gated);
      continue;
    }
    const share = scratchF64(SHARE, place);
    if (share <= 0.0) continue;
    const gated = share / (1.0 + gatePower(bar / share, exponent));
    setScratchF64(SHARE, place, gated);
    sum += gated;
  }
  if (sum > 0.0) scaleShares(1.0 / sum);
}

/** Two shares through the gate with exponent 3, each as `gatePower` has it. */
function cubicGate(shares: v128, bar: f64): v128 {
  const ratio = f64x2.div(f64x2.splat(bar), shares);
  const cube = f64x2.mul(f64x2.mul(ratio, ratio), ratio);
  const largest = f64x2.splat(LARGEST_POWER);
  const fits = v128.and(f64x2.le(cube, largest), f64x2.ge(cube, f64x2.splat(SMALLEST_POWER)));
  const hasRatio = f64x2.ge(ratio, f64x2.splat(SMALLEST_RATIO));
  const power = v128.and(v128.bitselect(cube, largest, fits), hasRatio);
  const gated = f64x2.div(shares, f64x2.add(f64x2.splat(1.0), power));
  return v128.bitselect(gated, shares, f64x2.gt(shares, f64x2.splat(0.0)));
}

function gatePower(ratio: f64, exponent: f64): f64 {
  if (ratio < SMALLEST_RATIO) return 0.0;
  const power = exponent === 3.0 ? ratio * ratio * ratio : exp(min(exponent * ln(ratio), 700.0));
  return power > LARGEST_POWER || power < SMALLEST_POWER ? LARGEST_POWER : power;
}

function emissionSwitch(): void {
  let sum: f64 = 0;
  let disabled = false;
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (isPaired(place)) {
      const isOff = i64x2.eq(
        v128.and(fieldPair(FLAGS, netuid), i64x2.splat(FLAG_EMISSION_ENABLED)),
        i64x2.splat(0),
      );
      const shares = v128.andnot(scratchPair(SHARE, place), isOff);
      disabled = disabled || v128.any_true(isOff);
      setScratchPair(SHARE, place++, shares);
      sum = addInOrder(sum, shares);
    } else if (field(FLAGS, netuid) & FLAG_EMISSION_ENABLED) sum += scratchF64(SHARE, place);
    else {
      disabled = true;
      setScratchF64(SHARE, place, 0.0);
    }
  }
  if (disabled && sum > 0.0) scaleShares(1.0 / sum);
}
