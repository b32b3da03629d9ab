/**
 * A sweep against the bare engine, which loads and simulates the same runs in threads and keeps
 * nothing of them: what the lab costs beside its runs, what a second worker gives, and what a second thread
 * gives where there is no lab, which is all that the machine can; what the start of threads costs;
 * then rows per second and memory of the store.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPlan } from "../lab/plans/load.ts";
import type { Plan } from "../lab/plans/plan.ts";
import { builtWorker, type Piscina, startPool } from "../lab/pool.ts";
import { localExecutor } from "../lab/sweep/local-executor.ts";
import { runSweep } from "../lab/sweep/sweep.ts";
import type { Executor, Job } from "../lab/sweep/task.ts";
import type { StoreFigures } from "./store-rows.ts";
import type { BenchSuite, Figure } from "./suite.ts";
import { Turns, timed } from "./turns.ts";

const TURNS = 9;
const ROWS = 2_000_000;
const BARE = "runs, bare engine, 1 thread";
const BARE_TWO = "runs, bare engine, 2 threads";
const ONE = "runs, sweep with 1 worker";
const TWO = "runs, sweep with 2 workers";
const OVERHEAD = "overhead of the lab";
const EFFICIENCY = "efficiency of 2 workers";
const MACHINE = "efficiency of 2 threads without the lab";
const START = "once, start of threads";
const STORE = ["rows into shards", "shards into tables", "peak resident memory"];

interface Kind {
  readonly name: string;
  readonly scenario: string;
  readonly days: string;
  readonly runs: number;
  readonly outcome: string;
}

/** The shortest runs that there are, of some milliseconds, for which a lab costs most; and longer ones. */
const kinds: readonly Kind[] = [
  {
    ...{ name: "ten years of supply", scenario: "tao-supply", runs: 800 },
    ...{ days: "supply.horizon_days: 3652", outcome: "supply_forecast, column: issuance_rao" },
  },
  {
    ...{ name: "a day of FLock", scenario: "flock-mid-2025", runs: 30 },
    ...{ days: "flock.horizon_days: 1", outcome: "flock_supply, column: circulating" },
  },
];

const planText = ({ scenario, days, runs, outcome }: Kind) => `version: 1
title: runs of the bench
scenario: ${scenario}
set: { ${days} }
parameters: {}
seeds: ${runs}
outcomes:
  end: { table: ${outcome}, at: last }
`;

/** Runs without a lab are handed to threads in parts, so that both end together. */
const PARTS = 20;

class BareThreads {
  private readonly pool: Piscina;

  constructor(
    job: Job,
    private readonly runs: number,
    workers: number,
  ) {
    const filename = builtWorker("bare-runs", import.meta.url)!;
    this.pool = startPool({ filename, workers, workerData: job });
  }

  async once(): Promise<void> {
    const edge = (part: number) => Math.round((part * this.runs) / PARTS);
    const parts = Array.from({ length: PARTS }, (_, k) => ({ from: edge(k), to: edge(k + 1) }));
    await Promise.all(parts.map((part) => this.pool.run(part)));
  }

  close = (): Promise<void> => this.pool.destroy();
}

/** Whole sweeps, folder and tables included, on threads that stay from one to the next. */
class Sweeps {
  private readonly executor: Executor;
  private count = 0;

  constructor(
    job: Job,
    private readonly plan: Plan,
    private readonly workers: number,
    private readonly place: string,
  ) {
    this.executor = localExecutor(job, join(place, `shards-${workers}`), workers);
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
  const place = join(folder, kind.days.replaceAll(/\W+/g, "-"));
  mkdirSync(place);
  const path = join(place, "plan.yaml");
  writeFileSync(path, planText(kind));
  const plan = loadPlan(path);
  const job = { definition: plan.definition, scenarioPath: plan.scenarioPath, limits: plan.limits };
  const [bare, bareTwo] = [1, 2].map((threads) => new BareThreads(job, kind.runs, threads));
  const [one, two] = [1, 2].map((workers) => new Sweeps(job, plan, workers, place));
  const all = { bare, one, bareTwo, two };
  // The first sweep of a thread starts and warms it; what it takes longer than later ones is that.
  const cold = { one: await timed(() => one.once()), two: await timed(() => two.once()) };
  for (const way of [bare, bareTwo]) await way.once();
  const turns = await Turns.take(TURNS, {
    bare: () => bare.once(),
    one: () => one.once(),
    two: () => two.once(),
    bareTwo: () => bareTwo.once(),
  });
  await Promise.all(Object.values(all).map((way) => way.close()));
  const rate = (
    name: string,
    of: keyof typeof all,
    reference: string,
    other: keyof typeof all,
  ) => ({
    ...{ name: named(name, kind), value: kind.runs / turns.of(of), unit: "runs/s" },
    reference: of === other ? null : named(reference, kind),
    ratio: of === other ? null : turns.within((spent) => spent(other) / spent(of)),
  });
  const part = (name: string, value: number, unit = "of 1") =>
    figure(named(name, kind), value, unit);
  const overhead = (clock: "wall" | "cpu") =>
    100 * (turns.within((spent) => spent("one") / spent("bare"), clock) - 1);
  return [
    rate(BARE, "bare", BARE, "bare"),
    rate(ONE, "one", BARE, "bare"),
    rate(BARE_TWO, "bareTwo", BARE, "bare"),
    rate(TWO, "two", BARE_TWO, "bareTwo"),
    part(OVERHEAD, overhead("wall"), "%"),
    part(`${OVERHEAD} by CPU time`, overhead("cpu"), "%"),
    part(MACHINE, turns.within((spent) => spent("bare") / spent("bareTwo")) / 2),
    part(EFFICIENCY, turns.within((spent) => spent("one") / spent("two")) / 2),
    part(
      `${EFFICIENCY} by CPU time`,
      turns.within((spent) => spent("one") / spent("two"), "cpu"),
    ),
    part(`${START} of 1 worker`, cold.one.wall - turns.of("one"), "s"),
    part(`${START} of 2 workers`, cold.two.wall - turns.of("two"), "s"),
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
      [BARE, ONE, BARE_TWO, TWO, OVERHEAD, EFFICIENCY].map((what) => named(what, kind)),
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
