/** Dense bonds of Yuma 3 with one alpha for all, and their dividends (spec 5.9b). */
import { divide, ONE, satMul } from "../fixed";
import {
  activeStakeAt,
  denseBondsAt,
  denseStoredAt,
  dividendsAt,
  divisorsAt,
  laneIncentiveAt,
  onlyColumnAt,
  otherDivisorsAt,
  wideSumAt,
} from "../memory";
import { movingAverageAlpha } from "../moving-average";
import { n } from "../parameters";
import { normalize } from "../vectors";
import { addWide, CODE_ONE, mulHigh, ones, sumWide } from "./lanes";
import { divideLanesWide, setWideDivisors } from "./reciprocals";
import { rowCount, stride, uidOf } from "./rows";

/**
 * With weights below 1 - 2^-24 (weights.ts) and stored bonds of 65,534 and less below 1 - 2^-16, averages
 * are one where weight and bond are one and stay below 2^32 - 1 elsewhere, if alpha and what it leaves
 * of the old bond are not below these.
 */
const LEAST_ALPHA: i64 = 1 << 25;
const LEAST_REST: i64 = 1 << 17;

export function alphaFits(low: i64, high: i64): bool {
  return low >= LEAST_ALPHA && low <= high && high <= ONE - LEAST_REST;
}

/** denseBonds: followed weights become averages; false where alpha is too near 0 or one. */
export function findDenseYuma3(): bool {
  const alpha = movingAverageAlpha();
  if (!alphaFits(alpha, alpha)) return false;
  memory.fill(wideSumAt, 0, (<usize>stride) << 3);
  for (let row = 0; row < rowCount; row++) averageRow(row, alpha as i32, (ONE - alpha) as i32);
  findDenseDividends();
  return true;
}

/** A u16 proportion of 65,535 as lanes: b * 2^32 / 65,535 is b * 65,537, and CODE_ONE for 65,535. */
export function bondLanes(stored: v128): v128 {
  return v128.or(i32x4.shl(stored, 16), stored);
}

/** wideSum: 64-bit column sums of four averages more. */
export function addToSums(column: usize, averages: v128): void {
  const sums = wideSumAt + (column << 3);
  v128.store(sums, i64x2.add(v128.load(sums), i64x2.extend_low_i32x4_u(averages)));
  v128.store(sums, i64x2.add(v128.load(sums, 16), i64x2.extend_high_i32x4_u(averages)), 16);
}

function averageRow(row: i32, alpha: i32, beta: i32): void {
  const first = <usize>row * <usize>stride;
  const cells = denseBondsAt + (first << 2);
  const stored = denseStoredAt + (first << 1);
  const whole = wholeWeight(row, cells);
  const alphas = i32x4.splat(alpha);
  const betas = i32x4.splat(beta);
  for (let column: usize = 0; column < <usize>stride; column += 4) {
    const fresh = v128.load(cells + (column << 2));
    const stores = v128.load_ext<u16>(stored + (column << 1));
    // Most validators weigh few miners: four cells without weights and bonds stay as they are.
    if (!v128.any_true(v128.or(fresh, stores))) continue;
    const old = bondLanes(stores);
    const sum = i32x4.add(mulHigh(fresh, alphas), mulHigh(old, betas));
    const average = i32x4.sub(sum, i32x4.eq(old, ones()));
    v128.store(cells + (column << 2), average);
    addToSums(column, average);
  }
  if (whole >= 0) mendWholeWeight(cells, whole);
}

/** The column whose followed weight is one, -1 = none. */
export function wholeWeight(row: i32, cells: usize): i32 {
  const only = load<i32>(onlyColumnAt + ((<usize>row) << 2));
  return only >= 0 && load<u32>(cells + ((<usize>only) << 2)) == CODE_ONE ? only : -1;
}

/**
 * The average of a weight of one comes out one bit short: where the bond is one too it is CODE_ONE
 * as it should be, but it counts a bit less than one in the column's sum.
 */
export function mendWholeWeight(cells: usize, column: i32): void {
  const cell = cells + ((<usize>column) << 2);
  if (load<u32>(cell) != CODE_ONE) store<u32>(cell, load<u32>(cell) + 1);
  const sum = wideSumAt + ((<usize>column) << 3);
  store<u64>(sum, load<u64>(sum) + 1);
}

/** From the averages and their column sums: trust in shares, times stake (spec 5.9b-3). */
export function findDenseDividends(): void {
  setWideDivisors(divisorsAt, otherDivisorsAt, wideSumAt, stride);
  memory.fill(dividendsAt, 0, (<usize>n) << 3);
  for (let row = 0; row < rowCount; row++) {
    const at = (<usize>uidOf(row)) << 3;
    store<i64>(dividendsAt + at, satMul(trustOf(row), load<i64>(activeStakeAt + at)));
  }
  normalize(dividendsAt, n);
}

function trustOf(row: i32): i64 {
  const cells = denseBondsAt + ((<usize>row * <usize>stride) << 2);
  const only = load<i32>(onlyColumnAt + ((<usize>row) << 2));
  if (only >= 0 && load<u32>(cells + ((<usize>only) << 2)) == CODE_ONE) {
    // A bond of one may stand in a column that sums to more, which the lanes cannot divide.
    const lane = (<usize>only) << 2;
    const share = divide(ONE as u64, load<u64>(wideSumAt + (lane << 1))) as i64;
    store<u32>(cells + lane, 0);
    const trust = trustOfLanes(cells) + satMul(share, load<u32>(laneIncentiveAt + lane) as i64);
    store<u32>(cells + lane, CODE_ONE);
    return trust;
  }
  return trustOfLanes(cells);
}

function trustOfLanes(cells: usize): i64 {
  const bytes = (<usize>stride) << 2;
  let total = i64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const averages = v128.load(cells + at);
    if (!v128.any_true(averages)) continue;
    const shares = divideLanesWide(averages, divisorsAt + (at << 2), otherDivisorsAt + (at << 2));
    const incentive = v128.load(laneIncentiveAt + at);
    const isOne = i32x4.eq(shares, ones());
    total = addWide(total, v128.bitselect(incentive, mulHigh(shares, incentive), isOne));
  }
  return sumWide(total) as i64;
}
