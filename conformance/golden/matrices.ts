/** The vectors' forms of numbers and matrices (vectors/golden/README.md), to ours and back. */
import type { FixedRow, SparseRow } from "../../sim/bittensor/yuma/types.ts";

/** Exact integers come as strings of digits. */
export const bigints = (digits: readonly string[]): bigint[] => digits.map(BigInt);

/** Rows come flattened: [uid, value, uid, value, ...]. */
const every2nd = <T>(flat: readonly T[], from: 0 | 1): T[] =>
  flat.filter((_, index) => index % 2 === from);

export const sparseRows = (rows: readonly (readonly number[])[]): SparseRow[] =>
  rows.map((row) => ({
    columns: Uint16Array.from(every2nd(row, 0)),
    values: Uint16Array.from(every2nd(row, 1)),
  }));

export const fixedRows = (rows: readonly (readonly (number | string)[])[]): FixedRow[] =>
  rows.map((row) => ({
    columns: every2nd(row, 0).map(Number),
    bits: every2nd(row, 1).map(BigInt),
  }));

/** A dense matrix as rows with every column present. */
export const fullRows = (rows: readonly (readonly string[])[]): FixedRow[] =>
  rows.map((row) => ({ columns: row.map((_, column) => column), bits: bigints(row) }));

export const flatRows = (rows: readonly (SparseRow | FixedRow)[]): (number | string)[][] =>
  rows.map((row) =>
    Array.from(row.columns).flatMap((column, k) => [
      column,
      "bits" in row ? String(row.bits[k]) : row.values[k],
    ]),
  );
