/**
 * A shard: the rows of some runs, a folder with one Arrow file a table. A worker writes it, the
 * final tables are made of it. The first column of every table is the run.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type RecordBatch, RecordBatchReader } from "apache-arrow";
import type { Cell, RecordSink, TableDefinition } from "../../sim/records.ts";
import { ArrowFile } from "../tables/arrow-file.ts";
import { Batch } from "../tables/table-file.ts";
import { digestOfFile } from "./digest.ts";
import { forceToDisk, onDisk } from "./durable.ts";
import type { RowPlaces, ShardEntry } from "./journal.ts";

/** Rows of one batch of a shard: small, for a worker holds one of every table. */
const SHARD_BATCH_ROWS = 8_192;

/** The table as a sweep stores it: with the run before all else. */
export const withRun = (table: TableDefinition): TableDefinition => ({
  ...table,
  columns: [
    { name: "run", type: "u32", unit: "", meaning: "which run of the plan, from 0" },
    ...table.columns,
  ],
});

interface OpenFile {
  readonly file: ArrowFile;
  readonly batch: Batch;
  /** Rows of the run at work. */
  rows: number;
}

/** Takes the rows of one run after another. */
export class ShardWriter implements RecordSink {
  private readonly files = new Map<string, OpenFile>();
  private readonly hidden: string;
  private run = 0;
  private cells: Cell[] = [];

  constructor(
    readonly folder: string,
    readonly name: string,
    /** Only tables of these names are kept. */
    private readonly wanted: ReadonlySet<string>,
  ) {
    this.hidden = join(folder, `${name}.partial`);
    onDisk(folder, () => mkdirSync(this.hidden, { recursive: true }));
  }

  startRun(run: number): void {
    this.run = run;
    for (const file of this.files.values()) file.rows = 0;
  }

  append(table: TableDefinition, row: readonly Cell[]): void {
    if (!this.wanted.has(table.name)) return;
    const open = this.files.get(table.name) ?? this.open(table);
    const { cells } = this;
    cells.length = row.length + 1;
    cells[0] = this.run;
    for (let k = 0; k < row.length; k++) cells[k + 1] = row[k];
    open.batch.append(cells);
    open.rows++;
  }

  /** Where the rows of the run stand that `startRun` named. Rows of a failed run stay unnamed. */
  endRun(): RowPlaces {
    const places: Record<string, [number, number]> = {};
    for (const [table, { batch, rows }] of this.files) {
      if (rows > 0) places[table] = [batch.stored + batch.waiting - rows, rows];
    }
    return places;
  }

  /** Puts the shard in its place, whole and on the disk. Throws DiskFull; then nothing is there. */
  finish(): ShardEntry {
    return onDisk(this.folder, () => {
      try {
        const files = [...this.files].map(([table, { file, batch }]) => {
          batch.flush();
          const stored = file.finish();
          forceToDisk(join(this.hidden, `${table}.arrow`));
          return { table, ...stored };
        });
        const place = join(this.folder, this.name);
        forceToDisk(this.hidden);
        renameSync(this.hidden, place);
        forceToDisk(dirname(place));
        return { shard: this.name, files };
      } catch (error) {
        this.abort();
        throw error;
      }
    });
  }

  abort(): void {
    for (const { file } of this.files.values()) file.abort();
    rmSync(this.hidden, { recursive: true, force: true });
  }

  private open(table: TableDefinition): OpenFile {
    const stored = withRun(table);
    const file = new ArrowFile(join(this.hidden, `${table.name}.arrow`), stored);
    const batch = new Batch(stored, SHARD_BATCH_ROWS, (columns, rows) =>
      file.writeBatch(columns, rows),
    );
    const opened = { file, batch, rows: 0 };
    this.files.set(table.name, opened);
    return opened;
  }
}

/** What is wrong with a shard on the disk, in words; null when every byte is as it was written. */
export function shardFault(folder: string, { shard, files }: ShardEntry): string | null {
  for (const { table, bytes, sha256 } of files) {
    const path = join(folder, shard, `${table}.arrow`);
    if (!existsSync(path)) return `${shard}/${table}.arrow is missing`;
    const found = digestOfFile(path);
    if (found.bytes !== bytes) return `${shard}/${table}.arrow is not ${bytes} bytes long`;
    if (found.sha256 !== sha256) return `${shard}/${table}.arrow has changed`;
  }
  return null;
}

/** A table file of a shard, of which one batch at a time is in memory. */
export class ShardTable {
  private constructor(
    private readonly handle: FileHandle,
    private readonly reader: BatchReader,
    private current: { index: number; batch: RecordBatch } | null = null,
  ) {}

  static async open(path: string): Promise<ShardTable> {
    const handle = await open(path, "r");
    const reader = await RecordBatchReader.from(handle);
    await reader.open();
    return new ShardTable(handle, reader as unknown as BatchReader);
  }

  /** The batch that holds a row, and where in it. */
  async at(row: number): Promise<{ batch: RecordBatch; from: number }> {
    const index = Math.floor(row / SHARD_BATCH_ROWS);
    if (this.current?.index !== index) {
      const batch = await this.reader.readRecordBatch(index);
      if (!batch) throw new RangeError(`a shard without row ${row}`);
      this.current = { index, batch };
    }
    return { batch: this.current.batch, from: row - index * SHARD_BATCH_ROWS };
  }

  /** All of them, in order. */
  async *batches(): AsyncGenerator<RecordBatch> {
    const count = this.reader.numRecordBatches;
    for (let index = 0; index < count; index++) {
      const batch = await this.reader.readRecordBatch(index);
      if (batch) yield batch;
    }
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Of apache-arrow's reader of files, what is asked here. */
interface BatchReader {
  readonly numRecordBatches: number;
  readRecordBatch(index: number): Promise<RecordBatch | null>;
}
