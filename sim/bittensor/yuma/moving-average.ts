/** Exponential moving averages of bonds (spec 5.9). */
import {
  convert,
  fromInteger,
  I32F32,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  satSub,
} from "../../fixed/fixed-point.ts";
import { denseRow, positiveEntries } from "./matrices.ts";
import { ONE } from "./proportions.ts";
import type { FixedRow } from "./types.ts";

/** The weight of the new bonds: 1 - bondsMovingAverage / 10^6, negative where that exceeds 10^6. */
export function alphaFromMovingAverage(bondsMovingAverage: number): bigint {
  const millions = fromInteger(I64F64, BigInt(bondsMovingAverage));
  const kept = safeDiv(I64F64, millions, fromInteger(I64F64, 1_000_000n));
  return satSub(I32F32, ONE, convert(I64F64, I32F32, kept));
}

/** alpha * new + (1 - alpha) * old, over the columns of both; what is not positive is left out. */
export function movingAverage(
  fresh: readonly FixedRow[],
  old: readonly FixedRow[],
  alphaBits: bigint,
  n: number,
): FixedRow[] {
  return fresh.map((row, i) => positiveEntries(movingAverageRow(row, old[i], alphaBits, n)));
}

/** One row of it as n values, whatever their sign. */
export function movingAverageRow(
  fresh: FixedRow,
  old: FixedRow,
  alphaBits: bigint,
  n: number,
): bigint[] {
  const dense = new Array<bigint>(n).fill(0n);
  accumulate(dense, fresh, alphaBits);
  accumulate(dense, old, satSub(I32F32, ONE, alphaBits));
  return dense;
}

function accumulate(dense: bigint[], row: FixedRow, factor: bigint): void {
  row.columns.forEach((column, k) => {
    if (column < dense.length) {
      dense[column] = satAdd(I32F32, dense[column], satMul(I32F32, factor, row.bits[k]));
    }
  });
}

/**
 * The same with an alpha for each cell, capped at 1. Only the columns of the new row remain: an old
 * bond without a new weight is dropped, whereas one with a weight of 0 decays.
 */
export function movingAverageByCell(
  fresh: readonly FixedRow[],
  old: readonly FixedRow[],
  alphaOf: (row: number, column: number) => bigint,
  n: number,
): FixedRow[] {
  return fresh.map((row, i) => {
    const oldBits = denseRow(old[i], n);
    const columns: number[] = [];
    const bits: bigint[] = [];
    row.columns.forEach((column, k) => {
      const alpha = alphaOf(i, column);
      const decayed = satMul(I32F32, satSub(I32F32, ONE, alpha), oldBits[column]);
      const purchase = satMul(I32F32, alpha, row.bits[k]);
      const bond = satAdd(I32F32, decayed, purchase > 0n ? purchase : 0n);
      if (bond <= 0n) return;
      columns.push(column);
      bits.push(bond < ONE ? bond : ONE);
    });
    return { columns, bits };
  });
}
