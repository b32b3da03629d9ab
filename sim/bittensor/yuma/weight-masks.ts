/** From stored weights to those that count in this epoch (spec 5.5). */
import { filterRow, rowNormalize } from "./matrices.ts";
import { bitsFromU16 } from "./proportions.ts";
import type { EpochInput, FixedRow, SparseRow } from "./types.ts";

/** Stored order; targets of n and above are ignored. */
export function loadWeights(rows: readonly SparseRow[], n: number): FixedRow[] {
  return rows.map(({ columns, values }) => ({
    columns: Array.from(columns).filter((column) => column < n),
    bits: Array.from(values, bitsFromU16).filter((_, k) => columns[k] < n),
  }));
}

/** Empties the rows of those without a permit; a row beyond the permits is empty too. */
export const maskRowsWithoutPermit = (
  matrix: readonly FixedRow[],
  permit: readonly boolean[],
): FixedRow[] => matrix.map((row, i) => filterRow(row, () => permit[i] === true));

/** Without the entries (i, j) that `isMasked`. */
export const maskPairs = (
  matrix: readonly FixedRow[],
  isMasked: (row: number, column: number) => boolean,
): FixedRow[] => matrix.map((row, i) => filterRow(row, (j) => !isMasked(i, j)));

/** Removes self-weights, except the owner's. */
export const maskSelfWeights = (matrix: readonly FixedRow[], ownerUid: number | null): FixedRow[] =>
  maskPairs(matrix, (i, j) => i === j && i !== ownerUid);

/** Removes weights that were set before (or when) their target was registered. */
export const maskOutdated = (
  matrix: readonly FixedRow[],
  lastUpdate: ArrayLike<number>,
  blockAtRegistration: ArrayLike<number>,
): FixedRow[] => maskPairs(matrix, (i, j) => lastUpdate[i] <= blockAtRegistration[j]);

/** Removes weights towards miners that were registered after the row's earliest live commit. */
export const maskCommitted = (
  matrix: readonly FixedRow[],
  commitBlocks: ArrayLike<number | null>,
  blockAtRegistration: ArrayLike<number>,
): FixedRow[] =>
  maskPairs(matrix, (i, j) => (commitBlocks[i] ?? Infinity) < blockAtRegistration[j]);

/** All masks in the chain's order, then each row divided by its sum. `permit` includes the owner. */
export function epochWeights(
  input: EpochInput,
  permit: readonly boolean[],
  commitReveal: boolean,
): FixedRow[] {
  let weights = loadWeights(input.weights, input.n);
  weights = maskRowsWithoutPermit(weights, permit);
  weights = maskSelfWeights(weights, input.ownerUid);
  weights = maskOutdated(weights, input.lastUpdate, input.blockAtRegistration);
  if (commitReveal && input.commitBlocks) {
    weights = maskCommitted(weights, input.commitBlocks, input.blockAtRegistration);
  }
  return rowNormalize(weights);
}
