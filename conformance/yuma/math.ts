/**
 * The chain's tests of its vector and matrix functions. Each matrix function has a dense and a
 * sparse form; ours is sparse, and a dense matrix is one with no entry missing. What the chain
 * states in words only is not listed.
 */
import {
  isMaxWeightLimited,
  maxUpscale,
  maxUpscaleU16,
} from "../../sim/bittensor/weights/max-upscale.ts";
import { interpolate, interpolateRow } from "../../sim/bittensor/yuma/bonds.ts";
import { clipColumns } from "../../sim/bittensor/yuma/clipping.ts";
import { consensusOf, weightedMedian } from "../../sim/bittensor/yuma/consensus.ts";
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
import { movingAverageByCell } from "../../sim/bittensor/yuma/moving-average.ts";
import { isTopK, isTopKNonzero } from "../../sim/bittensor/yuma/permits.ts";
import { proportionFromU16, u16FromProportion } from "../../sim/bittensor/yuma/proportions.ts";
import { normalizeStake } from "../../sim/bittensor/yuma/stake.ts";
import type { FixedRow } from "../../sim/bittensor/yuma/types.ts";
import {
  dividePairs,
  maskVector,
  multiplyPairs,
  normalize,
  sum,
} from "../../sim/bittensor/yuma/vectors.ts";
import {
  maskPairs,
  maskRowsWithoutPermit,
  maskSelfWeights,
} from "../../sim/bittensor/yuma/weight-masks.ts";
import { convert, I32F32, I64F64, toUnsigned, U16_MAX } from "../../sim/fixed/fixed-point.ts";
import { expSafe, sigmoidSafe } from "../../sim/fixed/transcendental.ts";
import { differs, type RecordCheck, type VectorGroup } from "../format.ts";
import { bigints, fullRows } from "../golden/matrices.ts";
import { pairRows, rowsFromPairs } from "./pairs.ts";
import type { Json } from "./subnet.ts";

/** A matrix of either form, and the way back to the form that it had. */
interface Matrix {
  readonly rows: FixedRow[];
  readonly columns: number;
  readonly isSparse: boolean;
}

function matrixOf(given: Json, columns: number | undefined, isSparse: boolean): Matrix {
  return isSparse
    ? { rows: rowsFromPairs(given), columns: columns ?? 0, isSparse }
    : { rows: fullRows(given), columns: given[0]?.length ?? 0, isSparse };
}

const inForm = ({ columns, isSparse }: Matrix, rows: readonly FixedRow[]): unknown =>
  isSparse ? pairRows(rows) : rows.map((row) => denseRow(row, columns));

type MatrixFunction = (matrix: Matrix, inputs: Json) => readonly FixedRow[] | readonly bigint[];

const permitsOf = (mask: readonly boolean[]): boolean[] => mask.map((masked) => !masked);
const isMasked: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "a==b": (a, b) => a === b,
  "a<b": (a, b) => a < b,
};

/** Named without `inplace_` and `_sparse`. */
const matrixFunctions: Readonly<Record<string, MatrixFunction>> = {
  row_normalize: ({ rows }) => rowNormalize(rows),
  col_normalize: ({ rows, columns }) => columnNormalize(rows, columns),
  col_max_upscale: ({ rows, columns }) => columnMaxUpscale(rows, columns),
  mask_rows: ({ rows }, { mask }) => maskRowsWithoutPermit(rows, permitsOf(mask)),
  mask_diag: ({ rows }) => maskSelfWeights(rows, null),
  mask_diag_except_index: ({ rows }, { except_index }) => maskSelfWeights(rows, except_index),
  mask_matrix: ({ rows }, { mask }) => maskPairs(rows, (i, j) => mask[i][j]),
  vec_mask_matrix: ({ rows }, { first_vector, second_vector, mask_fn }) => {
    const [first, second] = [first_vector, second_vector].map((v) => v.split(",").map(Number));
    return maskPairs(rows, (i, j) => isMasked[mask_fn](first[i], second[j]));
  },
  mat_vec_mul: ({ rows }, { vector }) =>
    scaleColumns(rows, bigints(vector)).map((row) => filterRow(row, (_, bits) => bits > 0n)),
  row_hadamard: ({ rows }, { vector }) => scaleRows(rows, bigints(vector)),
  row_sum: ({ rows }) => rowSums(rows),
  matmul: ({ rows, columns }, { vector }) => weightedColumnSums(rows, bigints(vector), columns),
  matmul_transpose: ({ rows }, { vector }) => weightedRowSums(rows, bigints(vector)),
  col_clip: ({ rows }, { col_threshold }) => clipColumns(rows, bigints(col_threshold)),
  weighted_median_col: ({ rows, columns }, { stake, majority }) =>
    consensusOf(bigints(stake), rows, columns, BigInt(majority)),
};

const isRows = (result: readonly (FixedRow | bigint)[]): result is FixedRow[] =>
  typeof result[0] === "object";

