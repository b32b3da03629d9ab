/**
 * What is known of a sweep's runs: one line a run, appended, each with a checksum. A line that a
 * crash cut short at the end is dropped; a broken line before it is told, and its run made again.
 * In memory a run costs thirteen bytes, however long its line. Another process may read the file
 * meanwhile: it takes the whole lines that are there, and changes nothing.
 */
import {
  closeSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import type { StoredTable } from "../tables/table-file.ts";
import { sha256OfText } from "./digest.ts";
import { onDisk } from "./durable.ts";

/** A shard: a folder of table files with rows of some runs. */
export interface ShardEntry {
  readonly shard: string;
  readonly files: readonly {
    readonly table: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/** How many rows of a table a run has, and where in the shard they begin. */
export type RowPlaces = Readonly<Record<string, readonly [first: number, count: number]>>;

export interface RunEntry {
  readonly run: number;
  readonly status: "done" | "failed";
  /** In the plan's order; null where there was nothing to measure. */
  readonly outcomes: readonly (number | null)[];
  /** Why it failed, in one line. */
  readonly error?: string;
  readonly shard?: string;
  readonly rows?: RowPlaces;
}

/** A run with nothing that an earlier one did not have: it has that one's results. */
export interface SameEntry {
  readonly run: number;
  readonly status: "same";
  readonly as: number;
}

export type Entry = RunEntry | SameEntry;

/** The final tables are about to be put in their place: what they are, and how many runs of each kind. */
export interface TablesEntry {
  readonly tables: readonly StoredTable[];
  readonly runs: RunCounts;
}

export interface RunCounts {
  readonly done: number;
  readonly failed: number;
  readonly rejected: number;
  /** Runs that are alike an earlier one and have its results; they count here alone. */
  readonly same: number;
}

type Line = Entry | ShardEntry | TablesEntry;

const CHECK_DIGITS = 16;
const READ_BYTES = 1 << 20;
const WINDOW_BYTES = 1 << 16;

const checkOf = (text: string): string => sha256OfText(text).slice(0, CHECK_DIGITS);

const lineOf = (entry: Line): string => {
  const text = JSON.stringify(entry);
  return `${checkOf(text)} ${text}\n`;
};

/** The entry of a line without its end, or null where the line is broken. */
function entryOf(line: string): Line | null {
  const text = line.slice(CHECK_DIGITS + 1);
  if (line[CHECK_DIGITS] !== " " || checkOf(text) !== line.slice(0, CHECK_DIGITS)) return null;
  return JSON.parse(text) as Line;
}

export class Journal {
  readonly shards = new Map<string, ShardEntry>();
  /** What the tables hold, where nothing was recorded after they were made; null otherwise. */
  tables: TablesEntry | null = null;
  /** Lines that could not be read; their runs are not known. */
  brokenLines = 0;
  private readonly file: number;
  /**
   * Where a run's line begins, and how long it is: 0 where it has none, so that nothing need be
   * written for runs that are not made yet. A plan of a billion runs takes memory as it goes.
   */
  private readonly offsets: Float64Array;
  private readonly lengths: Uint32Array;
  private readonly statuses: Uint8Array;
  private end = 0;
  private waiting: string[] = [];
  private waitingBytes = 0;
  /** While the disk is at work for `flushSoon`; what it then said; and whether to close after that. */
  private isForcing = false;
  private fault: Error | null = null;
  private isClosed = false;
  /** A part of the file that was read last. */
  private readonly window = { bytes: Buffer.alloc(WINDOW_BYTES), from: 0, to: 0 };

  /**
   * Opens or makes the file; `runs` is how many runs the plan has. With access to "read" the file
   * must be there, stays as it is, and nothing can be appended.
   */
  constructor(
    readonly path: string,
    readonly runs: number,
    private readonly access: "append" | "read" = "append",
  ) {
    this.offsets = new Float64Array(runs);
    this.lengths = new Uint32Array(runs);
    this.statuses = new Uint8Array(runs);
    this.file = openSync(path, access === "read" ? "r" : "a+");
    this.readAll();
  }

  /** Whether nothing was ever recorded. */
  get isEmpty(): boolean {
    return this.end === 0 && this.waitingBytes === 0;
  }

  /** Runs that need not be made again. */
  has(run: number): boolean {
    return this.lengths[run] > 0;
  }

  statusOf(run: number): Entry["status"] | null {
    return this.has(run) ? STATUSES[this.statuses[run]] : null;
  }

  count(status: Entry["status"]): number {
    const wanted = STATUSES.indexOf(status);
    let count = 0;
    for (let run = 0; run < this.runs; run++) {
      if (this.has(run) && this.statuses[run] === wanted) count++;
    }
    return count;
  }

  /** Forgets a run, so that it is made again; its line stays until a later one replaces it. */
  forget(run: number): void {
    this.lengths[run] = 0;
  }

  /** The entry of a run; undefined where it has none. */
  entry(run: number): Entry | undefined {
    if (!this.has(run)) return undefined;
    this.write();
    const line = this.lineAt(this.offsets[run], this.lengths[run]);
    const entry = line === null ? null : entryOf(line);
    if (entry && "run" in entry && entry.run === run) return entry;
    // Who writes a file that is only read here takes lines back where the disk is full.
    if (this.access === "read") return undefined;
    const problem = line === null ? "shorter than it was" : "a line changed";
    throw new Error(`${this.path}: ${problem} while the sweep was at work`);
  }

  /**
   * Null where the file has become shorter. Lines stand nearly in the order in which they are
   * asked for: a block read serves many.
   */
  private lineAt(offset: number, length: number): string | null {
    const { window } = this;
    if (offset < window.from || offset + length > window.to) {
      if (length > window.bytes.length) window.bytes = Buffer.alloc(2 * length);
      window.from = offset;
      window.to = offset;
      while (window.to < offset + length) {
        const at = window.to - offset;
        const count = readSync(this.file, window.bytes, at, window.bytes.length - at, window.to);
        if (count === 0) return null;
        window.to += count;
      }
    }
    return window.bytes.toString("utf8", offset - window.from, offset - window.from + length);
  }

  append(entry: Line): void {
    if (this.access === "read") throw new Error(`${this.path} is only read`);
    const line = lineOf(entry);
    const bytes = Buffer.byteLength(line);
    this.waiting.push(line);
    this.note(entry, this.end + this.waitingBytes, bytes - 1);
    this.waitingBytes += bytes;
    if (this.waitingBytes > READ_BYTES) this.write();
  }

  /** Forces what was appended to the disk. Throws DiskFull; then the next call goes on. */
  flush(): void {
    this.write();
    this.tellFault();
    onDisk(this.path, () => fsyncSync(this.file));
  }

  /** Writes what was appended and has it forced to the disk meanwhile. Throws DiskFull, if later. */
  flushSoon(): void {
    this.write();
    this.tellFault();
    if (this.isForcing) return;
    this.isForcing = true;
    fsync(this.file, (error) => {
      this.isForcing = false;
      this.fault ??= error;
      if (this.isClosed) closeSync(this.file);
    });
  }

  close(): void {
    if (this.isForcing) this.isClosed = true;
    else closeSync(this.file);
  }

  private tellFault(): void {
    const { fault } = this;
    this.fault = null;
    if (fault === null) return;
    onDisk(this.path, () => {
      throw fault;
    });
  }

  private write(): void {
    if (this.waitingBytes === 0) return;
    const bytes = Buffer.from(this.waiting.join(""));
    onDisk(this.path, () => {
      try {
        for (let from = 0; from < bytes.length; ) from += writeSync(this.file, bytes, from);
      } catch (error) {
        // No half lines: what is kept ends with a whole one.
        ftruncateSync(this.file, this.end);
        throw error;
      }
    });
    this.end += bytes.length;
    this.waiting = [];
    this.waitingBytes = 0;
  }

  private note(entry: Line, offset: number, length: number): void {
    this.tables = "tables" in entry ? entry : null;
    if ("tables" in entry) return;
    if ("files" in entry) {
      this.shards.set(entry.shard, entry);
      return;
    }
    if (!(entry.run >= 0 && entry.run < this.runs)) return;
    this.offsets[entry.run] = offset;
    this.lengths[entry.run] = length;
    this.statuses[entry.run] = STATUSES.indexOf(entry.status);
  }

  private readAll(): void {
    const size = fstatSync(this.file).size;
    const block = Buffer.alloc(READ_BYTES);
    let rest = Buffer.alloc(0);
    let restAt = 0;
    for (let at = 0; at < size; ) {
      const count = readSync(this.file, block, 0, READ_BYTES, at);
      if (count === 0) break;
      at += count;
      const whole = Buffer.concat([rest, block.subarray(0, count)]);
      let from = 0;
      for (let end = whole.indexOf(10); end >= 0; end = whole.indexOf(10, from)) {
        this.readLine(whole.toString("utf8", from, end), restAt + from, end - from);
        from = end + 1;
      }
      rest = whole.subarray(from);
      restAt += from;
    }
    this.end = restAt;
    if (restAt < size && this.access === "append") ftruncateSync(this.file, restAt);
  }

  private readLine(line: string, offset: number, length: number): void {
    const entry = entryOf(line);
    if (entry) this.note(entry, offset, length);
    else {
      this.brokenLines++;
      this.tables = null;
    }
  }
}

const STATUSES: readonly Entry["status"][] = ["done", "failed", "same"];
