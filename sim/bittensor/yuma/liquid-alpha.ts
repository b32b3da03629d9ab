/**
 * Liquid alpha: how fast a bond follows a weight depends on how the weight lies to consensus and to
 * the bond (spec 5.10).
 */

import { I32F32, satAdd, satDiv, satMul, satSub } from "../../fixed/fixed-point.ts";
import { expSafe } from "../../fixed/transcendental.ts";
import type { ChainError } from "../errors.ts";
import { ONE, proportionFromU16 } from "./proportions.ts";
import type { EpochParameters, FixedRow } from "./types.ts";

export interface AlphaRange {
  readonly lowBits: bigint;
  readonly highBits: bigint;
  /** i16, in hundredths. */
  readonly steepness: number;
}

export const alphaRange = (
  p: Pick<EpochParameters, "alphaLow" | "alphaHigh" | "alphaSigmoidSteepness">,
): AlphaRange => ({
  lowBits: proportionFromU16(p.alphaLow),
  highBits: proportionFromU16(p.alphaHigh),
  steepness: p.alphaSigmoidSteepness,
});

/** The smallest alpha that an owner may set: a fortieth. */
const MIN_ALPHA_U16 = 1_638;

/** Why the range of liquid alpha may not be set to these u16 values, null where it may. */
export function alphaValuesRefusal(
  liquidAlpha: boolean,
  alphaLow: number,
  alphaHigh: number,
): ChainError | null {
  if (!liquidAlpha) return "LiquidAlphaDisabled";
  if (alphaHigh < MIN_ALPHA_U16) return "AlphaHighTooLow";
  if (alphaLow < MIN_ALPHA_U16 || alphaLow > alphaHigh) return "AlphaLowOutOfRange";
  return null;
}

/** At most `high`, then at least `low`: `low` wins where it is the larger. */
export function clamp(bits: bigint, low: bigint, high: bigint): bigint {
  const capped = bits < high ? bits : high;
  return capped > low ? capped : low;
}

/**
 * Between low and high along a sigmoid of the distance: how far the weight is above consensus where
 * the bond has to grow, how far below the bond where it has to shrink.
 */
export function alphaSigmoid(
  consensusBits: bigint,
  weightBits: bigint,
  bondBits: bigint,
  { lowBits, highBits, steepness }: AlphaRange,
): bigint {
  const buy = clamp(satSub(I32F32, weightBits, consensusBits), 0n, ONE);
  const sell = clamp(satSub(I32F32, bondBits, weightBits), 0n, ONE);
  const distance = weightBits >= bondBits ? buy : sell;
  const slope = satDiv(I32F32, BigInt(steepness) << 32n, -100n * ONE);
  const power = expSafe(satMul(I32F32, slope, satSub(I32F32, distance, ONE / 2n)));
  const sigmoid = satDiv(I32F32, ONE, satAdd(I32F32, ONE, power));
  const range = satSub(I32F32, highBits, lowBits);
  return clamp(satAdd(I32F32, lowBits, satMul(I32F32, sigmoid, range)), lowBits, highBits);
}

/**
 * A row as n values, as the chain's cursor reads it: it walks the row once while the column counts
 * up, so in a row that is not sorted by uid whatever follows a larger uid reads as 0.
 */
export function cursorRow(row: FixedRow, n: number): bigint[] {
  const dense = new Array<bigint>(n).fill(0n);
  let cursor = 0;
  for (let column = 0; column < n; column++) {
    while (cursor < row.columns.length && row.columns[cursor] < column) cursor++;
    if (row.columns[cursor] === column) dense[column] = row.bits[cursor];
  }
  return dense;
}

/** The alpha of a cell, from rows read with the cursor. */
export function alphaOfCells(
  weights: readonly FixedRow[],
  bonds: readonly FixedRow[],
  consensus: readonly bigint[],
  range: AlphaRange,
): (row: number, column: number) => bigint {
  const n = consensus.length;
  const read = (matrix: readonly FixedRow[]) => {
    const rows: bigint[][] = [];
    return (i: number): bigint[] => {
      rows[i] ??= cursorRow(matrix[i], n);
      return rows[i];
    };
  };
  const weightRow = read(weights);
  const bondRow = read(bonds);
  return (i, j) => alphaSigmoid(consensus[j], weightRow(i)[j], bondRow(i)[j], range);
}