function matrixCall(name: string, { inputs, input_types }: Json): unknown {
  const field = ["x", "matrix", "score"].find((candidate) => candidate in inputs) ?? "x";
  const matrix = matrixOf(inputs[field], inputs.columns, input_types[field] === "s");
  const result = matrixFunctions[name](matrix, inputs);
  if (!isRows(result)) return result;
  // The chain pairs columns with the vector's elements as far as both go.
  const columns = Math.min(
    matrix.columns,
    name === "mat_vec_mul" ? inputs.vector.length : Infinity,
  );
  return inForm({ ...matrix, columns }, result);
}

const isSparse = ({ input_types }: Json, field: string): boolean => input_types[field] === "s";

function interpolated({ inputs, ...record }: Json): unknown {
  const [a, b] = [inputs.mat1, inputs.mat2].map((given) =>
    matrixOf(given, inputs.columns, isSparse(record, "mat1")),
  );
  const ratio = BigInt(inputs.ratio);
  return a.isSparse
    ? pairRows(interpolate(a.rows, b.rows, ratio, a.columns))
    : a.rows.map((row, i) => interpolateRow(row, b.rows[i], ratio, a.columns));
}

function averagedByCell({ inputs }: Json): unknown {
  const [fresh, old] = [inputs.new, inputs.old].map(rowsFromPairs);
  const n = inputs.alpha[0]?.length ?? 0;
  return pairRows(movingAverageByCell(fresh, old, (i, j) => BigInt(inputs.alpha[i][j]), n));
}

function median({ inputs }: Json): bigint {
  const stake = bigints(inputs.stake);
  const everyone = stake.map((_, k) => k);
  const whole = { low: 0n, high: sum(stake) };
  return weightedMedian(stake, bigints(inputs.score), everyone, BigInt(inputs.minority), whole);
}

const plainFunctions: Readonly<Record<string, (record: Json) => unknown>> = {
  vec_max_upscale_to_u16: ({ inputs }) => maxUpscale(bigints(inputs.vec)),
  vec_u16_max_upscale_to_u16: ({ inputs }) => maxUpscaleU16(inputs.vec_u16),
  check_vec_max_limited: ({ inputs }) => isMaxWeightLimited(inputs.vec_u16, inputs.max_limit),
  exp_safe: ({ inputs }) => expSafe(BigInt(inputs.input)),
  sigmoid_safe: ({ inputs }) =>
    sigmoidSafe(BigInt(inputs.input), BigInt(inputs.rho), BigInt(inputs.kappa)),
  is_topk: ({ inputs }) => isTopK(bigints(inputs.vector), inputs.k),
  is_topk_nonzero: ({ inputs }) => isTopKNonzero(bigints(inputs.vector), inputs.k),
  sum: ({ inputs }) => sum(bigints(inputs.x)),
  normalize: ({ inputs }) => normalize(bigints(inputs.x)),
  normalize_64: ({ inputs }) => normalizeStake(bigints(inputs.x_I64F64)),
  vecdiv: ({ inputs }) => dividePairs(bigints(inputs.x), bigints(inputs.y)),
  vec_mul: ({ inputs }) => multiplyPairs(bigints(inputs.a), bigints(inputs.b)),
  mask_vector: ({ inputs }) => maskVector(bigints(inputs.vector), inputs.mask),
  weighted_median: median,
  interpolate: interpolated,
  mat_ema_alpha: averagedByCell,
  I32F32_to_u16: ({ inputs }) => Number(toUnsigned(I32F32, BigInt(inputs.x), U16_MAX)),
  I32F32_to_u64: ({ inputs }) => Number(toUnsigned(I32F32, BigInt(inputs.x))),
  I64F64_to_u64: ({ inputs }) => toUnsigned(I64F64, BigInt(inputs.x_I64F64)),
  I32F32_from_I64F64: ({ inputs }) => convert(I64F64, I32F32, BigInt(inputs.x_I64F64)),
  fixed_proportion_to_u16: ({ inputs }) => u16FromProportion(BigInt(inputs.x)),
  u16_proportion_to_fixed: ({ inputs }) => proportionFromU16(inputs.x_u16),
};

const checkFunction: RecordCheck = (record) => {
  const name = record.function.replace(/^inplace_/, "").replace(/_sparse/, "");
  if (name in plainFunctions) {
    return differs(record.id, record.derived, plainFunctions[name](record));
  }
  if (!(name in matrixFunctions)) return `${record.id}: no function ${record.function}`;
  return differs(record.id, record.derived, matrixCall(name, record));
};

/** The dense `mat_ema_alpha` belongs to the chain's test path: it decays what the live one drops. */
const isLive = (record: Json): boolean => record.function && record.function !== "mat_ema_alpha";

export const mathGroups = ({ records }: Json): VectorGroup[] => [
  { name: "math", records: records.filter(isLive), check: checkFunction },
];
