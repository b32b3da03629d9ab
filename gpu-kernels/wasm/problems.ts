/** How a matrix of u16 gets into the kernel's memory: columns padded, stakes normalised. */
import type { SimdKernel } from "./backend.ts";

export interface PaddedMatrices {
  readonly paddedColumns: number;
  /** Copies a problem's rows and stakes in. */
  load(problem: number): void;
}

/** Throws RangeError where memory does not suffice. */
export function paddedMatrices(
  { exports, memory }: SimdKernel,
  rows: number,
  columns: number,
  matrices: Uint16Array,
  stakes: Float64Array,
): PaddedMatrices {
  const paddedColumns = Math.ceil(columns / 16) * 16;
  if (!exports.layOut(rows, paddedColumns)) {
    throw new RangeError(`no memory for ${rows} x ${columns} weights`);
  }
  const matrix = new Uint16Array(memory.buffer, exports.inputWeightsAt(), rows * paddedColumns);
  const stake = new Float64Array(memory.buffer, exports.inputStakeAt(), rows);
  matrix.fill(0);
  return {
    paddedColumns,
    load(problem) {
      const from = problem * rows * columns;
      if (columns === paddedColumns) matrix.set(matrices.subarray(from, from + rows * columns));
      else {
        for (let row = 0; row < rows; row++) {
          const start = from + row * columns;
          matrix.set(matrices.subarray(start, start + columns), row * paddedColumns);
        }
      }
      let total = 0;
      for (let row = 0; row < rows; row++) total += stakes[problem * rows + row];
      for (let row = 0; row < rows; row++) stake[row] = stakes[problem * rows + row] / total;
    },
  };
}
