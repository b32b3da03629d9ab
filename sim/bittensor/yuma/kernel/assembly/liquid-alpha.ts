/**
 * Liquid alpha: how fast a bond follows a weight depends on how the weight lies to consensus and to
 * the bond (spec 5.9b-2, 5.10).
 */
import { expSafe } from "./exp";
import { divide, ONE, proportionFromU16, satAdd, satMul } from "./fixed";
import { bitsOf, columnOf, isAscending, pushBond, rowStart } from "./list-rows";
import {
  columnTotalAt,
  consensusAt,
  cursorAt,
  emaStartAt,
  followedBitsAt,
  followedColumnsAt,
  followedStartAt,
  freshRowAt,
  oldBitsAt,
  oldColumnsAt,
  oldRowAt,
  oldStartAt,
  previousConsensusAt,
} from "./memory";
import {
  alphaHigh,
  alphaLow,
  alphaSigmoidSteepness,
  bondsPenalty,
  hasPreviousConsensus,
  liquidAlphaConsensusMode,
  n,
} from "./parameters";
import { provenSigma, setSlope } from "./sigmoid";

let low: i64 = 0;
let high: i64 = 0;
let slope: i64 = 0;

export function setAlphaRange(): void {
  low = proportionFromU16(alphaLow);
  high = proportionFromU16(alphaHigh);
  slope = ((alphaSigmoidSteepness as i64) << 32) / -100;
  setSlope(slope);
}

/** Which consensus weights are compared with goes to columnTotal: this epoch's or the one before. */
export function findComparedConsensus(): void {
  const wantsPrevious =
    liquidAlphaConsensusMode == 1 || (liquidAlphaConsensusMode == 2 && bondsPenalty == 65_535);
  if (!wantsPrevious || !hasPreviousConsensus) {
    memory.copy(columnTotalAt, consensusAt, (<usize>n) << 3);
    return;
  }
  for (let uid = 0; uid < n; uid++) {
    const stored = load<u16>(previousConsensusAt + ((<usize>uid) << 1));
    store<i64>(columnTotalAt + ((<usize>uid) << 3), proportionFromU16(stored));
  }
}

/** The alpha of one cell: between low and high along a sigmoid of a distance. */
export function alphaOf(consensus: i64, weight: i64, bond: i64): i64 {
  const buy = min(max(weight - consensus, 0), ONE);
  const sell = min(max(bond - weight, 0), ONE);
  const distance = weight >= bond ? buy : sell;
  let sigma = provenSigma(distance);
  if (sigma < 0) sigma = exactSigma(distance);
  return max(min(satAdd(low, satMul(sigma, high - low)), high), low);
}

function exactSigma(distance: i64): i64 {
  const power = expSafe(satMul(slope, distance - (ONE >> 1)));
  return divide(ONE as u64, (power + ONE) as u64) as i64;
}

/**
 * Bonds with an alpha for each cell, capped at one. Only the columns of the followed row remain: an
 * old bond without a new weight is dropped, whereas one with a weight of 0 decays.
 */
export function averageBondsByCell(): void {
  setAlphaRange();
  findComparedConsensus();
  let to: u32 = 0;
  store<u32>(emaStartAt, 0);
  for (let row = 0; row < n; row++) {
    to = averageRow(row, to);
    store<u32>(emaStartAt + ((<usize>row + 1) << 2), to);
  }
}

function averageRow(row: i32, start: u32): u32 {
  const fresh = rowStart(followedStartAt, row);
  const freshEnd = rowStart(followedStartAt, row + 1);
  if (fresh == freshEnd) return start;
  const old = rowStart(oldStartAt, row);
  const oldEnd = rowStart(oldStartAt, row + 1);
  const sorted =
    isAscending(followedColumnsAt, fresh, freshEnd) && isAscending(oldColumnsAt, old, oldEnd);
  if (!sorted) return averageUnsortedRow(fresh, freshEnd, old, oldEnd, start);
  let to = start;
  let cursor = old;
  for (let k = fresh; k < freshEnd; k++) {
    const column = columnOf(followedColumnsAt, k);
    while (cursor < oldEnd && columnOf(oldColumnsAt, cursor) < column) cursor++;
    const held = cursor < oldEnd && columnOf(oldColumnsAt, cursor) == column;
    const bond = held ? bitsOf(oldBitsAt, cursor) : 0;
    const weight = bitsOf(followedBitsAt, k);
    const consensus = load<i64>(columnTotalAt + (column << 3));
    to = pushAverage(to, column, alphaOf(consensus, weight, bond), weight, bond);
  }
  return to;
}

/**
 * For rows in any order. Alpha sees what the chain's cursor sees: an entry only if its column is
 * greater than those before it in its row. The average itself takes the true values, of a uid that
 * occurs twice the last.
 */
function averageUnsortedRow(fresh: u32, freshEnd: u32, old: u32, oldEnd: u32, start: u32): u32 {
  const seenBondAt = freshRowAt;
  memory.fill(seenBondAt, 0, (<usize>n) << 3);
  memory.fill(oldRowAt, 0, (<usize>n) << 3);
  let next: usize = 0;
  for (let k = old; k < oldEnd; k++) {
    const column = columnOf(oldColumnsAt, k);
    if (column < (n as usize)) {
      store<i64>(oldRowAt + (column << 3), bitsOf(oldBitsAt, k));
      if (column >= next) store<i64>(seenBondAt + (column << 3), bitsOf(oldBitsAt, k));
    }
    next = max(next, column + 1);
  }
  findSeenWeights(fresh, freshEnd);
  let to = start;
  for (let k = fresh; k < freshEnd; k++) {
    const column = columnOf(followedColumnsAt, k);
    const seenAt = load<u32>(cursorAt + (column << 2));
    const seenWeight = seenAt != 0 ? bitsOf(followedBitsAt, seenAt - 1) : 0;
    const seenBond = load<i64>(seenBondAt + (column << 3));
    const consensus = load<i64>(columnTotalAt + (column << 3));
    const alpha = alphaOf(consensus, seenWeight, seenBond);
    const bond = load<i64>(oldRowAt + (column << 3));
    to = pushAverage(to, column, alpha, bitsOf(followedBitsAt, k), bond);
  }
  return to;
}

/** cursor_j = one more than the place of the entry that the chain's cursor finds for column j, 0 = none. */
function findSeenWeights(fresh: u32, freshEnd: u32): void {
  memory.fill(cursorAt, 0, (<usize>n) << 2);
  let next: usize = 0;
  for (let k = fresh; k < freshEnd; k++) {
    const column = columnOf(followedColumnsAt, k);
    if (column >= next) store<u32>(cursorAt + (column << 2), k + 1);
    next = max(next, column + 1);
  }
}

function pushAverage(to: u32, column: usize, alpha: i64, weight: i64, bond: i64): u32 {
  const bits = satMul(ONE - alpha, bond) + satMul(alpha, weight);
  return bits > 0 ? pushBond(to, column, min(bits, ONE)) : to;
}
