/** Parts of a sweep, made on several machines, become one: the same tables as of a single folder. */
import { copyFileSync, linkSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { pointsOf } from "../plans/points.ts";
import { placeFolder } from "../store/durable.ts";
import type { Entry, RunCounts, ShardEntry } from "../store/journal.ts";
import { shardFault } from "../store/shard.ts";
import { forgetBroken } from "./assemble.ts";
import { finishSweep, manifestOfTables } from "./finish.ts";
import { readSweepFile, SweepFolder, WHOLE } from "./sweep-folder.ts";
import { completeManifest, type SweepManifest } from "./sweep-manifest.ts";

export interface MergeRequest {
  readonly dirs: readonly string[];
  readonly outDir: string;
  readonly signal?: AbortSignal;
  readonly onRun?: (settled: number, of: number) => void;
}

const refuse = (dir: string, problem: string, remedy: string): InputError =>
  new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);

/**
 * Null where it was stopped; what was merged before stays. Throws InputError where folders are of
 * different sweeps, a run is in none of them, or a shard is broken; the folders stay as they are.
 */
export async function mergeSweeps(request: MergeRequest): Promise<SweepManifest | null> {
  const started = performance.now();
  const { dirs, outDir, signal, onRun } = request;
  const [first, ...others] = dirs.map((dir) => ({ dir, file: readSweepFile(dir) }));
  for (const { dir, file } of others) {
    if (file.digest === first.file.digest) continue;
    const problem = `is a part of another sweep than ${shownPath(first.dir)}`;
    throw refuse(dir, problem, "name parts of one sweep, made by one version");
  }
  const { name, identity } = first.file;
  const merged = SweepFolder.open(outDir, name, identity, WHOLE);
  try {
    const before = completeManifest(merged.dir, merged.file.digest) ?? manifestOfTables(merged);
    if (before) return before;
    merged.sweepOut();
    // Shards went when tables were made of them: where those are gone too, the parts give all again.
    forgetBroken(merged);
    for (const dir of dirs) takeOver(merged, dir);
    const counts = settle(merged, Math.max(...dirs.map((dir) => readSweepFile(dir).part.of)));
    merged.journal.flush();
    const { size } = pointsOf(identity.definition);
    return await finishSweep(merged, {
      ...{ counts, started, signal },
      onRun: (settled) => onRun?.(settled, size),
    });
  } finally {
    merged.close();
  }
}

/** Every run of a part that is not known yet, with the shards that hold its rows. */
function takeOver(merged: SweepFolder, dir: string): void {
  const part = SweepFolder.reading(dir);
  try {
    const { size } = pointsOf(merged.file.identity.definition);
    for (let run = 0; run < size; run++) {
      const entry: Entry | undefined = part.journal.entry(run);
      if (!entry || merged.journal.has(run)) continue;
      if (entry.status !== "same" && entry.shard !== undefined) {
        takeShard(merged, part, dir, entry.shard);
      }
      merged.journal.append(entry);
    }
  } finally {
    part.close();
  }
}

function takeShard(merged: SweepFolder, part: SweepFolder, dir: string, name: string): void {
  if (merged.journal.shards.has(name)) return;
  const shard = part.journal.shards.get(name);
  const fault = shard ? shardFault(part.shards, shard) : `${name} is unknown`;
  if (!shard || fault !== null) {
    const { index, of } = part.file.part;
    const again = of > 1 ? `with --shard ${index + 1}/${of}` : "into another folder";
    throw refuse(dir, `shards/${fault}`, `give its \`hivelab sweep\` again, ${again}`);
  }
  copyShard(part.shards, merged.shards, shard);
  merged.journal.append(shard);
}

/** Linked where both lie on one file system: no byte is copied. */
function copyShard(from: string, to: string, { shard, files }: ShardEntry): void {
  placeFolder(join(to, shard), (hidden) => {
    for (const { table } of files) {
      const name = `${table}.arrow`;
      try {
        linkSync(join(from, shard, name), join(hidden, name));
      } catch {
        copyFileSync(join(from, shard, name), join(hidden, name));
      }
    }
  });
}

/** How many runs there are of each kind. Throws InputError where some are missing. */
function settle({ journal, file }: SweepFolder, parts: number): RunCounts {
  const points = pointsOf(file.identity.definition);
  const missing: number[] = [];
  let rejected = 0;
  for (let run = 0; run < points.size; run++) {
    if (journal.has(run)) continue;
    if (points.at(run).rejected !== null) rejected++;
    else missing.push(run);
  }
  if (missing.length > 0) {
    const names = [...new Set(missing.map((run) => `${(run % parts) + 1}/${parts}`))];
    const others = missing.length > 1 ? ` and ${missing.length - 1} others are` : " is";
    throw refuse(
      "hivelab merge",
      `run ${missing[0]}${others} in none of the folders`,
      [`finish \`hivelab sweep --shard ${names[0]}\``, ...names.slice(1, 10)].join(", "),
    );
  }
  const [done, failed, same] = (["done", "failed", "same"] as const).map((status) =>
    journal.count(status),
  );
  return { done, failed, same, rejected };
}
