/**
 * Rows through the store of a sweep, from a run's sink to the final tables:
 *
 *   node dist/bench/sweeps/store-rows.js ROWS [RUNS]
 *
 * prints one line of JSON: rows per second of each part, and the most memory that was resident.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlanDefinition } from "../../lab/plans/plan.ts";
import { tablesOf } from "../../lab/plans/subject.ts";
import { ShardWriter } from "../../lab/store/shard.ts";
import { assemble } from "../../lab/sweep/assemble.ts";
import { SweepFolder, WHOLE } from "../../lab/sweep/sweep-folder.ts";
import { flockLocksTable } from "../../sim/flock/tables.ts";

export interface StoreFigures {
  readonly rows: number;
  readonly shardRowsPerSecond: number;
  readonly tableRowsPerSecond: number;
  readonly peakResidentMb: number;
  readonly arrowBytes: number;
}

const definition = (runs: number): PlanDefinition => ({
  format: "hivelab plan 1",
  title: "rows through the store",
  kind: "flock",
  scenario: { sources: [] },
  set: [],
  design: { kind: "grid" },
  parameters: [],
  derived: [],
  constraints: [],
  seeds: { list: null, count: runs, from: "rows", common: true },
  outcomes: [],
  tables: [flockLocksTable.name],
});

export async function storeRows(rows: number, runs: number): Promise<StoreFigures> {
  const dir = mkdtempSync(join(tmpdir(), "hivelab-rows-"));
  const identity = { version: "bench", definition: definition(runs), sources: [] };
  const folder = SweepFolder.open(dir, "rows", identity, WHOLE);
  try {
    const start = performance.now();
    writeShards(folder, Math.ceil(rows / runs), runs);
    const written = performance.now();
    await assemble(folder, tablesOf.flock);
    const end = performance.now();
    const perSecond = (from: number, to: number) => Math.round((rows * 1_000) / (to - from));
    return {
      rows,
      shardRowsPerSecond: perSecond(start, written),
      tableRowsPerSecond: perSecond(written, end),
      peakResidentMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      arrowBytes: statSync(join(dir, "tables", `${flockLocksTable.name}.arrow`)).size,
    };
  } finally {
    folder.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Ten runs a shard, as a worker would write them. */
function writeShards({ journal, shards }: SweepFolder, rowsEach: number, runs: number): void {
  const kept = new Set([flockLocksTable.name]);
  for (let first = 0; first < runs; first += 10) {
    const writer = new ShardWriter(shards, `${first}`, kept);
    const places = [];
    for (let run = first; run < Math.min(runs, first + 10); run++) {
      writer.startRun(run);
      for (let row = 0; row < rowsEach; row++) {
        const flock = row + run / 7;
        const cells = [row % 365, `delegator/${row % 1_280}`, "delegator", flock];
        writer.append(flockLocksTable, [...cells, 30 + (row % 335), flock * 1.25, null]);
      }
      places.push({ run, rows: writer.endRun() });
    }
    journal.append(writer.finish());
    for (const { run, rows } of places) {
      journal.append({ run, status: "done", outcomes: [], shard: writer.name, rows });
    }
  }
  journal.flush();
}

if (process.argv[1]?.endsWith("store-rows.js")) {
  const [rows, runs = "1000"] = process.argv.slice(2);
  console.log(JSON.stringify(await storeRows(Number(rows), Number(runs))));
}
