/** What both kinds of bonds share: the weights they follow, the mask, the storage (spec 5.9, 5.13). */
import { I32F32, satAdd, satMul, satSub } from "../../fixed/fixed-point.ts";
import { denseRow, EMPTY_ROW, filterRow, positiveEntries } from "./matrices.ts";
import { ONE, u16FromProportion } from "./proportions.ts";
import type { EpochInput, FixedRow, SparseRow } from "./types.ts";

/**
 * a + ratio * (b - a). Ratios 0 and 1 give a and b themselves, in stored order and with their
 * zeros; others give the positive values by ascending column.
 */
export function interpolate(
  a: readonly FixedRow[],
  b: readonly FixedRow[],
  ratioBits: bigint,
  n: number,
): readonly FixedRow[] {
  if (ratioBits === 0n) return a;
  if (ratioBits === ONE) return b;
  return a.map((row, i) => positiveEntries(interpolateRow(row, b[i], ratioBits, n)));
}

/** One row of it as n values, whatever their sign. */
export function interpolateRow(a: FixedRow, b: FixedRow, ratioBits: bigint, n: number): bigint[] {
  const to = denseRow(b, n);
  return denseRow(a, n).map((from, column) =>
    satAdd(I32F32, from, satMul(I32F32, ratioBits, satSub(I32F32, to[column], from))),
  );
}

/** Stored bonds as I32F32 by `load`, without those of the uid's previous holder. */
export function maskedBonds(input: EpochInput, load: (value: number) => bigint): FixedRow[] {
  const loaded = input.bonds.map(({ columns, values }) => ({
    columns: Array.from(columns),
    bits: Array.from(values, load),
  }));
  return maskBonds(loaded, bondMaskBlock(input), input.blockAtRegistration);
}

/** Removes bonds to uids that were registered at `sinceBlock` or later. */
export const maskBonds = (
  matrix: readonly FixedRow[],
  sinceBlock: number,
  blockAtRegistration: ArrayLike<number>,
): FixedRow[] =>
  matrix.map((row) => filterRow(row, (j) => sinceBlock > (blockAtRegistration[j] ?? 0)));

/** The block after the last epoch; without one, a tempo ago. */
export const bondMaskBlock = ({
  lastMechanismStepBlock,
  block,
  tempoBlocks,
}: Pick<EpochInput, "lastMechanismStepBlock" | "block" | "tempoBlocks">): number =>
  lastMechanismStepBlock !== 0 ? lastMechanismStepBlock + 1 : Math.max(block - tempoBlocks, 0);

/** As u16, in row order; those without a new permit get an empty row. */
export const bondsToStorage = (
  bonds: readonly FixedRow[],
  newPermit: readonly boolean[],
): SparseRow[] =>
  bonds.map((row, i) => {
    const { columns, bits } = newPermit[i] ? row : EMPTY_ROW;
    return {
      columns: Uint16Array.from(columns),
      values: Uint16Array.from(bits, u16FromProportion),
    };
  });
