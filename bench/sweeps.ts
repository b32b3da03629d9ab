/**
 * A sweep against the bare engine, which loads and simulates the same runs in one thread: runs per
 * second with one and two workers, what the lab costs, and what the start of threads costs; then rows
 * per second and memory of the store.
 *
 * All three are measured in turn, several times. Rates are of the best of each: whatever else the
 * machine does only slows them down. Efficiency and overhead are medians of what neighbours in time
 * give, for a machine's speed wanders; where it does much else, those by CPU time say more.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import { simulateScenario } from "../lab/engine.ts";
import { loadPlan } from "../lab/plans/load.ts";
import type { Plan } from "../lab/plans/plan.ts";
import { localExecutor } from "../lab/sweep/local-executor.ts";
import { runSweep } from "../lab/sweep/sweep.ts";
import type { Executor } from "../lab/sweep/task.ts";
import { InputMemory } from "../scenarios/input-memory.ts";
import { loadAnyScenario } from "../scenarios/load-flock.ts";
import type { StoreFigures } from "./store-rows.ts";
import type { BenchSuite, Figure } from "./suite.ts";

const REPEATS = 5;
const ROWS = 2_000_000;
const BARE = "runs, bare engine, one thread";
const ONE = "runs, sweep with 1 worker";
const TWO = "runs, sweep with 2 workers";
const EFFICIENCY = "efficiency of 2 workers";
const OVERHEAD = "overhead of the lab";
const START = "once, start of threads";
const STORE = ["rows into shards", "shards into tables", "peak resident memory"];

interface Kind {
  readonly name: string;
  readonly days: number;
  readonly runs: number;
}

/** The shortest runs that there are, for which a lab costs most, and runs of twice that length. */
const kinds: readonly Kind[] = [
  { name: "five years of supply, 2 ms a run", days: 1_826, runs: 1_600 },
  { name: "ten years of supply, 4 ms a run", days: 3_652, runs: 800 },
];

const planText = ({ days, runs }: Kind) => `version: 1
title: supply
scenario: tao-supply
set: { supply.horizon_days: ${days} }
parameters:
  mean: { path: supply.recycling.mean_share, values: [0.01, 0.02, 0.03, 0.04] }
seeds: ${runs / 4}
outcomes:
  issued: { table: supply_forecast, column: issuance_rao, at: last }
`;

/** Seconds of one measurement of all runs, by the wall's clock and of all threads' CPU time. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => void | Promise<void>): Promise<Spent> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - start) / 1_000, cpu: (user + system) / 1e6 };
}

function bareRuns(plan: Plan, runs: number): void {
  const memory = new InputMemory();
  for (let run = 0; run < runs; run++) {
    const loaded = loadAnyScenario(plan.scenarioPath, plan.at(run).sets, memory);
    simulateScenario(loaded, { append() {} }, { tables: ["supply_forecast"] });
  }
}

/** Whole sweeps, folder and tables included, on threads that stay from one to the next. */
class Sweeps {
  private readonly executor: Executor;
  private count = 0;

  constructor(
    private readonly plan: Plan,
    private readonly workers: number,
    private readonly place: string,
  ) {
    const { definition, scenarioPath, limits } = plan;
    const shards = join(place, `shards-${workers}`);
    this.executor = localExecutor({ definition, scenarioPath, limits }, shards, workers);
  }

  async once(): Promise<void> {
    const { plan, workers, executor } = this;
    const kept = { ...executor, slots: executor.slots, stop() {}, close: async () => {} };
    const openExecutor = () => ({ ...kept, run: executor.run.bind(executor) });
    const outDir = join(this.place, `sweep-${workers}-${this.count++}`);
    await runSweep({ plan, outDir, workers, openExecutor });
  }

  close = (): Promise<void> => this.executor.close();
}

