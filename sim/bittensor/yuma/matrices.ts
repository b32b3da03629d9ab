/**
 * Operations on sparse matrices of I32F32 bits, with the chain's rounding and its order of
 * summation. None changes its arguments. Source: spec/yuma-epoch.md section 5.
 */
import { I32F32, safeDiv, satAdd, satMul } from "../../fixed/fixed-point.ts";
import type { FixedRow } from "./types.ts";

export const EMPTY_ROW: FixedRow = { columns: [], bits: [] };

/** The row with each value replaced by what `change` makes of it. */
export const mapRow = (
  row: FixedRow,
  change: (bits: bigint, column: number) => bigint,
): FixedRow => ({
  columns: row.columns,
  bits: row.bits.map((bits, k) => change(bits, row.columns[k])),
});

/** The entries that pass. */
export function filterRow(
  row: FixedRow,
  keep: (column: number, bits: bigint) => boolean,
): FixedRow {
  const columns: number[] = [];
  const bits: bigint[] = [];
  row.columns.forEach((column, k) => {
    if (!keep(column, row.bits[k])) return;
    columns.push(column);
    bits.push(row.bits[k]);
  });
  return { columns, bits };
}

/** The row as n values; where a column occurs twice the last one counts. */
export function denseRow(row: FixedRow, n: number): bigint[] {
  const dense = new Array<bigint>(n).fill(0n);
  row.columns.forEach((column, k) => {
    if (column < n) dense[column] = row.bits[k];
  });
  return dense;
}

/** The positive values of a dense row, by ascending column. */
export function positiveEntries(dense: readonly bigint[]): FixedRow {
  const columns: number[] = [];
  const bits: bigint[] = [];
  dense.forEach((value, column) => {
    if (value <= 0n) return;
    columns.push(column);
    bits.push(value);
  });
  return { columns, bits };
}

export const rowSums = (matrix: readonly FixedRow[]): bigint[] =>
  matrix.map((row) => row.bits.reduce((total, bits) => satAdd(I32F32, total, bits), 0n));

/** Each row divided by its sum; rows that sum to 0 or less keep their entries. */
export function rowNormalize(matrix: readonly FixedRow[]): FixedRow[] {
  const sums = rowSums(matrix);
  return matrix.map((row, i) =>
    sums[i] > 0n ? mapRow(row, (bits) => safeDiv(I32F32, bits, sums[i])) : row,
  );
}

/** Sums of n columns; entries beyond them do not count. */
export function columnSums(matrix: readonly FixedRow[], n: number): bigint[] {
  const sums = new Array<bigint>(n).fill(0n);
  for (const { columns, bits } of matrix) {
    columns.forEach((column, k) => {
      if (column < n) sums[column] = satAdd(I32F32, sums[column], bits[k]);
    });
  }
  return sums;
}

/** Each column divided by its divisor; columns with divisor 0 and those beyond n stay. */
const divideColumns = (matrix: readonly FixedRow[], divisors: readonly bigint[]): FixedRow[] =>
  matrix.map((row) =>
    mapRow(row, (bits, column) => {
      const divisor = divisors[column] ?? 0n;
      return divisor === 0n ? bits : safeDiv(I32F32, bits, divisor);
    }),
  );

export const columnNormalize = (matrix: readonly FixedRow[], n: number): FixedRow[] =>
  divideColumns(matrix, columnSums(matrix, n));

/** Each column divided by its largest value. */
export function columnMaxUpscale(matrix: readonly FixedRow[], n: number): FixedRow[] {
  const maxima = new Array<bigint>(n).fill(0n);
  for (const { columns, bits } of matrix) {
    columns.forEach((column, k) => {
      if (column < n && bits[k] > maxima[column]) maxima[column] = bits[k];
    });
  }
  return divideColumns(matrix, maxima);
}

/** Row i times factor_i. */
export const scaleRows = (matrix: readonly FixedRow[], factors: readonly bigint[]): FixedRow[] =>
  matrix.map((row, i) => mapRow(row, (bits) => satMul(I32F32, bits, factors[i])));

/** Column j times factor_j; a column beyond the factors becomes 0. */
export const scaleColumns = (matrix: readonly FixedRow[], factors: readonly bigint[]): FixedRow[] =>
  matrix.map((row) => mapRow(row, (bits, column) => satMul(I32F32, bits, factors[column] ?? 0n)));

/** For each of n columns j: sum over i of vector_i * matrix_ij. */
export const weightedColumnSums = (
  matrix: readonly FixedRow[],
  vector: readonly bigint[],
  n: number,
): bigint[] => columnSums(scaleRows(matrix, vector), n);

/** For each row i: sum over j of vector_j * matrix_ij. */
export const weightedRowSums = (matrix: readonly FixedRow[], vector: readonly bigint[]): bigint[] =>
  rowSums(scaleColumns(matrix, vector));
