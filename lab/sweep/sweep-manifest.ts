/** manifest.json of a sweep: what was made, and from what. Written last. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MANIFEST_FILE } from "../manifest.ts";
import { sourceState } from "../provenance.ts";
import { writeDurably } from "../store/durable.ts";
import type { RunCounts } from "../store/journal.ts";
import type { StoredTable } from "../tables/table-file.ts";
import { version } from "../version.ts";
import { TABLES_FOLDER } from "./assemble.ts";
import type { SweepFolder } from "./sweep-folder.ts";

export const SWEEP_MANIFEST_FORMAT = "hivelab sweep";

export interface SweepManifest {
  readonly format: typeof SWEEP_MANIFEST_FORMAT;
  readonly format_version: 1;
  readonly program: { version: string; commit: string | null; dirty: boolean | null };
  readonly name: string;
  readonly title: string;
  /** Of everything that decides the results. */
  readonly digest: string;
  readonly part: { index: number; of: number };
  readonly runs: RunCounts;
  readonly plan: SweepFolder["file"]["identity"]["definition"];
  readonly data: readonly { path: string; sha256: string; source: string }[];
  readonly tables: readonly {
    name: string;
    rows: number;
    arrow: { path: string; bytes: number; sha256: string };
    parquet: { path: string; bytes: number; sha256: string };
  }[];
  readonly environment: { node: string; platform: string; finished_at: string };
  readonly timings: Readonly<Record<string, number>>;
}

export function writeSweepManifest(
  { dir, file }: SweepFolder,
  runs: RunCounts,
  tables: readonly StoredTable[],
  timings: Readonly<Record<string, number>>,
): SweepManifest {
  const { definition, sources } = file.identity;
  const manifest: SweepManifest = {
    ...{ format: SWEEP_MANIFEST_FORMAT, format_version: 1 },
    program: { version, ...sourceState() },
    ...{ name: file.name, title: definition.title, digest: file.digest, part: file.part },
    ...{ runs, plan: definition, data: sources },
    tables: tables.map(({ name, rows, arrow, parquet }) => ({
      ...{ name, rows },
      arrow: { path: `${TABLES_FOLDER}/${name}.arrow`, ...arrow },
      parquet: { path: `${TABLES_FOLDER}/${name}.parquet`, ...parquet },
    })),
    environment: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      finished_at: new Date().toISOString(),
    },
    timings,
  };
  writeDurably(join(dir, MANIFEST_FILE), `${JSON.stringify(manifest, null, 1)}\n`);
  return manifest;
}

/** The manifest of a sweep whose tables are all there; null where something is left to do. */
export function completeManifest(dir: string, digest: string): SweepManifest | null {
  const path = join(dir, MANIFEST_FILE);
  if (!existsSync(path)) return null;
  let manifest: SweepManifest;
  try {
    manifest = JSON.parse(readFileSync(path, "utf8")) as SweepManifest;
  } catch {
    return null;
  }
  if (manifest.format !== SWEEP_MANIFEST_FORMAT || manifest.digest !== digest) return null;
  const files = manifest.tables.flatMap(({ arrow, parquet }) => [arrow, parquet]);
  const isThere = ({ path: file, bytes }: { path: string; bytes: number }) =>
    statSync(join(dir, file), { throwIfNoEntry: false })?.size === bytes;
  return files.every(isThere) ? manifest : null;
}
