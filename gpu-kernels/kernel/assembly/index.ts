/** The doors of the kernel; see ../../wasm/ for how they are called. */
import { scoreAnswers } from "./answers";
import {
  consensus,
  dividends,
  incentive,
  inputStake,
  inputWeights,
  layOutConsensus,
  STAKE_PARTS,
  stake,
  stakeParts,
  validatorTrust,
} from "./layout";
import { findConsensus } from "./median";
import { COLUMNS, runPaths } from "./paths";
import { normalizeRow, payShares } from "./shares";

let pathColumns: usize = 0;
let pathDays: usize = 0;

/** Lays memory out for problems of up to this size; false where there is not enough. */
export function layOut(rows: i32, paddedColumns: i32): bool {
  return reserve(layOutConsensus(__heap_base, rows, paddedColumns));
}

/** The same memory for paths, a multiple of four. */
export function layOutPaths(paths: i32, days: i32): bool {
  pathColumns = (__heap_base + 63) & ~(<usize>63);
  pathDays = pathColumns + <usize>COLUMNS * <usize>paths * 8;
  return reserve(pathDays + <usize>days * <usize>paths * 3 * 8);
}

function reserve(end: usize): bool {
  const pages = <i32>((end + 0xffff) >> 16);
  const missing = pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

export function inputWeightsAt(): usize {
  return inputWeights;
}
export function inputStakeAt(): usize {
  return inputStake;
}
export function pathColumnsAt(): usize {
  return pathColumns;
}
export function pathDaysAt(): usize {
  return pathDays;
}
export function consensusAt(): usize {
  return consensus;
}
export function incentiveAt(): usize {
  return incentive;
}
export function dividendsAt(): usize {
  return dividends;
}
export function validatorTrustAt(): usize {
  return validatorTrust;
}

/** One problem of float32 with this many blocks of 16 columns; gives the margin in parts. */
export function consensusF32(
  rows: i32,
  blocks: i32,
  kappaParts: i32,
  penalty: f64,
  byShare: bool,
): i32 {
  return solve<f32, i32>(rows, blocks, kappaParts, <f32>penalty, byShare);
}

/** The same in float64, with blocks of 8 columns. */
export function consensusF64(
  rows: i32,
  blocks: i32,
  kappaParts: i32,
  penalty: f64,
  byShare: bool,
): i32 {
  return solve<f64, i64>(rows, blocks, kappaParts, penalty, byShare);
}

function solve<T, I>(rows: i32, blocks: i32, kappaParts: i32, penalty: T, byShare: bool): i32 {
  const columns = blocks * <i32>(64 / sizeof<T>());
  for (let row = 0; row < rows; row++) {
    const share = load<f64>(inputStake + ((<usize>row) << 3));
    store<T>(stake + <usize>row * sizeof<T>(), <T>share);
    store<I>(stakeParts + <usize>row * sizeof<I>(), <I>nearest(share * <f64>STAKE_PARTS));
    const from = inputWeights + <usize>row * <usize>columns * 2;
    // Nobody weighs himself.
    if (row < columns) store<u16>(from + ((<usize>row) << 1), 0);
    normalizeRow<T>(from, row, rows, blocks);
  }
  const margin = findConsensus<T, I>(rows, blocks, kappaParts);
  payShares<T>(rows, blocks, penalty, byShare);
  return margin;
}

/** Scores by column go to incentiveAt(); columns are a multiple of four. */
export function answersF32(rows: i32, columns: i32, sharpness: i32): void {
  scoreAnswers<f32>(rows, columns, sharpness);
}

export function answersF64(rows: i32, columns: i32, sharpness: i32): void {
  scoreAnswers<f64>(rows, columns, sharpness);
}

export function pathsF32(paths: i32, days: i32): void {
  runPaths<f32>(pathColumns, pathDays, paths, days);
}

export function pathsF64(paths: i32, days: i32): void {
  runPaths<f64>(pathColumns, pathDays, paths, days);
}
