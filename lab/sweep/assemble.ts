/**
 * The final tables: rows of all runs in the plan's order, whoever made them and in which order, so
 * that the same sweep gives the same bytes. One batch a table is in memory.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { RecordBatch } from "apache-arrow";
import type { TableDefinition } from "../../sim/records.ts";
import { pointsOf } from "../plans/points.ts";
import { forceToDisk, onDisk } from "../store/durable.ts";
import type { Entry, RunEntry } from "../store/journal.ts";
import { ShardTable, shardFault, withRun } from "../store/shard.ts";
import { copyColumn } from "../tables/copy-column.ts";
import { type StoredTable, TableFile } from "../tables/table-file.ts";
import { runKeys } from "./identity.ts";
import { RUNS_TABLE, RunsTable } from "./runs-table.ts";
import type { SweepFolder } from "./sweep-folder.ts";

export const TABLES_FOLDER = "tables";

/** So often Ctrl-C is heard. */
const BREATH_MS = 50;

/** Shards of which a file is kept open. */
const OPEN_SHARDS = 4;

/** Forgets runs whose shard is broken, so that they are made again; says what is wrong. */
export function forgetBroken({ journal, shards, file }: SweepFolder): string[] {
  const faults = new Map<string, string>();
  for (const entry of journal.shards.values()) {
    const fault = shardFault(shards, entry);
    if (fault !== null) faults.set(entry.shard, fault);
  }
  if (faults.size === 0) return [];
  let forgotten = 0;
  const lost = new Set<string>();
  const { size } = pointsOf(file.identity.definition);
  for (let run = 0; run < size; run++) {
    const entry = journal.entry(run);
    if (!entry || entry.status === "same" || entry.shard === undefined) continue;
    if (!faults.has(entry.shard)) continue;
    journal.forget(run);
    lost.add(entry.shard);
    forgotten++;
  }
  for (const shard of faults.keys()) journal.shards.delete(shard);
  if (forgotten === 0) return [];
  const [first] = lost;
  const others = lost.size > 1 ? ` and ${lost.size - 1} other shards too` : "";
  return [`shards/${faults.get(first)}${others}; ${forgotten} runs are made again`];
}

export interface AssembleOptions {
  /** Called after each run; where it returns false, the tables are not made. */
  readonly onRun?: () => boolean;
  /** Called with what is about to be put in its place. */
  readonly onMade?: (tables: readonly StoredTable[]) => void;
}

/**
 * Writes tables/ of a sweep whose runs are all known. `recorded` are the tables that rows have.
 * Null, and nothing written, where `onRun` stopped it.
 */
export async function assemble(
  folder: SweepFolder,
  recorded: readonly TableDefinition[],
  { onRun = () => true, onMade }: AssembleOptions = {},
): Promise<StoredTable[] | null> {
  const { definition } = folder.file.identity;
  const hidden = join(folder.dir, `${TABLES_FOLDER}.partial`);
  rmSync(hidden, { recursive: true, force: true });
  onDisk(folder.dir, () => mkdirSync(hidden));
  const kept = recorded.filter(({ name }) => definition.tables.includes(name));
  const merger = new Merger(folder, hidden, kept);
  const discard = () => {
    merger.abort();
    rmSync(hidden, { recursive: true, force: true });
  };
  try {
    const stored = await merger.merge(onRun);
    if (!stored) {
      discard();
      return null;
    }
    return onDisk(folder.dir, () => {
      for (const { name } of stored) {
        for (const ending of ["arrow", "parquet"]) forceToDisk(join(hidden, `${name}.${ending}`));
      }
      forceToDisk(hidden);
      onMade?.(stored);
      const place = join(folder.dir, TABLES_FOLDER);
      if (existsSync(place)) rmSync(place, { recursive: true });
      renameSync(hidden, place);
      forceToDisk(folder.dir);
      return stored;
    });
  } catch (error) {
    discard();
    return onDisk(folder.dir, () => {
      throw error;
    });
  }
}

class Merger {
  private readonly runs: RunsTable;
  private readonly runsFile: TableFile;
  private readonly tables = new Map<string, TableFile>();
  private readonly open = new Map<string, ShardTable>();

  constructor(
    private readonly folder: SweepFolder,
    hidden: string,
    kept: readonly TableDefinition[],
  ) {
    this.runs = new RunsTable(folder.file.identity.definition);
    this.runsFile = new TableFile(hidden, this.runs.definition);
    for (const table of kept) {
      // A table of this name would be lost beside the table of runs.
      if (table.name === RUNS_TABLE) throw new Error(`a table is called ${RUNS_TABLE}`);
      this.tables.set(table.name, new TableFile(hidden, withRun(table)));
    }
  }

  async merge(onRun: () => boolean): Promise<StoredTable[] | null> {
    const { identity } = this.folder.file;
    const points = pointsOf(identity.definition);
    const keyOf = runKeys(identity);
    let breath = performance.now();
    for (let run = 0; run < points.size; run++) {
      if (!this.folder.owns(run)) continue;
      const planned = points.at(run);
      const entry = planned.rejected === null ? this.entryOf(run) : null;
      this.runsFile.append(this.runs.row(planned, entry, keyOf(planned)));
      if (entry?.status === "done") await this.copyRows(run, entry);
      if (!onRun()) return null;
      if (performance.now() - breath > BREATH_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        breath = performance.now();
      }
    }
    for (const table of this.open.values()) await table.close();
    this.open.clear();
    return [this.runsFile.finish(), ...[...this.tables.values()].map((table) => table.finish())];
  }

  abort(): void {
    this.runsFile.abort();
    for (const table of this.tables.values()) table.abort();
    for (const table of this.open.values()) void table.close();
  }

  /** The entry of a run, or that of the run whose results it has. */
  private entryOf(run: number): RunEntry {
    const { journal } = this.folder;
    let entry: Entry | undefined = journal.entry(run);
    if (entry?.status === "same") entry = journal.entry(entry.as);
    if (!entry || entry.status === "same") throw new Error(`run ${run} is not known`);
    return entry;
  }

  private async copyRows(run: number, { shard, rows = {} }: RunEntry): Promise<void> {
    for (const [name, [first, count]] of Object.entries(rows)) {
      const table = this.tables.get(name);
      if (!table || shard === undefined) continue;
      const source = await this.shardTable(shard, name);
      for (let row = first; row < first + count; ) {
        const { batch, from } = await source.at(row);
        const there = Math.min(batch.numRows - from, first + count - row);
        copyBatch(table, batch, { run, from, count: there });
        row += there;
      }
    }
  }

  private async shardTable(shard: string, table: string): Promise<ShardTable> {
    const path = join(this.folder.shards, shard, `${table}.arrow`);
    const known = this.open.get(path);
    if (known) return known;
    if (this.open.size >= OPEN_SHARDS * (1 + this.tables.size)) {
      for (const one of this.open.values()) await one.close();
      this.open.clear();
    }
    const opened = await ShardTable.open(path);
    this.open.set(path, opened);
    return opened;
  }
}

function copyBatch(
  table: TableFile,
  batch: RecordBatch,
  rows: { run: number; from: number; count: number },
): void {
  table.batch.appendMany(rows.count, (columns, at, done, count) => {
    // The run's own number: a run that has another's results has its rows too.
    const [numbers] = columns;
    (numbers.values as Uint32Array).fill(rows.run, at, at + count);
    numbers.isNull.fill(0, at, at + count);
    for (let k = 1; k < columns.length; k++) {
      const data = batch.data.children[k];
      copyColumn(columns[k], at, { data, from: rows.from + done, count });
    }
  });
}
