/** For tests: a folder for sweeps, a plan of short runs, and the built program as a person runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cell } from "../../sim/records.ts";
import { readTable } from "../tables/read-table.ts";

export const temporaryFolder = (): string =>
  realpathSync(mkdtempSync(join(tmpdir(), "hivelab-sweep-")));

const small = [
  ["flock.nodes.count", 4],
  ["flock.validators.count", 4],
  ["flock.delegators.count", 4],
  ["flock.arrival_days", 3],
] as const;

export interface QuickPlan {
  readonly days?: number;
  readonly seeds?: number;
  readonly tables?: readonly string[];
  /** More lines at the top level. */
  readonly rest?: string;
  readonly parameters?: string;
}

/** Writes a plan file and returns its path. */
export function quickPlan(folder: string, name: string, quick: QuickPlan = {}): string {
  const { days = 3, seeds = 4, tables = [], rest = "", parameters = "" } = quick;
  const usual = "  wait: { path: flock.taste.wait_cost_per_year, values: [0.5, 1, 2] }";
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `version: 1
title: ${name}
scenario: flock-mid-2025
set:
${[...small, ["flock.horizon_days", days]].map(([key, value]) => `  ${key}: ${value}`).join("\n")}
parameters:
${parameters || usual}
seeds: ${seeds}
outcomes:
  circulating: { table: flock_supply, column: circulating }
  sold: { table: flock_market, column: sold_nodes, at: sum }
tables: [${tables.join(", ")}]
${rest}
`,
  );
  return path;
}

/** A line for each file of a sweep's tables: what must be the same. */
export const tableHashes = (dir: string): string[] =>
  readdirSync(join(dir, "tables"))
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(dir, "tables", name));
      return `${name} ${createHash("sha256").update(bytes).digest("hex")}`;
    });

export const rowsOf = (dir: string, table = "runs"): Record<string, Cell>[] => {
  const { rows, columns } = readTable(join(dir, "tables", `${table}.arrow`));
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, column.cell(row)])),
  );
};

/** Tests of many processes: run in CI, and where they are asked for. */
export const hasTimeForMore = Boolean(process.env.CI || process.env.HIVELAB_ALL);

export const hivelabBin = fileURLToPath(new URL("../../bin/hivelab.js", import.meta.url));

export interface Program {
  readonly child: ChildProcess;
  readonly end: Promise<{ code: number | null; errors: string }>;
}

/** `command` is Node's own unless told, then with the program behind it. */
export function startHivelab(args: readonly string[], command = [process.execPath]): Program {
  const [file, ...before] = [...command, hivelabBin];
  const child = spawn(file, [...before, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  const end = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, errors }));
  });
  return { child, end };
}

/** How much a sweep has recorded of its runs. */
export const journalBytes = (out: string): number =>
  statSync(join(out, "runs.journal"), { throwIfNoEntry: false })?.size ?? 0;
