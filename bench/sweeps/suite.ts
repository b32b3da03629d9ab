/**
 * A sweep against the bare engine, which loads and simulates the same runs and keeps nothing of them:
 * what the lab costs beside its runs, what a second worker gives, and what a second thread gives where
 * there is no lab, which is all that the machine can; then rows per second and memory of the store.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchSuite, Figure } from "../suite.ts";
import { inThread } from "./in-thread.ts";
import { jobOf, type Kind, kinds, planOf } from "./kinds.ts";
import { raceSweeps } from "./sides.ts";
import type { StoreFigures } from "./store-rows.ts";

const ROWS = 2_000_000;

const BARE = "runs, bare engine, 1 thread on 1 processor";
const ONE = "runs, sweep with 1 worker on 1 processor";
const BARE_TWO = "runs, bare engine, 2 threads on 2 processors";
const TWO = "runs, sweep with 2 workers on 2 processors";
const OVERHEAD = "overhead of the lab by parts";
const BY_CLOCK = "overhead of the lab in the race";
const EFFICIENCY = "efficiency of 2 workers";
const MACHINE = "efficiency of 2 threads without the lab";
const STORE = ["rows into shards", "shards into tables", "peak resident memory"];

const named = (what: string, { name }: Kind): string => `${what}: ${name}`;

const figure = (name: string, value: number, unit: string): Figure => ({
  ...{ name, value, unit, reference: null, ratio: null },
});

async function sweepFigures(folder: string, kind: Kind): Promise<Figure[]> {
  const ratio = await inThread(jobOf(planOf(kind, 2 * kind.taskRuns, folder)), kind.taskRuns);
  const { within, mainShare, stolenShare } = await raceSweeps(kind);
  const one = (what: string, value: number, unit = "of 1") =>
    figure(named(what, kind), value, unit);
  const rate = (name: string, value: number, reference: string | null, times: number): Figure => ({
    ...{ name: named(name, kind), value, unit: "runs/s" },
    reference: reference === null ? null : named(reference, kind),
    ratio: reference === null ? null : times,
  });
  const oneOverBare = within((of) => (of("sweep0") + of("sweep1")) / (of("bare0") + of("bare1")));
  const twoOverBare = within((of) => of("sweepBoth") / of("bareBoth"));
  const efficiency = (clock: "wall" | "cpu") =>
    // Of CPU time two workers spend twice as much, so their rate is that of one.
    within((of) => of("sweepBoth") / (of("sweep0") + of("sweep1")), clock) * CLOCK_SCALE[clock];
  const known = (what: string, value: number | null, unit: string) =>
    value === null ? [] : [one(what, value, unit)];
  const inWorker = 100 * (ratio - 1);
  const inMain = mainShare === null ? null : 100 * mainShare;
  return [
    rate(
      BARE,
      within((of) => (of("bare0") + of("bare1")) / 2),
      null,
      1,
    ),
    rate(
      ONE,
      within((of) => (of("sweep0") + of("sweep1")) / 2),
      BARE,
      oneOverBare,
    ),
    rate(
      BARE_TWO,
      within((of) => of("bareBoth")),
      null,
      1,
    ),
    rate(
      TWO,
      within((of) => of("sweepBoth")),
      BARE_TWO,
      twoOverBare,
    ),
    ...known(OVERHEAD, inMain === null ? null : inWorker + inMain, "%"),
    one(`${OVERHEAD}, in the worker's thread`, inWorker, "%"),
    ...known(`${OVERHEAD}, in the main thread`, inMain, "%"),
    one(BY_CLOCK, 100 * (1 / oneOverBare - 1), "%"),
    one(
      MACHINE,
      within((of) => of("bareBoth") / (of("bare0") + of("bare1"))),
    ),
    one(EFFICIENCY, efficiency("wall")),
    one(`${EFFICIENCY} by CPU time`, efficiency("cpu")),
    ...known(`${EFFICIENCY}: time given to others meanwhile`, stolenShare, "of 1"),
  ];
}

const CLOCK_SCALE = { wall: 1, cpu: 2 };

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
      [BARE, ONE, BARE_TWO, TWO, OVERHEAD, BY_CLOCK, EFFICIENCY, MACHINE].map((what) =>
        named(what, kind),
      ),
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
