/**
 * From consensus to what is paid, from empty bonds: ranks, incentives, dividends, validators' trust.
 * T is f32 or f64. Source: spec/yuma-epoch.md sections 5.6 to 5.10.
 */
import {
  BLOCK_BYTES,
  consensus,
  dividends,
  earning,
  incentive,
  stake,
  validatorTrust,
  weights,
} from "./layout";

/** u16 weights to fractions of their row, in blocks; a row without weights stays empty. */
export function normalizeRow<T>(from: usize, row: i32, rows: i32, blocks: i32): void {
  const columns = blocks * <i32>(BLOCK_BYTES / sizeof<T>());
  let sums = i32x4.splat(0);
  for (let k = 0; k < columns; k += 8) {
    const eight = v128.load(from + ((<usize>k) << 1));
    sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(eight));
  }
  const sum = sumIntegers(sums);
  const factor: T = sum == 0 ? <T>0 : <T>1 / <T>sum;
  const scale = v128.splat<T>(factor);
  let to = weights + <usize>row * BLOCK_BYTES;
  let at = from;
  for (let block = 0; block < blocks; block++) {
    for (let k: usize = 0; k < BLOCK_BYTES; k += 16) {
      if (sizeof<T>() == 4) {
        const four = v128.load_ext<u16>(at);
        v128.store(to + k, v128.mul<T>(f32x4.convert_i32x4_s(four), scale));
        at += 8;
      } else {
        const two = i32x4.extend_low_i16x8_u(i32x4.splat(load<i32>(at)));
        v128.store(to + k, v128.mul<T>(f64x2.convert_low_i32x4_s(two), scale));
        at += 4;
      }
    }
    to += <usize>rows * BLOCK_BYTES;
  }
}

/**
 * Fills incentive, earning, dividends and validatorTrust from weights and consensus. `penalty` is the
 * bonds penalty as a fraction; with `byShare` (Yuma 3) stake counts at the end, else (Yuma 2) in the
 * bonds.
 */
export function payShares<T>(rows: i32, blocks: i32, penalty: T, byShare: bool): void {
  const columns = blocks * <i32>(BLOCK_BYTES / sizeof<T>());
  let total: T = 0;
  for (let block = 0; block < blocks; block++) columnSums<T>(rows, block, penalty, byShare);
  for (let k = 0; k < columns; k++) total += load<T>(incentive + <usize>k * sizeof<T>());
  const factor: T = total == <T>0 ? <T>0 : <T>1 / total;
  for (let k = 0; k < columns; k++) {
    const at = <usize>k * sizeof<T>();
    const own = load<T>(incentive + at) * factor;
    const bonds = load<T>(earning + at);
    store<T>(incentive + at, own);
    store<T>(earning + at, bonds == <T>0 ? <T>0 : own / bonds);
  }
  rowSums<T>(rows, blocks, penalty);
}

/** Ranks into `incentive` and the sums of bonds into `earning`, for one block. */
function columnSums<T>(rows: i32, block: i32, penalty: T, byShare: bool): void {
  const cells = weights + <usize>block * <usize>rows * BLOCK_BYTES;
  const penalties = v128.splat<T>(penalty);
  for (let k: usize = 0; k < BLOCK_BYTES; k += 16) {
    const offset = <usize>block * BLOCK_BYTES + k;
    const top = v128.load(consensus + offset);
    let rank = v128.splat<T>(<T>0);
    let bonds = v128.splat<T>(<T>0);
    let at = cells + k;
    let share = stake;
    for (let row = 0; row < rows; row++) {
      const weight = v128.load(at);
      const clipped = v128.pmin<T>(weight, top);
      const own = v128.load_splat<T>(share);
      const bond = v128.add<T>(weight, v128.mul<T>(penalties, v128.sub<T>(clipped, weight)));
      rank = v128.add<T>(rank, v128.mul<T>(own, clipped));
      bonds = v128.add<T>(bonds, byShare ? bond : v128.mul<T>(own, bond));
      at += BLOCK_BYTES;
      share += sizeof<T>();
    }
    v128.store(incentive + offset, rank);
    v128.store(earning + offset, bonds);
  }
}

function rowSums<T>(rows: i32, blocks: i32, penalty: T): void {
  const penalties = v128.splat<T>(penalty);
  const rowStep = <usize>rows * BLOCK_BYTES;
  let total: T = 0;
  for (let row = 0; row < rows; row++) {
    // Two of each, so that an addition need not wait for the one before.
    let trust = v128.splat<T>(<T>0);
    let moreTrust = trust;
    let earned = trust;
    let moreEarned = trust;
    let at = weights + <usize>row * BLOCK_BYTES;
    for (let offset: usize = 0; offset < <usize>blocks * BLOCK_BYTES; offset += BLOCK_BYTES) {
      for (let k: usize = 0; k < BLOCK_BYTES; k += 32) {
        const weight = v128.load(at + k);
        const clipped = v128.pmin<T>(weight, v128.load(consensus + offset + k));
        const bond = v128.add<T>(weight, v128.mul<T>(penalties, v128.sub<T>(clipped, weight)));
        trust = v128.add<T>(trust, clipped);
        earned = v128.add<T>(earned, v128.mul<T>(bond, v128.load(earning + offset + k)));
        const weight2 = v128.load(at + k, 16);
        const clipped2 = v128.pmin<T>(weight2, v128.load(consensus + offset + k, 16));
        const bond2 = v128.add<T>(weight2, v128.mul<T>(penalties, v128.sub<T>(clipped2, weight2)));
        moreTrust = v128.add<T>(moreTrust, clipped2);
        moreEarned = v128.add<T>(
          moreEarned,
          v128.mul<T>(bond2, v128.load(earning + offset + k, 16)),
        );
      }
      at += rowStep;
    }
    const place = <usize>row * sizeof<T>();
    store<T>(validatorTrust + place, sumLanes<T>(v128.add<T>(trust, moreTrust)));
    const dividend = load<T>(stake + place) * sumLanes<T>(v128.add<T>(earned, moreEarned));
    store<T>(dividends + place, dividend);
    total += dividend;
  }
  const factor: T = total == <T>0 ? <T>0 : <T>1 / total;
  for (let row = 0; row < rows; row++) {
    const place = dividends + <usize>row * sizeof<T>();
    store<T>(place, load<T>(place) * factor);
  }
}

export function sumLanes<T>(lanes: v128): T {
  if (sizeof<T>() == 4) {
    return <T>(
      (f32x4.extract_lane(lanes, 0) +
        f32x4.extract_lane(lanes, 1) +
        (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3)))
    );
  }
  return <T>(f64x2.extract_lane(lanes, 0) + f64x2.extract_lane(lanes, 1));
}

/** Of u32 lanes. */
function sumIntegers(lanes: v128): u64 {
  return (
    <u64>(<u32>i32x4.extract_lane(lanes, 0)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 1)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 2)) +
    <u64>(<u32>i32x4.extract_lane(lanes, 3))
  );
}
