/** Weights above consensus are cut to it (spec 5.7). */
import type { FixedRow } from "./types.ts";

/** Entries above their column's limit get the limit; where the limit is 0 they are removed. */
export function clipColumns(matrix: readonly FixedRow[], limits: readonly bigint[]): FixedRow[] {
  return matrix.map((row) => {
    const columns: number[] = [];
    const bits: bigint[] = [];
    row.columns.forEach((column, k) => {
      const limit = limits[column];
      const clipped = limit < row.bits[k] ? limit : row.bits[k];
      if (limit < row.bits[k] && limit <= 0n) return;
      columns.push(column);
      bits.push(clipped);
    });
    return { columns, bits };
  });
}
