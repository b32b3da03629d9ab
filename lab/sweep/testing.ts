/** For tests: a folder for sweeps, and a plan whose runs take a few milliseconds each. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
