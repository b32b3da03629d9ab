/**
 * Checks of golden/primitives: the vector and matrix steps of the epoch. The chain has each matrix
 * step in a sparse and a dense form; ours is sparse, and a dense matrix is one with no entry missing.
 */

import {
  isMaxWeightLimited,
  maxUpscale,
  maxUpscaleU16,
} from "../../sim/bittensor/weights/max-upscale.ts";
import { interpolate, interpolateRow, maskBonds } from "../../sim/bittensor/yuma/bonds.ts";
import { clipColumns } from "../../sim/bittensor/yuma/clipping.ts";
import { consensusOf, weightedMedian } from "../../sim/bittensor/yuma/consensus.ts";
import { alphaRange, alphaSigmoid, clamp } from "../../sim/bittensor/yuma/liquid-alpha.ts";
import {
  columnMaxUpscale,
  columnNormalize,
  denseRow,
  filterRow,
  rowNormalize,
  rowSums,
  scaleColumns,
  scaleRows,
  weightedColumnSums,
  weightedRowSums,
} from "../../sim/bittensor/yuma/matrices.ts";
import {
  movingAverage,
  movingAverageByCell,
  movingAverageRow,
} from "../../sim/bittensor/yuma/moving-average.ts";
import { isTopK, isTopKNonzero } from "../../sim/bittensor/yuma/permits.ts";
import { normalizeStake, stakeShares } from "../../sim/bittensor/yuma/stake.ts";
import type { FixedRow } from "../../sim/bittensor/yuma/types.ts";
import {
  dividePairs,
  multiplyPairs,
  normalize,
  normalizeBy,
  sum,
} from "../../sim/bittensor/yuma/vectors.ts";
import {
  maskOutdated,
  maskRowsWithoutPermit,
  maskSelfWeights,
} from "../../sim/bittensor/yuma/weight-masks.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";
import { bigints, fixedRows, flatRows, fullRows } from "./matrices.ts";

/** Runs a step on the sparse matrix and on the dense one. */
const matrixStep =
  (step: (matrix: FixedRow[], record: MatrixRecord) => FixedRow[]): RecordCheck =>
  (record: MatrixRecord) => {
    const columns = record.dense[0]?.length ?? 0;
    const dense = step(fullRows(record.dense), record).map((row) => denseRow(row, columns));
    return firstDifference(
      ["dense_out", record.dense_out, dense],
      ["sparse_out", record.sparse_out, flatRows(step(fixedRows(record.sparse), record))],
    );
  };

/** The same for a step that gives a vector. */
const vectorStep =
  (step: (matrix: FixedRow[], record: MatrixRecord) => bigint[]): RecordCheck =>
  (record: MatrixRecord) =>
    firstDifference(
      ["dense_out", record.dense_out, step(fullRows(record.dense), record)],
      ["sparse_out", record.sparse_out, step(fixedRows(record.sparse), record)],
    );

interface MatrixRecord {
  readonly dense: string[][];
  readonly sparse: (number | string)[][];
  /** Absent where the step takes no vector: then the dense matrix tells. */
  readonly columns?: number;
  readonly v: string[];
  readonly stake: string[];
  readonly majority: string;
  readonly dense_out: unknown;
  readonly sparse_out: unknown;
}

/** One more than the largest column that occurs, for records that do not say how many there are. */
const widthOf = ({ columns, dense }: MatrixRecord): number => columns ?? dense[0]?.length ?? 0;

const checkMasks: RecordCheck = (record) => {
  const rows = fixedRows(record.sparse);
  const permits = record.mask.map((masked: boolean) => !masked);
  return firstDifference(
    ["scalar_vec_mask", record.scalar_vec_mask, flatRows(maskBonds(rows, record.scalar, record.v))],
    ["vec_mask", record.vec_mask, flatRows(maskOutdated(rows, record.a, record.v))],
    ["mask_rows", record.mask_rows, flatRows(maskRowsWithoutPermit(rows, permits))],
    ["mask_diag", record.mask_diag, flatRows(maskSelfWeights(rows, null))],
    ["mask_diag_except", record.mask_diag_except, flatRows(maskSelfWeights(rows, record.except))],
  );
};

const checkInterpolate: RecordCheck = (record) => {
  const ratio = BigInt(record.ratio);
  const a = fullRows(record.a);
  const b = fullRows(record.b);
  const dense = a.map((row, i) => interpolateRow(row, b[i], ratio, record.columns));
  const sparse = [fixedRows(record.sparse_a), fixedRows(record.sparse_b)] as const;
  return firstDifference(
    ["dense_out", record.dense_out, dense],
    ["sparse_out", record.sparse_out, flatRows(interpolate(...sparse, ratio, record.columns))],
  );
};

const checkMovingAverage: RecordCheck = (record) => {
  const n = record.new.length;
  const alpha = BigInt(record.alpha);
  const old = fullRows(record.old);
  const dense = fullRows(record.new).map((row, i) => movingAverageRow(row, old[i], alpha, n));
  const sparse = [fixedRows(record.sparse_new), fixedRows(record.sparse_old)] as const;
  return firstDifference(
    ["dense_out", record.dense_out, dense],
    ["sparse_out", record.sparse_out, flatRows(movingAverage(...sparse, alpha, n))],
  );
};

