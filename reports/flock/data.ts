/** The rows of a FLock run, as its charts and tables want them. */
import { flockSupplyTable } from "../../sim/flock/tables.ts";
import type { RunData } from "../run-data.ts";

/** Whether a run simulated FLock. */
export const isFlockRun = ({ manifest }: RunData): boolean =>
  Object.hasOwn(Object(manifest.scenario.completed), "flock");

/** Whether a run simulated a chain. */
export const isChainRun = ({ manifest }: RunData): boolean =>
  Object.hasOwn(Object(manifest.scenario.completed), "chain");

export interface DayStretch {
  readonly fromTime: number;
  readonly toTime: number;
  readonly toBlock: number;
}

/** The days that the run recorded, one stretch each. */
export function recordedDays(run: RunData): DayStretch[] {
  const table = run.table(flockSupplyTable);
  const days = table.column("day").numbers();
  return [...table.column("time").numbers()].map((toTime, i) => ({
    fromTime: toTime - 86_400_000,
    toTime,
    toBlock: days[i],
  }));
}

/** Whole weeks of the recorded days; a last part of a week is left out. */
export function recordedWeeks(days: readonly DayStretch[]): (DayStretch & { first: number })[] {
  const weeks = Math.floor(days.length / 7);
  return Array.from({ length: weeks }, (_, week) => ({
    first: 7 * week,
    fromTime: days[7 * week].fromTime,
    toTime: days[7 * week + 6].toTime,
    toBlock: days[7 * week + 6].toBlock,
  }));
}

/** A column of one row a day, summed over each week and given per day. */
export const perDayOfWeek = (
  column: ArrayLike<number>,
  weeks: readonly { readonly first: number }[],
): number[] =>
  weeks.map(({ first }) => {
    let sum = 0;
    for (let i = first; i < first + 7; i++) sum += column[i];
    return sum / 7;
  });
