/** Turns runs by moment into moments by run: rows come run after run, and go to disk in blocks. */
import { MomentFile } from "./moment-file.ts";

/** Runs that are gathered in memory before they are written. */
const BLOCK_RUNS = 256;

export class Spool {
  private readonly file: MomentFile;
  private readonly block: Float64Array;
  runs = 0;

  /** `moments` is how many values each run has. */
  constructor(
    path: string,
    readonly moments: number,
  ) {
    this.file = new MomentFile(path, moments, BLOCK_RUNS);
    this.block = new Float64Array(moments * BLOCK_RUNS).fill(Number.NaN);
  }

  /** The values of the next run, one a moment. */
  add(values: Float64Array): void {
    const inBlock = this.runs % BLOCK_RUNS;
    for (let moment = 0; moment < this.moments; moment++) {
      this.block[moment * BLOCK_RUNS + inBlock] = values[moment];
    }
    this.runs++;
    if (inBlock === BLOCK_RUNS - 1) this.file.put(this.runs / BLOCK_RUNS - 1, this.block);
  }

  /** The values of all runs at each moment, in the order of runs; the array is used again. */
  byMoment(): Generator<Float64Array> {
    const written = Math.floor(this.runs / BLOCK_RUNS);
    if (this.runs % BLOCK_RUNS > 0) this.file.put(written, this.block);
    return this.file.byMoment(this.runs);
  }

  close(): void {
    this.file.close();
  }
}
