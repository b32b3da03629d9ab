/**
 * Turns runs by moment into moments by run, on disk: rows come run after run, and are read back
 * moment after moment, so that neither all runs nor all moments are ever in memory.
 */
import { closeSync, fsyncSync, openSync, readSync, rmSync, writeSync } from "node:fs";

/** Runs that are gathered in memory before they are written. */
const BLOCK_RUNS = 256;

export class Spool {
  private readonly file: number;
  private readonly block: Float64Array;
  private inBlock = 0;
  private blocks = 0;
  runs = 0;

  /** `moments` is how many values each run has. */
  constructor(
    private readonly path: string,
    readonly moments: number,
  ) {
    this.file = openSync(path, "w+");
    this.block = new Float64Array(moments * BLOCK_RUNS).fill(Number.NaN);
  }

  /** The values of the next run, one a moment. */
  add(values: Float64Array): void {
    for (let moment = 0; moment < this.moments; moment++) {
      this.block[moment * BLOCK_RUNS + this.inBlock] = values[moment];
    }
    this.runs++;
    if (++this.inBlock === BLOCK_RUNS) this.writeBlock();
  }

  private writeBlock(): void {
    const bytes = new Uint8Array(this.block.buffer);
    for (let done = 0; done < bytes.length; ) {
      const place = this.blocks * bytes.length + done;
      done += writeSync(this.file, bytes, done, bytes.length - done, place);
    }
    this.blocks++;
    this.inBlock = 0;
    this.block.fill(Number.NaN);
  }

  /** The values of all runs at each moment, in the order of runs; the array is used again. */
  *byMoment(): Generator<Float64Array> {
    if (this.inBlock > 0) this.writeBlock();
    fsyncSync(this.file);
    const values = new Float64Array(this.blocks * BLOCK_RUNS);
    const rowBytes = BLOCK_RUNS * 8;
    for (let moment = 0; moment < this.moments; moment++) {
      for (let block = 0; block < this.blocks; block++) {
        const row = new Uint8Array(values.buffer, block * rowBytes, rowBytes);
        const place = (block * this.moments + moment) * rowBytes;
        const got = readSync(this.file, row, 0, rowBytes, place);
        if (got !== rowBytes) throw new Error(`${this.path}: ends at ${place + got} bytes`);
      }
      yield values.subarray(0, this.runs);
    }
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.path, { force: true });
  }
}
