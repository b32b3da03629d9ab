/**
 * Runs per second of a sweep with one and two workers, against the bare engine in one thread; rows
 * per second and memory of the store.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { simulateScenario } from "../lab/engine.ts";
import { loadPlan } from "../lab/plans/load.ts";
import type { Plan } from "../lab/plans/plan.ts";
import { localExecutor } from "../lab/sweep/local-executor.ts";
import { runSweep } from "../lab/sweep/sweep.ts";
import type { Executor } from "../lab/sweep/task.ts";
import { quickPlan } from "../lab/sweep/testing.ts";
import { InputMemory } from "../scenarios/input-memory.ts";
import { loadAnyScenario } from "../scenarios/load-flock.ts";
import type { StoreFigures } from "./store-rows.ts";
import type { BenchSuite, Figure, Rate } from "./suite.ts";

const BARE = "runs, bare engine, one thread";
const ONE = "runs, sweep with 1 worker";
const RUNS = 24;
const ROWS = 2_000_000;
/** Pools whose threads would keep the process alive. */
const opened: Executor[] = [];
const place = mkdtempSync(join(tmpdir(), "hivelab-bench-"));
process.on("exit", () => rmSync(place, { recursive: true, force: true }));

function bareRate(plan: Plan): Rate {
  const memory = new InputMemory();
  return {
    ...{ name: BARE, unit: "runs/s", perRun: RUNS, reference: null },
    run() {
      for (let run = 0; run < RUNS; run++) {
        const loaded = loadAnyScenario(plan.scenarioPath, plan.at(run).sets, memory);
        simulateScenario(loaded, { append() {} }, { tables: ["flock_supply"] });
      }
    },
  };
}

/** A whole sweep, its folder and tables included; the threads are there before. */
function sweepRate(plan: Plan, workers: number): Rate {
  const { definition, scenarioPath, limits } = plan;
  const shards = join(place, `shards-${workers}`);
  let kept: Executor | null = null;
  let count = 0;
  return {
    name: `runs, sweep with ${workers} worker${workers === 1 ? "" : "s"}`,
    ...{ unit: "runs/s", perRun: RUNS, reference: workers === 1 ? BARE : ONE },
    async run() {
      kept ??= localExecutor({ definition, scenarioPath, limits }, shards, workers);
      const inner = kept;
      if (!opened.includes(inner)) opened.push(inner);
      const executor: Executor = {
        slots: inner.slots,
        run: (task) => inner.run(task),
        stop() {},
        async close() {},
      };
      const outDir = join(place, `sweep-${workers}-${count++}`);
      await runSweep({ plan, outDir, workers, openExecutor: () => executor });
    },
  };
}

function storeFigures(): Figure[] {
  for (const executor of opened.splice(0)) void executor.close();
  const script = fileURLToPath(new URL("./store-rows.js", import.meta.url));
  const child = spawnSync(process.execPath, [script, String(ROWS), "40"], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  const figures = JSON.parse(child.stdout) as StoreFigures;
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ name, value, unit, reference: null, ratio: null },
  });
  return [
    figure("store, rows into shards", figures.shardRowsPerSecond, "rows/s"),
    figure("store, shards into tables", figures.tableRowsPerSecond, "rows/s"),
    figure("store, peak resident memory", figures.peakResidentMb, "MB"),
  ];
}

export const suite: BenchSuite = {
  name: "sweeps",
  clock: "wall",
  rates() {
    const plan = loadPlan(quickPlan(place, "bench", { days: 10, seeds: RUNS / 3 }));
    return [bareRate(plan), sweepRate(plan, 1), sweepRate(plan, 2)];
  },
  figures: storeFigures,
};
