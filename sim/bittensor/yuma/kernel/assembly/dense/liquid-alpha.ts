/** Dense bonds of Yuma 3 with liquid alpha (spec 5.9b-2, 5.10). */
import { ONE, proportionFromU16, satMul } from "../fixed";
import { alphaOf, findComparedConsensus, setAlphaRange } from "../liquid-alpha";
import {
  columnTotalAt,
  denseBondsAt,
  denseStoredAt,
  denseWeightsAt,
  laneConsensusAt,
  laneScoresAt,
  presentAt,
  wideSumAt,
} from "../memory";
import { alphaHigh, alphaLow, alphaSigmoidSteepness, n } from "../parameters";
import {
  addToSums,
  alphaFits,
  bondLanes,
  findDenseDividends,
  mendWholeWeight,
  wholeWeight,
} from "./bonds-yuma3";
import { BETWEEN, following } from "./incentive";
import { CODE_ONE, mulHigh, ones } from "./lanes";
import { rowCount, stride } from "./rows";
import { leastSigma, mostSigma, setSlope, sigmaOf } from "./sigmoid";

let low: u32 = 0;
let range: u32 = 0;
/** The alpha of distance 0, which is that of every cell at rest. */
let alphaAtRest: u32 = 0;
/** The distance whose x is one, for which the chain takes its constant e; CODE_ONE = none. */
let distanceOfOne: u32 = CODE_ONE;

/** False where the alphas are not for lanes, or there is no consensus. */
export function findDenseLiquid(): bool {
  const lowBits = proportionFromU16(alphaLow);
  const highBits = proportionFromU16(alphaHigh);
  if (!alphaFits(lowBits, highBits) || !hasConsensus()) return false;
  const slope = ((alphaSigmoidSteepness as i64) << 32) / -100;
  if (!setSlope(slope)) return false;
  low = lowBits as u32;
  range = (highBits - lowBits) as u32;
  setAlphaRange();
  findComparedConsensus();
  storeComparedLanes();
  alphaAtRest = alphaOf(0, 0, 0) as u32;
  distanceOfOne = findDistanceOfOne(slope);
  memory.fill(wideSumAt, 0, (<usize>stride) << 3);
  for (let row = 0; row < rowCount; row++) averageRow(row);
  findDenseDividends();
  return true;
}

/** x = floor(slope * (distance - 1/2)) is one for one distance at most, where the slope is steeper than 1. */
function findDistanceOfOne(slope: i64): u32 {
  if (slope > -ONE) return CODE_ONE;
  const near = (ONE >> 1) + ((((ONE as f64) * (ONE as f64)) / (slope as f64)) as i64);
  for (let distance = near - 2; distance <= near + 2; distance++) {
    if (satMul(slope, distance - (ONE >> 1)) == ONE) return distance as u32;
  }
  return CODE_ONE;
}

function hasConsensus(): bool {
  for (let uid = 0; uid < n; uid++) {
    if (load<u32>(laneConsensusAt + ((<usize>uid) << 2)) != 0) return true;
  }
  return false;
}

/** laneConsensus: what weights are compared with. */
function storeComparedLanes(): void {
  for (let uid = 0; uid < n; uid++) {
    const bits = load<i64>(columnTotalAt + ((<usize>uid) << 3));
    store<u32>(laneConsensusAt + ((<usize>uid) << 2), bits == ONE ? CODE_ONE : (bits as u32));
  }
}

function averageRow(row: i32): void {
  const first = <usize>row * <usize>stride;
  const cells = denseBondsAt + (first << 2);
  const stored = denseStoredAt + (first << 1);
  const whole = wholeWeight(row, cells);
  for (let column: usize = 0; column < <usize>stride; column += 4) {
    const weight = v128.load(cells + (column << 2));
    const bond = bondLanes(v128.load_ext<u16>(stored + (column << 1)));
    const kept = v128.and(bond, followedLanes(first + column, weight));
    const alpha = alphaLanes(column, weight, bond, v128.or(weight, kept));
    const rest = i32x4.sub(i32x4.splat(0), alpha);
    const sum = i32x4.add(mulHigh(weight, alpha), mulHigh(kept, rest));
    const average = i32x4.sub(sum, i32x4.eq(kept, ones()));
    v128.store(cells + (column << 2), average);
    addToSums(column, average);
  }
  if (whole >= 0) mendWholeWeight(cells, whole);
}

