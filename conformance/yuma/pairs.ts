/** Matrices in the Yuma fixtures: a row is a list of [column, value]. */
import type { FixedRow, SparseRow } from "../../sim/bittensor/yuma/types.ts";

export const pairRows = (rows: readonly (SparseRow | FixedRow)[]): unknown[] =>
  rows.map((row) =>
    Array.from(row.columns, (column, k) => [
      column,
      "bits" in row ? String(row.bits[k]) : row.values[k],
    ]),
  );

type Pairs<T> = readonly (readonly [column: number, value: T])[];

export const rowsFromPairs = (rows: readonly Pairs<string>[]): FixedRow[] =>
  rows.map((row) => ({
    columns: row.map(([column]) => column),
    bits: row.map(([, bits]) => BigInt(bits)),
  }));

export const rowFromPairs = (row: Pairs<number>): SparseRow => ({
  columns: row.map(([column]) => column),
  values: row.map(([, value]) => value),
});