const checkMovingAverageByCell: RecordCheck = (record) => {
  const n = record.new.length;
  const average = (fresh: FixedRow[], old: FixedRow[]) =>
    movingAverageByCell(fresh, old, (i, j) => BigInt(record.alpha[i][j]), n);
  const dense = average(fullRows(record.new), fullRows(record.old)).map((row) => denseRow(row, n));
  const sparse = average(fixedRows(record.sparse_new), fixedRows(record.sparse_old));
  return firstDifference(
    ["dense_out", record.dense_out, dense],
    ["sparse_out", record.sparse_out, flatRows(sparse)],
  );
};

const checkMedian: RecordCheck = (record) => {
  const stake = bigints(record.stake);
  const total = sum(stake);
  const minority = total - BigInt(record.majority);
  const everyone = stake.map((_, k) => k);
  const whole = { low: 0n, high: total };
  return firstDifference(
    ["stake_sum", record.stake_sum, total],
    ["minority", record.minority, minority],
    ["out", record.out, weightedMedian(stake, bigints(record.score), everyone, minority, whole)],
  );
};

const checkMedianPartition: RecordCheck = (record) => {
  const part = { low: BigInt(record.partition_lo), high: BigInt(record.partition_hi) };
  const median = weightedMedian(
    bigints(record.stake),
    bigints(record.score),
    record.partition_idx,
    BigInt(record.minority),
    part,
  );
  return differs("out", record.out, median);
};

const checkAlphaSigmoid: RecordCheck = (record) => {
  const range = alphaRange({
    alphaLow: record.alpha_low_u16,
    alphaHigh: record.alpha_high_u16,
    alphaSigmoidSteepness: record.steepness,
  });
  const [consensus, weight, bond] = bigints([record.consensus, record.weight, record.bond]);
  return differs("out", record.out, alphaSigmoid(consensus, weight, bond, range));
};

const checkNormalize: RecordCheck = (record) => {
  const v = bigints(record.v);
  return firstDifference(
    ["sum", record.sum, sum(v)],
    ["is_zero", record.is_zero, sum(v) === 0n],
    ["inplace_normalize", record.inplace_normalize, normalize(v)],
    [
      "inplace_normalize_using_sum",
      record.inplace_normalize_using_sum,
      normalizeBy(v, BigInt(record.s)),
    ],
  );
};

export const primitivesEpochChecks: Readonly<Record<string, RecordCheck>> = {
  vec_max_upscale_to_u16: ({ v, out }) => differs("out", out, maxUpscale(bigints(v))),
  vec_u16_max_upscale_to_u16: ({ v, out, limit, check_vec_max_limited }) =>
    firstDifference(
      ["out", out, maxUpscaleU16(v)],
      ["check_vec_max_limited", check_vec_max_limited, isMaxWeightLimited(v, limit)],
    ),
  is_topk: ({ v, k, is_topk, is_topk_nonzero }) =>
    firstDifference(
      ["is_topk", is_topk, isTopK(bigints(v), k)],
      ["is_topk_nonzero", is_topk_nonzero, isTopKNonzero(bigints(v), k)],
    ),
  normalize: checkNormalize,
  normalize_64: ({ v, out, i32f32 }) =>
    firstDifference(
      ["out", out, normalizeStake(bigints(v))],
      ["i32f32", i32f32, stakeShares(bigints(v))],
    ),
  row_normalize: matrixStep(rowNormalize),
  col_normalize: matrixStep((matrix, record) => columnNormalize(matrix, widthOf(record))),
  col_max_upscale: matrixStep((matrix, record) => columnMaxUpscale(matrix, widthOf(record))),
  row_sum: vectorStep(rowSums),
  row_hadamard: matrixStep((matrix, { v }) => scaleRows(matrix, bigints(v))),
  matmul: vectorStep((matrix, record) =>
    weightedColumnSums(matrix, bigints(record.v), widthOf(record)),
  ),
  matmul_transpose: vectorStep((matrix, { v }) => weightedRowSums(matrix, bigints(v))),
  col_clip: matrixStep((matrix, { v }) => clipColumns(matrix, bigints(v))),
  mat_vec_mul: matrixStep((matrix, { v }) =>
    scaleColumns(matrix, bigints(v)).map((row) => filterRow(row, (_, bits) => bits > 0n)),
  ),
  vec_mul: ({ a, b, vec_mul, vecdiv }) =>
    firstDifference(
      ["vec_mul", vec_mul, multiplyPairs(bigints(a), bigints(b))],
      ["vecdiv", vecdiv, dividePairs(bigints(a), bigints(b))],
    ),
  mask: checkMasks,
  weighted_median: checkMedian,
  weighted_median_partition: checkMedianPartition,
  weighted_median_col: vectorStep((matrix, record) =>
    consensusOf(bigints(record.stake), matrix, widthOf(record), BigInt(record.majority)),
  ),
  interpolate: checkInterpolate,
  mat_ema: checkMovingAverage,
  mat_ema_alpha: checkMovingAverageByCell,
  alpha_sigmoid: checkAlphaSigmoid,
  clamp_value: ({ v, low, high, out }) =>
    differs("out", out, clamp(BigInt(v), BigInt(low), BigInt(high))),
};
