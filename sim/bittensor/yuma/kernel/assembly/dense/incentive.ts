/** Dense clipping, validator trust, ranks, incentive (spec 5.7, 5.8) and what bonds are made of (5.9). */
import { ONE, proportionFromU16 } from "../fixed";
import {
  activeStakeAt,
  denseBondsAt,
  denseWeightsAt,
  incentiveAt,
  laneConsensusAt,
  laneIncentiveAt,
  laneRankAt,
  laneSumAt,
  onlyColumnAt,
  validatorTrustAt,
} from "../memory";
import { bondsPenalty, n, yuma3 } from "../parameters";
import { normalize } from "../vectors";
import { addWide, CODE_ONE, mulHigh, mulHighUp, sumWide } from "./lanes";
import { rowCount, stride, uidOf } from "./rows";
import { oneColumnRows } from "./weights";

/** Bonds follow weights as they were set, clipped, or something between. */
export const AS_SET = 0;
export const CLIPPED = 1;
export const BETWEEN = 2;
export let following = 0;
let penaltyBits: i64 = 0;

/**
 * denseBonds: with Yuma 3 the weights that bonds follow, with Yuma 2 these times stake, and their column
 * sums in laneSum. False where a number could leave its range: a stake of one; ranks that could sum to
 * one, because every voter gives all weight to one uid; a single miner who has all the incentive; or a
 * weight of one that is neither kept nor clipped.
 */
export function findDenseIncentive(): bool {
  penaltyBits = proportionFromU16(bondsPenalty);
  following = penaltyBits == 0 ? AS_SET : penaltyBits == ONE ? CLIPPED : BETWEEN;
  if (following == BETWEEN && oneColumnRows > 0) return false;
  if (!stakesFit()) return false;
  memory.fill(laneRankAt, 0, (<usize>stride) << 2);
  memory.fill(laneSumAt, 0, (<usize>stride) << 2);
  memory.fill(validatorTrustAt, 0, (<usize>n) << 3);
  for (let row = 0; row < rowCount; row++) {
    const stake = load<i64>(activeStakeAt + ((<usize>uidOf(row)) << 3)) as u32;
    clipRow(row, stake);
    const only = load<i32>(onlyColumnAt + ((<usize>row) << 2));
    if (only >= 0) mendOnlyColumn(row, only, stake);
  }
  return storeIncentive();
}

function stakesFit(): bool {
  let spread: i64 = 0;
  let total: i64 = 0;
  for (let row = 0; row < rowCount; row++) {
    const stake = load<i64>(activeStakeAt + ((<usize>uidOf(row)) << 3));
    if (stake >> 32 != 0) return false;
    total += stake;
    if (load<i32>(onlyColumnAt + ((<usize>row) << 2)) < 0) spread += stake;
  }
  return spread > 0 || total < ONE;
}

/** Ranks and sums stay below 2^32: stakes sum to one at most, and some of it meets weights below one. */
function clipRow(row: i32, stake: u32): void {
  const first = (<usize>row * <usize>stride) << 2;
  const bytes = (<usize>stride) << 2;
  const stakes = i32x4.splat(stake);
  const penalty = i32x4.splat(penaltyBits as i32);
  let trust = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weights = v128.load(denseWeightsAt + first + at);
    if (!v128.any_true(weights)) {
      v128.store(denseBondsAt + first + at, weights);
      continue;
    }
    const clipped = i32x4.min_u(weights, v128.load(laneConsensusAt + at));
    trust = addWide(trust, clipped);
    const ranks = mulHigh(clipped, stakes);
    v128.store(laneRankAt + at, i32x4.add(v128.load(laneRankAt + at), ranks));
    let followed = clipped;
    if (following == AS_SET) followed = weights;
    else if (following == BETWEEN) {
      followed = i32x4.sub(weights, mulHighUp(i32x4.sub(weights, clipped), penalty));
    }
    if (!yuma3) {
      followed = following == CLIPPED ? ranks : mulHigh(followed, stakes);
      v128.store(laneSumAt + at, i32x4.add(v128.load(laneSumAt + at), followed));
    }
    v128.store(denseBondsAt + first + at, followed);
  }
  store<u64>(validatorTrustAt + ((<usize>uidOf(row)) << 3), sumWide(trust));
}

/** The product of the code for one and a stake is one bit short, and so is its sum. */
function mendOnlyColumn(row: i32, column: i32, stake: u32): void {
  const lane = (<usize>column) << 2;
  const cell = ((<usize>row * <usize>stride) << 2) + lane;
  const isClipped = load<u32>(laneConsensusAt + lane) != CODE_ONE;
  if (!isClipped) {
    const trust = validatorTrustAt + ((<usize>uidOf(row)) << 3);
    store<u64>(trust, load<u64>(trust) + 1);
    if (stake != 0) store<u32>(laneRankAt + lane, load<u32>(laneRankAt + lane) + 1);
  }
  if (yuma3 || stake == 0 || (isClipped && following == CLIPPED)) return;
  store<u32>(denseBondsAt + cell, stake);
  store<u32>(laneSumAt + lane, load<u32>(laneSumAt + lane) + 1);
}

function storeIncentive(): bool {
  for (let column = 0; column < n; column++) {
    const rank = load<u32>(laneRankAt + ((<usize>column) << 2));
    store<i64>(incentiveAt + ((<usize>column) << 3), rank as i64);
  }
  normalize(incentiveAt, n);
  memory.fill(laneIncentiveAt, 0, (<usize>stride) << 2);
  for (let column = 0; column < n; column++) {
    const incentive = load<i64>(incentiveAt + ((<usize>column) << 3));
    if (incentive >> 32 != 0) return false;
    store<u32>(laneIncentiveAt + ((<usize>column) << 2), incentive as u32);
  }
  return true;
}
