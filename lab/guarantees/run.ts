/** Runs the tasks of the guarantee map on worker threads and reads the thresholds off the cells. */
import type { Cell } from "../../sim/bittensor/yuma/guarantees/retention.ts";
import {
  type RetentionLine,
  retentionLine,
  worstCase,
} from "../../sim/bittensor/yuma/guarantees/threshold.ts";
import { builtWorker, startPool } from "../pool.ts";
import {
  keyOf,
  MAJOR_STAKES,
  mainSetting,
  type PlanOptions,
  type Published,
  plan,
  publishedThresholds,
  type Task,
  TOLERANCE,
} from "./plan.ts";
import runTask from "./worker.ts";

export interface GuaranteeOptions extends PlanOptions {
  /** Threads; 0 = none, in this one. */
  readonly workers: number;
}

export interface ComparedThreshold extends Published {
  /** null where even a self weight of 1 is not enough. */
  readonly ours: number | null;
  readonly difference: number | null;
  readonly ok: boolean;
}

export interface GuaranteeMap {
  readonly options: GuaranteeOptions;
  readonly thresholds: readonly ComparedThreshold[];
  /** By stake share of the map. */
  readonly lines: readonly { readonly majorStake: number; readonly line: RetentionLine[] }[];
  /** The cells behind the lines. */
  readonly cells: readonly { readonly majorStake: number; readonly cells: readonly Cell[] }[];
  readonly epochs: number;
  readonly seconds: number;
  /** Of all threads together. */
  readonly cpuSeconds: number;
}

/** The same numbers whatever the number of workers. */
export async function guaranteeMap(options: GuaranteeOptions): Promise<GuaranteeMap> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const tasks = plan(options);
  const results = await runTasks(tasks, options.workers);
  const cellsOf = new Map(
    tasks.map(({ setting, majorStake }, k) => [keyOf(setting, majorStake), results[k]]),
  );
  const find = (setting: Task["setting"], majorStake: number): Cell[] =>
    cellsOf.get(keyOf(setting, majorStake))!;
  const main = mainSetting(options.sigma);
  const cells = MAJOR_STAKES.map((majorStake) => ({ majorStake, cells: find(main, majorStake) }));
  const { user, system } = process.cpuUsage(cpu);
  return {
    options,
    thresholds: publishedThresholds.map((one) => compared(one, find(one.setting, one.majorStake))),
    lines: cells.map(({ majorStake, cells: own }) => ({
      majorStake,
      line: retentionLine(own, majorStake),
    })),
    cells,
    epochs: results.reduce((sum, one) => sum + one.length, 0),
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
  };
}

export function compared(one: Published, cells: readonly Cell[]): ComparedThreshold {
  const worst = worstCase(retentionLine(cells, one.majorStake, one.validatorShare));
  const ours = worst.majorWeight;
  const difference = ours === null ? null : ours - one.published;
  // No self weight is above 1, so "not even 1" agrees with a published 1.
  const ok = difference === null ? one.published === 1 : Math.abs(difference) <= TOLERANCE;
  return { ...one, ours, difference, ok };
}

async function runTasks(tasks: readonly Task[], workers: number): Promise<Cell[][]> {
  const filename = builtWorker("worker", import.meta.url);
  if (workers === 0 || filename === null) return tasks.map(runTask);
  const pool = startPool({ filename, workers });
  try {
    return await Promise.all(tasks.map((task) => pool.run(task) as Promise<Cell[]>));
  } finally {
    await pool.destroy();
  }
}
