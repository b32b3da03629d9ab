/** Dense weights: masked, each row divided by its sum (spec 5.5). */

import {
  blockAtRegistrationAt,
  commitBlockAt,
  denseWeightsAt,
  divisorsAt,
  lastUpdateAt,
  onlyColumnAt,
  permitAt,
  presentAt,
  rowU16At,
  weightColumnsAt,
  weightStartAt,
  weightValuesAt,
} from "../memory";
import { commitReveal, liquidAlpha, n, ownerUid, yuma3 } from "../parameters";
import { CODE_ONE, sumLanes } from "./lanes";
import { divideLanes, setEveryDivisor } from "./reciprocals";
import { countOf, rowCount, spreadRow, stride, uidOf } from "./rows";

/**
 * Weights that are not one keep this distance from it, so that a moving average of them with a bond
 * of one stays off 2^32 - 1, the code for one (see bonds-yuma3.ts).
 */
export const GAP_FROM_ONE: u64 = 1 << 8;

/** Rows that give all weight to one uid. */
export let oneColumnRows: i32 = 0;

/** False where a weight would come too close to one. */
export function findDenseWeights(): bool {
  const lastRegistered = latestRegistration();
  oneColumnRows = 0;
  for (let row = 0; row < rowCount; row++) {
    const uid = uidOf(row);
    store<i32>(onlyColumnAt + ((<usize>row) << 2), -1);
    if (load<u8>(permitAt + uid) == 0 || countOf(weightStartAt, uid) == 0) clearRow(row);
    else {
      spreadRow(weightStartAt, weightColumnsAt, weightValuesAt, uid, rowU16At);
      if (yuma3 && liquidAlpha) markPresent(row, uid);
      maskRow(row, uid, lastRegistered);
      if (!normalizeRow(row)) return false;
    }
  }
  return true;
}

function clearRow(row: i32): void {
  const first = <usize>row * <usize>stride;
  memory.fill(denseWeightsAt + (first << 2), 0, (<usize>stride) << 2);
  memory.fill(presentAt + first, 0, <usize>stride);
}

function latestRegistration(): f64 {
  let latest: f64 = 0;
  for (let uid = 0; uid < n; uid++) {
    latest = max(latest, load<f64>(blockAtRegistrationAt + ((<usize>uid) << 3)));
  }
  return latest;
}

function markPresent(row: i32, uid: i32): void {
  const to = presentAt + <usize>row * <usize>stride;
  memory.fill(to, 0, <usize>stride);
  const start = load<u32>(weightStartAt + ((<usize>uid) << 2));
  const end = start + (countOf(weightStartAt, uid) as u32);
  for (let k = start; k < end; k++) {
    store<u8>(to + (load<u16>(weightColumnsAt + ((<usize>k) << 1)) as usize), 1);
  }
}

function removeCell(row: i32, column: i32): void {
  store<u16>(rowU16At + ((<usize>column) << 1), 0);
  store<u8>(presentAt + <usize>row * <usize>stride + <usize>column, 0);
}

function maskRow(row: i32, uid: i32, lastRegistered: f64): void {
  if (uid != ownerUid) removeCell(row, uid);
  const updated = load<f64>(lastUpdateAt + ((<usize>uid) << 3));
  const committed = commitReveal ? load<f64>(commitBlockAt + ((<usize>uid) << 3)) : Infinity;
  if (updated > lastRegistered && committed >= lastRegistered) return;
  for (let column = 0; column < n; column++) {
    const registered = load<f64>(blockAtRegistrationAt + ((<usize>column) << 3));
    if (!(updated > registered) || committed < registered) removeCell(row, column);
  }
}

/** u16 weights of the row to lanes. Sums stay below 2^32, for n is at most 65,535. */
function normalizeRow(row: i32): bool {
  const bytes = (<usize>stride) << 1;
  let sums = i32x4.splat(0);
  let largest = i16x8.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weights = v128.load(rowU16At + at);
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(weights));
    largest = i16x8.max_u(largest, weights);
  }
  const total = sumLanes(sums) as u64;
  // From 2^31 on the chain's sum is saturated, which is for the lists.
  if (total >> 31 != 0) return false;
  const others = total - (largestOf(largest) as u64);
  if (total != 0 && others == 0) return setOnlyColumn(row);
  if (total != 0 && others << 32 < total * GAP_FROM_ONE) return false;
  setEveryDivisor(divisorsAt, total as u32);
  let to = denseWeightsAt + ((<usize>row * <usize>stride) << 2);
  for (let at: usize = 0; at < bytes; at += 16, to += 32) {
    const weights = v128.load(rowU16At + at);
    if (!v128.any_true(weights)) {
      v128.store(to, weights);
      v128.store(to, weights, 16);
      continue;
    }
    v128.store(to, divideLanes(i32x4.extend_low_i16x8_u(weights), divisorsAt));
    v128.store(to, divideLanes(i32x4.extend_high_i16x8_u(weights), divisorsAt), 16);
  }
  return true;
}

function largestOf(vector: v128): u32 {
  const halves = i16x8.max_u(vector, v128.shuffle<u64>(vector, vector, 1, 0));
  const quarters = i16x8.max_u(halves, v128.shuffle<u32>(halves, halves, 1, 0, 1, 0));
  return max<u32>(i16x8.extract_lane_u(quarters, 0), i16x8.extract_lane_u(quarters, 1));
}

function setOnlyColumn(row: i32): bool {
  const to = denseWeightsAt + ((<usize>row * <usize>stride) << 2);
  memory.fill(to, 0, (<usize>stride) << 2);
  let column = 0;
  while (load<u16>(rowU16At + ((<usize>column) << 1)) == 0) column++;
  store<u32>(to + ((<usize>column) << 2), CODE_ONE);
  store<i32>(onlyColumnAt + ((<usize>row) << 2), column);
  oneColumnRows++;
  return true;
}
