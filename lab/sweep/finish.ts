/** The end of a sweep whose runs are all known: tables, manifest, and no shards any more. */
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { tablesOf } from "../plans/subject.ts";
import { digestOfFile } from "../store/digest.ts";
import type { RunCounts } from "../store/journal.ts";
import type { StoredFile } from "../tables/hashed-file.ts";
import { assemble, TABLES_FOLDER } from "./assemble.ts";
import type { SweepFolder } from "./sweep-folder.ts";
import { type SweepManifest, writeSweepManifest } from "./sweep-manifest.ts";

export interface FinishOptions {
  readonly counts: RunCounts;
  /** When the work began, as `performance.now()` tells it. */
  readonly started: number;
  readonly signal?: AbortSignal;
  /** Called with the number of runs whose rows are in the tables. */
  readonly onRun?: (settled: number) => void;
}

/**
 * Null where it was stopped meanwhile. A part of a sweep gets no tables: its shards wait to be
 * merged with those of the others.
 */
export async function finishSweep(
  folder: SweepFolder,
  { counts, started, signal, onRun }: FinishOptions,
): Promise<SweepManifest | null> {
  const made = performance.now();
  const { file, journal } = folder;
  const isPart = file.part.of > 1;
  let settled = 0;
  const tables = isPart
    ? []
    : await assemble(folder, tablesOf[file.identity.definition.kind], {
        onRun() {
          onRun?.(++settled);
          return signal?.aborted !== true;
        },
        // Forced to the disk before the tables appear: those that are there are always known.
        onMade(made) {
          journal.append({ tables: made, runs: counts });
          journal.flush();
        },
      });
  if (!tables) return null;
  const manifest = writeSweepManifest(folder, counts, tables, {
    runs_s: seconds(made - started),
    tables_s: seconds(performance.now() - made),
  });
  // Only now: until the manifest stands, the tables can be made again.
  if (!isPart) removeShards(folder);
  return manifest;
}

/**
 * The manifest of a sweep whose tables stand as they were recorded, byte for byte, written again;
 * null where there are none, or others, or something was recorded since.
 */
export function manifestOfTables(folder: SweepFolder): SweepManifest | null {
  const { journal, dir } = folder;
  if (journal.tables === null) return null;
  const started = performance.now();
  const { tables, runs } = journal.tables;
  for (const { name, arrow, parquet } of tables) {
    if (!isOnDisk(join(dir, TABLES_FOLDER, `${name}.arrow`), arrow)) return null;
    if (!isOnDisk(join(dir, TABLES_FOLDER, `${name}.parquet`), parquet)) return null;
  }
  const timings = { runs_s: 0, tables_s: seconds(performance.now() - started) };
  const manifest = writeSweepManifest(folder, runs, tables, timings);
  removeShards(folder);
  return manifest;
}

function isOnDisk(path: string, { bytes, sha256 }: StoredFile): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes) return false;
  return digestOfFile(path).sha256 === sha256;
}

function removeShards({ journal, shards }: SweepFolder): void {
  for (const { shard } of journal.shards.values()) {
    rmSync(join(shards, shard), { recursive: true, force: true });
  }
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;
