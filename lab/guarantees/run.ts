/** Runs the tasks of the guarantee map on worker threads and reads the thresholds off the cells. */
import type { Cell } from "../../sim/bittensor/yuma/guarantees/retention.ts";
import {
  type RetentionLine,
  retentionLine,
  worstCase,
} from "../../sim/bittensor/yuma/guarantees/threshold.ts";
import { builtWorker, startPool } from "../pool.ts";
import { type ChosenScreener, type Screened, screenedTogether } from "../screening.ts";
import type { TaskResult } from "./deciding-cells.ts";
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
import runTask, { type ScreenedTask } from "./worker.ts";

export interface GuaranteeOptions extends PlanOptions {
  /** Threads; 0 = none, in this one. */
  readonly workers: number;
  readonly screener: ChosenScreener;
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
  /** The cells behind the lines, exact. */
  readonly cells: readonly { readonly majorStake: number; readonly cells: readonly Cell[] }[];
  /** Of all grids: each an epoch, as far as it was computed. */
  readonly gridCells: number;
  readonly screened: Screened;
  readonly seconds: number;
  /** Of all threads together. */
  readonly cpuSeconds: number;
}

/** The same numbers whatever the number of workers and whoever screens. */
export async function guaranteeMap(options: GuaranteeOptions): Promise<GuaranteeMap> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const tasks = plan(options);
  const results = await runTasks(tasks, options);
  const cellsOf = new Map(
    tasks.map(({ setting, majorStake }, k) => [keyOf(setting, majorStake), results[k].cells]),
  );
  const find = (setting: Task["setting"], majorStake: number): readonly Cell[] =>
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
    gridCells: tasks.reduce((sum, one) => sum + one.majorSteps.length * one.minorSteps.length, 0),
    screened: screenedTogether(options.screener, results),
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

async function runTasks(
  tasks: readonly Task[],
  { workers, screener }: GuaranteeOptions,
): Promise<TaskResult[]> {
  const screenedTasks = tasks.map((task): ScreenedTask => ({ task, screener: screener.name }));
  const filename = builtWorker("worker", import.meta.url);
  if (workers === 0 || filename === null) {
    const results: TaskResult[] = [];
    for (const one of screenedTasks) results.push(await runTask(one));
    return results;
  }
  const pool = startPool({ filename, workers });
  try {
    return await Promise.all(screenedTasks.map((one) => pool.run(one) as Promise<TaskResult>));
  } finally {
    await pool.destroy();
  }
}