async function sweepFigures(folder: string, kind: Kind): Promise<Figure[]> {
  const place = join(folder, String(kind.days));
  mkdirSync(place);
  const path = join(place, "supply.yaml");
  writeFileSync(path, planText(kind));
  const plan = loadPlan(path);
  bareRuns(plan, kind.runs);
  const [one, two] = [1, 2].map((workers) => new Sweeps(plan, workers, place));
  // The first sweep of a thread starts and warms it; what it takes longer than later ones is that.
  const cold = [await timed(() => one.once()), await timed(() => two.once())];
  const spent: Record<"bare" | "one" | "two", Spent[]> = { bare: [], one: [], two: [] };
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    spent.bare.push(await timed(() => bareRuns(plan, kind.runs)));
    spent.one.push(await timed(() => one.once()));
    spent.two.push(await timed(() => two.once()));
  }
  await Promise.all([one.close(), two.close()]);
  const best = (of: readonly Spent[], clock: keyof Spent) =>
    Math.min(...of.map((own) => own[clock]));
  /** The median of a quotient within each turn. */
  const within = (of: "bare" | "one" | "two", by: "bare" | "one" | "two", clock: keyof Spent) =>
    median(spent[of].map((own, turn) => own[clock] / spent[by][turn][clock]));
  const [bare, single, double] = [spent.bare, spent.one, spent.two].map((own) => ({
    ...{ wall: best(own, "wall"), cpu: best(own, "cpu") },
  }));
  const rate = (name: string, { wall }: Spent, reference: string | null, other: Spent): Figure => ({
    ...{
      name: named(name, kind),
      value: kind.runs / wall,
      unit: "runs/s",
      reference: reference && named(reference, kind),
    },
    ratio: reference === null ? null : other.wall / wall,
  });
  return [
    rate(BARE, bare, null, bare),
    rate(ONE, single, BARE, bare),
    rate(TWO, double, ONE, single),
    figure(named(EFFICIENCY, kind), within("one", "two", "wall") / 2, "of 1"),
    figure(named(`${EFFICIENCY} by CPU time`, kind), within("one", "two", "cpu"), "of 1"),
    figure(named(OVERHEAD, kind), 100 * (within("one", "bare", "wall") - 1), "%"),
    figure(named(`${OVERHEAD} by CPU time`, kind), 100 * (within("one", "bare", "cpu") - 1), "%"),
    figure(named(`${START} of 1 worker`, kind), cold[0].wall - single.wall, "s"),
    figure(named(`${START} of 2 workers`, kind), cold[1].wall - double.wall, "s"),
  ];
}

const named = (what: string, { name }: Kind): string => `${what}: ${name}`;

const figure = (name: string, value: number, unit: string): Figure => ({
  ...{ name, value, unit, reference: null, ratio: null },
});

function storeFigures(): Figure[] {
  const script = fileURLToPath(new URL("./store-rows.js", import.meta.url));
  const child = spawnSync(process.execPath, [script, String(ROWS), "40"], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  const figures = JSON.parse(child.stdout) as StoreFigures;
  const { shardRowsPerSecond, tableRowsPerSecond, peakResidentMb } = figures;
  const values = [shardRowsPerSecond, tableRowsPerSecond, peakResidentMb];
  const units = ["rows/s", "rows/s", "MB"];
  return STORE.map((name, k) => figure(`store, ${name}`, values[k], units[k]));
}

export const suite: BenchSuite = {
  name: "sweeps",
  rates: () => [],
  figureNames: [
    ...kinds.flatMap((kind) =>
      [BARE, ONE, TWO, EFFICIENCY, OVERHEAD].map((what) => named(what, kind)),
    ),
    ...STORE,
  ],
  async figures() {
    const place = mkdtempSync(join(tmpdir(), "hivelab-bench-"));
    try {
      const figures: Figure[] = [];
      for (const kind of kinds) figures.push(...(await sweepFigures(place, kind)));
      return [...figures, ...storeFigures()];
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  },
};
