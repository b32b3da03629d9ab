/** Sparse rows as the epoch kernel wants them: one after the other in typed arrays. */

import type { FlatMatrix } from "../../yuma/kernel/kernel-memory.ts";
import type { SparseRow } from "../../yuma/types.ts";

export class FlatRows {
  /** Row i is start[i] ... start[i + 1]. */
  start: Uint32Array;
  columns = new Uint16Array(64);
  values = new Uint16Array(64);
  /** How many rows there are. */
  n = 0;

  constructor(maxRows: number) {
    this.start = new Uint32Array(maxRows + 1);
  }

  /** Replaces all rows from row `first` on. */
  replace(rows: readonly SparseRow[], first = 0): void {
    let entries = this.start[first];
    for (let i = first; i < rows.length; i++) entries += rows[i].columns.length;
    this.makeRoom(entries);
    for (let i = first; i < rows.length; i++) {
      const { columns, values } = rows[i];
      this.start[i + 1] = this.start[i] + columns.length;
      if (columns.length === 0) continue;
      this.columns.set(columns, this.start[i]);
      this.values.set(values, this.start[i]);
    }
    this.n = rows.length;
  }

  rows(): SparseRow[] {
    const { start, columns, values } = this;
    return Array.from({ length: this.n }, (_, i) => ({
      columns: columns.slice(start[i], start[i + 1]),
      values: values.slice(start[i], start[i + 1]),
    }));
  }

  writeTo({ start, columns, values }: FlatMatrix): void {
    const entries = this.start[this.n];
    start.set(this.start);
    columns.set(this.columns.subarray(0, entries));
    values.set(this.values.subarray(0, entries));
  }

  /** Takes over the first n rows of a matrix. */
  readFrom({ start, columns, values }: FlatMatrix, n: number): void {
    const entries = start[n];
    this.makeRoom(entries);
    this.start.set(start.subarray(0, n + 1));
    this.columns.set(columns.subarray(0, entries));
    this.values.set(values.subarray(0, entries));
    this.n = n;
  }

  private makeRoom(entries: number): void {
    if (entries <= this.columns.length) return;
    const [columns, values] = [new Uint16Array(2 * entries), new Uint16Array(2 * entries)];
    columns.set(this.columns);
    values.set(this.values);
    this.columns = columns;
    this.values = values;
  }
}
