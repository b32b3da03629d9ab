/**
 * Values of many runs at many moments, on disk: they come in blocks of runs, in any order, and are
 * read back moment after moment, so that neither all runs nor all moments are ever in memory.
 */
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from "node:fs";

export class MomentFile {
  private readonly file: number;

  /** Every block but the last has `blockRuns` runs. */
  constructor(
    private readonly path: string,
    readonly moments: number,
    readonly blockRuns: number,
  ) {
    this.file = openSync(path, "w+");
  }

  /** A block's values by moment and run; for the last block of fewer runs, these alone. */
  put(block: number, values: Float64Array): void {
    const runs = values.length / this.moments;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    if (runs === this.blockRuns) this.write(bytes, this.placeOf(block, 0));
    else {
      for (let moment = 0; moment < this.moments; moment++) {
        const row = bytes.subarray(moment * runs * 8, (moment + 1) * runs * 8);
        this.write(row, this.placeOf(block, moment));
      }
    }
  }

  private placeOf(block: number, moment: number): number {
    return (block * this.moments + moment) * this.blockRuns * 8;
  }

  private write(bytes: Uint8Array, place: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.file, bytes, done, bytes.length - done, place + done);
    }
  }

  /** The values of `runs` runs at each moment, in the order of runs; the array is used again. */
  *byMoment(runs: number): Generator<Float64Array> {
    fsyncSync(this.file);
    const values = new Float64Array(runs);
    for (let moment = 0; moment < this.moments; moment++) {
      for (let first = 0; first < runs; first += this.blockRuns) {
        const count = Math.min(this.blockRuns, runs - first);
        const row = new Uint8Array(values.buffer, first * 8, count * 8);
        const place = this.placeOf(first / this.blockRuns, moment);
        const got = readSync(this.file, row, 0, row.length, place);
        if (got !== row.length) throw new Error(`${this.path}: ends at ${place + got} bytes`);
      }
      yield values;
    }
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }
}