/**
 * Where the followed row has an entry: an old bond without one is dropped. An entry of 0 is one that
 * was given as 0, not one that was clipped to 0; between weights and clipped weights none is kept.
 */
function followedLanes(cell: usize, followed: v128): v128 {
  const zero = i32x4.splat(0);
  const isPositive = i32x4.ne(followed, zero);
  if (following == BETWEEN) return isPositive;
  const names = i16x8.extend_low_i8x16_u(v128.load32_zero(presentAt + cell));
  const isNamed = i32x4.ne(i32x4.extend_low_i16x8_u(names), zero);
  const isGivenAsZero = i32x4.eq(v128.load(denseWeightsAt + (cell << 2)), zero);
  return v128.and(isNamed, v128.or(isPositive, isGivenAsZero));
}

/** The alphas of four cells, exact where `needed` is not 0. */
function alphaLanes(column: usize, weight: v128, bond: v128, needed: v128): v128 {
  const atRest = i32x4.splat(alphaAtRest);
  if (!v128.any_true(needed)) return atRest;
  const consensus = v128.load(laneConsensusAt + (column << 2));
  const buy = i32x4.sub(weight, i32x4.min_u(weight, consensus));
  const sell = i32x4.sub(bond, i32x4.min_u(bond, weight));
  const distance = v128.or(buyIf(buy, weight, bond), sell);
  const rests = i32x4.eq(distance, i32x4.splat(0));
  const first = sigmaOf(distance);
  const second = sigmaOf(v128.shuffle<u64>(distance, distance, 1, 0));
  const ranges = i32x4.splat(range);
  const least = mulHigh(lowerHalves(leastSigma(first), leastSigma(second)), ranges);
  const most = mulHigh(lowerHalves(mostSigma(first), mostSigma(second)), ranges);
  const alpha = v128.bitselect(atRest, i32x4.add(least, i32x4.splat(low)), rests);

  // Doubtful: the ends differ, the distance is half or more, x is one, or a one takes part.
  const unsure = v128.or(i32x4.ne(least, most), i32x4.lt_s(distance, i32x4.splat(0)));
  const whole = v128.or(i32x4.eq(weight, ones()), i32x4.eq(bond, ones()));
  const special = v128.or(whole, i32x4.eq(distance, i32x4.splat(distanceOfOne)));
  const doubtful = v128.or(v128.andnot(unsure, rests), special);
  const wrong = v128.and(doubtful, i32x4.ne(needed, i32x4.splat(0)));
  return v128.any_true(wrong) ? withExactLanes(alpha, wrong, weight, bond, consensus) : alpha;
}

/** `buy` where the weight is not below the bond, else 0. */
function buyIf(buy: v128, weight: v128, bond: v128): v128 {
  return v128.and(buy, i32x4.eq(i32x4.min_u(weight, bond), bond));
}

function lowerHalves(a: v128, b: v128): v128 {
  return v128.shuffle<u64>(a, b, 0, 2);
}

/** The lanes of `wrong` computed as lists do it. */
function withExactLanes(alpha: v128, wrong: v128, weight: v128, bond: v128, consensus: v128): v128 {
  v128.store(laneScoresAt, alpha);
  v128.store(laneScoresAt, weight, 16);
  v128.store(laneScoresAt, bond, 32);
  v128.store(laneScoresAt, consensus, 48);
  for (let rest = i32x4.bitmask(wrong); rest != 0; rest &= rest - 1) {
    const at = laneScoresAt + ((<usize>ctz(rest)) << 2);
    const exact = alphaOf(bitsAt(at + 48), bitsAt(at + 16), bitsAt(at + 32));
    store<u32>(at, exact as u32);
  }
  return v128.load(laneScoresAt);
}

function bitsAt(at: usize): i64 {
  const lane = load<u32>(at);
  return lane == CODE_ONE ? ONE : (lane as i64);
}
