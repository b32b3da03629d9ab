/** Cells from a column of an Arrow batch into a column that is being written, without a row each. */
import type { Data } from "apache-arrow";
import type { ColumnBuffer } from "./column-buffer.ts";

/** The `count` cells of a column from `from` on. */
export interface Stretch {
  readonly data: Data;
  readonly from: number;
  readonly count: number;
}

/** The cells become rows `at`, `at + 1`, ... of the buffer. */
export function copyColumn(buffer: ColumnBuffer, at: number, stretch: Stretch): void {
  copyNulls(buffer, at, stretch);
  const { data, from, count } = stretch;
  const { values } = buffer;
  const source = data.values as Uint8Array;
  if (Array.isArray(values)) {
    const { valueOffsets } = data;
    const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
    for (let k = 0; k < count; k++) {
      values[at + k] = bytes.toString("utf8", valueOffsets[from + k], valueOffsets[from + k + 1]);
    }
    return;
  }
  if (values instanceof Uint8Array) {
    for (let k = 0; k < count; k++) values[at + k] = bitAt(source, from + k);
    return;
  }
  (values as Float64Array).set(source.subarray(from, from + count), at);
}

function copyNulls(buffer: ColumnBuffer, at: number, { data, from, count }: Stretch): void {
  const { isNull } = buffer;
  if (data.nullCount === 0) {
    isNull.fill(0, at, at + count);
    return;
  }
  for (let k = 0; k < count; k++) {
    const missing = bitAt(data.nullBitmap, from + k) === 0 ? 1 : 0;
    isNull[at + k] = missing;
    buffer.nullCount += missing;
  }
}

const bitAt = (bits: Uint8Array, index: number): number => (bits[index >> 3] >> (index & 7)) & 1;
