/**
 * The folder of a run: tables/, report.html and, last of all, manifest.json. It is made beside its
 * place under a hidden name and put there when it is whole, so an interrupted run harms nothing.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { basename, dirname, join, resolve, sep } from "node:path";
import { InputError } from "../scenarios/fault.ts";
import type { TableDefinition } from "../sim/records.ts";
import {
  MANIFEST_FILE,
  type Manifest,
  manifestHead,
  type RunFacts,
  readManifest,
  writeManifest,
} from "./manifest.ts";
import { sourceState } from "./provenance.ts";
import { makeFolders, missingFolders, onPlace } from "./store/make-folder.ts";
import { type StoredTable, TableFileSink } from "./tables/table-file-sink.ts";
import { version } from "./version.ts";

export const TABLES_FOLDER = "tables";
export const REPORT_FILE = "report.html";

export interface RunOptions {
  /** Tables that get a file even when they stay empty. */
  readonly tables: readonly TableDefinition[];
  /** Writes `report.html` into a folder whose tables are complete. */
  readonly writeReport?: (folder: string, manifest: Manifest) => void | Promise<void>;
}

export interface OpenRun {
  readonly sink: TableFileSink;
  /** Completes tables, report and manifest and puts the folder in its place. */
  finish(facts: RunFacts): Promise<{ dir: string; reportPath: string; manifest: Manifest }>;
  /** Leaves everything as it was before; harmless after `finish`. */
  abort(): void;
}

/** Where a scenario's run goes when nobody says otherwise: the same place every time. */
export const defaultRunFolder = (scenarioName: string): string =>
  join("runs", scenarioName.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^\.+/, "") || "run");

/**
 * Before long work: whether a run can stand at `outDir`. Throws InputError where something else is
 * there, or nothing can be written.
 */
export function checkRunPlace(outDir: string): void {
  checkReplaceable(outDir);
  const above = dirname(resolve(outDir));
  const [missing] = missingFolders(above);
  const folder = missing === undefined ? above : dirname(missing);
  onPlace(outDir, "--out", () => accessSync(`${folder}${sep}.`, constants.W_OK));
}

/**
 * Starts a run that will stand at `outDir`. A run that is there already stays until the new one is
 * complete; throws InputError when anything else is there, or nothing can be written.
 */
export function openRun(outDir: string, options: RunOptions): OpenRun {
  const target = resolve(outDir);
  checkReplaceable(outDir);
  const startedAt = new Date();
  const folder = onPlace(outDir, "--out", () => {
    makeFolders(dirname(target));
    return makeSibling(target);
  });
  const sink = new TableFileSink(join(folder, TABLES_FOLDER), options.tables);
  const abort = () => {
    sink.abort();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    sink,
    abort,
    async finish(facts) {
      try {
        const tablesStart = performance.now();
        const tables = sink.finish();
        const timings: Record<string, number> = { ...facts.timings };
        timings.finish_tables_s = secondsSince(tablesStart);
        const manifest: Manifest = {
          ...manifestHead,
          program: { version, ...sourceState() },
          ...facts,
          tables: tables.map(manifestTable),
          environment: {
            node: process.version,
            platform: `${process.platform} ${process.arch}`,
            started_at: startedAt.toISOString(),
          },
          timings,
        };
        const reportStart = performance.now();
        await options.writeReport?.(folder, manifest);
        timings.report_s = secondsSince(reportStart);
        writeManifest(folder, manifest);
        checkReplaceable(outDir);
        putInPlace(folder, target);
        return { dir: target, reportPath: join(target, REPORT_FILE), manifest };
      } catch (error) {
        abort();
        throw error;
      }
    },
  };
}

/** A new folder beside the target, with the permissions that folders ordinarily get. */
function makeSibling(target: string): string {
  for (let attempt = 0; ; attempt++) {
    const folder = join(dirname(target), `.${basename(target)}-${process.pid}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 1_000) throw error;
    }
  }
}

const secondsSince = (start: number) => Math.round(performance.now() - start) / 1000;

const manifestTable = ({
  name,
  rows,
  arrow,
  parquet,
}: StoredTable): Manifest["tables"][number] => ({
  name,
  rows,
  arrow: { path: `${TABLES_FOLDER}/${name}.arrow`, ...arrow },
  parquet: { path: `${TABLES_FOLDER}/${name}.parquet`, ...parquet },
});

/** Only an earlier run, and nothing that somebody else put there, may be replaced. */
function checkReplaceable(outDir: string): void {
  const refuse = (problem: string): never => {
    const remedy = "name another folder with --out";
    throw new InputError([{ file: outDir, field: "", problem, remedy }]);
  };
  if (!existsSync(outDir)) return;
  if (!statSync(outDir).isDirectory()) refuse("is a file");
  if (readdirSync(outDir).length === 0) return;
  if (!existsSync(join(outDir, MANIFEST_FILE))) refuse("is not empty and holds no run of hivelab");
  const { tables } = readManifest(outDir);
  const ours = new Set([
    MANIFEST_FILE,
    REPORT_FILE,
    ...tables.flatMap(({ arrow, parquet }) => [arrow.path, parquet.path]),
  ]);
  const stranger = readdirSync(outDir, { recursive: true, encoding: "utf8" })
    .filter((path) => !statSync(join(outDir, path)).isDirectory())
    .map((path) => path.split(sep).join("/"))
    .find((path) => !ours.has(path));
  if (stranger) refuse(`holds ${stranger}, which is no part of a run`);
}

function putInPlace(folder: string, target: string): void {
  if (!existsSync(target)) {
    renameSync(folder, target);
    return;
  }
  const before = `${folder}-before`;
  renameSync(target, before);
  try {
    renameSync(folder, target);
  } catch (error) {
    renameSync(before, target);
    throw error;
  }
  rmSync(before, { recursive: true, force: true });
}
