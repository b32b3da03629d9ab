/** The end of a sweep whose runs are all known: tables, manifest, and no shards any more. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { tablesOf } from "../plans/subject.ts";
import { assemble } from "./assemble.ts";
import type { SweepFolder } from "./sweep-folder.ts";
import { type RunCounts, type SweepManifest, writeSweepManifest } from "./sweep-manifest.ts";

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
  const { file, journal, shards } = folder;
  const isPart = file.part.of > 1;
  let settled = 0;
  const tables = isPart
    ? []
    : await assemble(folder, tablesOf[file.identity.definition.kind], () => {
        onRun?.(++settled);
        return signal?.aborted !== true;
      });
  if (!tables) return null;
  const manifest = writeSweepManifest(folder, counts, tables, {
    runs_s: seconds(made - started),
    tables_s: seconds(performance.now() - made),
  });
  // Only now: until the manifest stands, the tables can be made again.
  if (!isPart) {
    for (const { shard } of journal.shards.values()) {
      rmSync(join(shards, shard), { recursive: true, force: true });
    }
  }
  return manifest;
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;
