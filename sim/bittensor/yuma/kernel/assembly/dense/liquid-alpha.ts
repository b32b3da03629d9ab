/** Dense bonds of Yuma 3 with liquid alpha (spec 5.9b-2, 5.10). */
import { ONE, proportionFromU16 } from "../fixed";
import { alphaOf, findComparedConsensus, setAlphaRange } from "../liquid-alpha";
import {
  columnTotalAt,
  denseBondsAt,
  denseStoredAt,
  denseWeightsAt,
  laneAlphaAt,
  laneConsensusAt,
  presentAt,
  wideSumAt,
} from "../memory";
import { alphaHigh, alphaLow, n } from "../parameters";
import { distanceOfOne, isProvable, leastSigma, mostSigma, sigmaOf } from "../sigmoid";
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

let low: u32 = 0;
let range: u32 = 0;
/** The alpha of distance 0, which is that of every cell at rest. */
let alphaAtRest: u32 = 0;

/** False where the alphas are not for lanes, or there is no consensus. */
export function findDenseLiquid(): bool {
  const lowBits = proportionFromU16(alphaLow);
  const highBits = proportionFromU16(alphaHigh);
  if (!alphaFits(lowBits, highBits) || !hasConsensus()) return false;
  setAlphaRange();
  if (!isProvable) return false;
  low = lowBits as u32;
  range = (highBits - lowBits) as u32;
  findComparedConsensus();
  storeComparedLanes();
  alphaAtRest = alphaOf(0, 0, 0) as u32;
  memory.fill(wideSumAt, 0, (<usize>stride) << 3);
  for (let row = 0; row < rowCount; row++) averageRow(row);
  findDenseDividends();
  return true;
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
  findAlphas(cells, stored);
  for (let column: usize = 0; column < <usize>stride; column += 4) {
    const weight = v128.load(cells + (column << 2));
    const bond = bondLanes(v128.load_ext<u16>(stored + (column << 1)));
    const kept = v128.and(bond, followedLanes(first + column, weight));
    const alpha = v128.load(laneAlphaAt + (column << 2));
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

/** laneAlpha: the alphas of a row, two cells at a time, exact where there is a weight or a bond. */
function findAlphas(cells: usize, stored: usize): void {
  const zero = i32x4.splat(0);
  for (let column: usize = 0; column < <usize>stride; column += 2) {
    const weight = v128.load64_zero(cells + (column << 2));
    const bond = bondLanes(i32x4.extend_low_i16x8_u(v128.load32_zero(stored + (column << 1))));
    const needed = i32x4.ne(v128.or(weight, bond), zero);
    if (!v128.any_true(needed)) continue;
    const consensus = v128.load64_zero(laneConsensusAt + (column << 2));
    const distance = distanceOf(weight, bond, consensus);
    const rests = i32x4.eq(distance, zero);
    const sigma = sigmaOf(distance);
    const least = partOfRange(leastSigma(sigma));
    const most = partOfRange(mostSigma(sigma));
    const moved = i32x4.add(least, i32x4.splat(low));
    const alpha = v128.bitselect(i32x4.splat(alphaAtRest), moved, rests);
    v128.store64_lane(laneAlphaAt + (column << 2), alpha, 0);

    // Doubtful: the ends differ, the distance is half or more, x is one, or a one takes part.
    const unsure = v128.or(i32x4.ne(least, most), i32x4.lt_s(distance, zero));
    const whole = v128.or(i32x4.eq(weight, ones()), i32x4.eq(bond, ones()));
    const special = v128.or(whole, i32x4.eq(distance, i32x4.splat(distanceOfOne as i32)));
    const doubtful = v128.and(v128.or(v128.andnot(unsure, rests), special), needed);
    if (v128.any_true(doubtful)) mendAlphas(column, weight, bond, doubtful);
  }
}

/** How far the weight is above consensus, or below a bond that is larger. */
function distanceOf(weight: v128, bond: v128, consensus: v128): v128 {
  const isBuy = i32x4.eq(i32x4.min_u(weight, bond), bond);
  const buy = i32x4.sub(weight, i32x4.min_u(weight, consensus));
  const sell = i32x4.sub(bond, i32x4.min_u(weight, bond));
  return v128.or(v128.and(buy, isBuy), sell);
}

/** floor(sigma * range) of the lower two lanes. */
function partOfRange(sigma: v128): v128 {
  const products = i64x2.extmul_low_i32x4_u(sigma, i32x4.splat(range));
  return v128.shuffle<u32>(products, products, 1, 3, 1, 3);
}

/** Computes the marked ones of two alphas as lists do. */
function mendAlphas(column: usize, weight: v128, bond: v128, marked: v128): void {
  for (let lane: usize = 0; lane < 2; lane++) {
    const isFirst = lane == 0;
    const isMarked = isFirst ? i32x4.extract_lane(marked, 0) : i32x4.extract_lane(marked, 1);
    if (isMarked == 0) continue;
    const at = (column + lane) << 2;
    const alpha = alphaOf(
      bitsOf(load<u32>(laneConsensusAt + at)),
      bitsOf(isFirst ? i32x4.extract_lane(weight, 0) : i32x4.extract_lane(weight, 1)),
      bitsOf(isFirst ? i32x4.extract_lane(bond, 0) : i32x4.extract_lane(bond, 1)),
    );
    store<u32>(laneAlphaAt + at, alpha as u32);
  }
}

function bitsOf(lane: u32): i64 {
  return lane == CODE_ONE ? ONE : (lane as i64);
}
