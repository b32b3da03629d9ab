/** How large a state a kernel holds, and what is thrown beyond that. */
import type { EpochInput, SparseRow } from "../types.ts";

export interface KernelLimits {
  /** Uids, 1 ... 65,535. */
  readonly maxNeurons: number;
  /** Entries of weights, and of bonds. Bonds hold the columns of weights and of older bonds. */
  readonly maxEntries: number;
}

/** More neurons or entries than the kernel was made for. */
export class KernelLimitError extends RangeError {
  override readonly name = "KernelLimitError";
  readonly field: string;

  constructor(field: string, limit: string, max: number, found?: number) {
    super(
      `${field}: the kernel's ${limit} is ${max}${found === undefined ? "" : `, got ${found}`}`,
    );
    this.field = field;
  }
}

/** Throws KernelLimitError where a state does not fit. */
export function checkSize(
  { maxNeurons, maxEntries }: KernelLimits,
  { n, weights, bonds }: EpochInput,
): void {
  if (n > maxNeurons) throw new KernelLimitError("n", "maxNeurons", maxNeurons, n);
  for (const [field, rows] of Object.entries({ weights, bonds })) {
    const entries = entryCount(rows);
    if (entries > maxEntries) throw new KernelLimitError(field, "maxEntries", maxEntries, entries);
  }
}

const entryCount = (rows: readonly SparseRow[]): number =>
  rows.reduce((total, { columns }) => total + columns.length, 0);
