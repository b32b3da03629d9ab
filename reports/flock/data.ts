/** The rows of a FLock run, as its charts and tables want them. */
import type { FlockConfig } from "../../agents/flock/config.ts";
import type { ReadTable } from "../../lab/tables/read-table.ts";
import { flockSupplyTable } from "../../sim/flock/tables.ts";
import type { TableDefinition } from "../../sim/records.ts";
import type { RunData } from "../run-data.ts";

/** Whether a run simulated FLock. */
export const isFlockRun = ({ manifest }: RunData): boolean =>
  Object.hasOwn(Object(manifest.scenario.completed), "flock");

/** Whether a run simulated a chain. */
export const isChainRun = ({ manifest }: RunData): boolean =>
  Object.hasOwn(Object(manifest.scenario.completed), "chain");

/** The scenario's FLock section, completed with its defaults. */
export const flockConfigOf = ({ manifest }: RunData): FlockConfig =>
  (manifest.scenario.completed as unknown as { flock: FlockConfig }).flock;

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

/** A table's column by name as doubles. */
export const numbersOf = (run: RunData, definition: TableDefinition, column: string) =>
  run.table(definition).column(column).numbers();

/** Rows of a table that has a `day`, by that day. */
export function rowsByDay(table: ReadTable): Map<number, number[]> {
  const byDay = new Map<number, number[]>();
  for (const [row, day] of table.column("day").numbers().entries()) {
    const rows = byDay.get(day) ?? [];
    rows.push(row);
    byDay.set(day, rows);
  }
  return byDay;
}

/** The day whose number is nearest; NaN for none. */
export const nearestDay = (days: Iterable<number>, wanted: number): number => {
  let best = Number.NaN;
  for (const day of days) {
    if (Number.isNaN(best) || Math.abs(day - wanted) < Math.abs(best - wanted)) best = day;
  }
  return best;
};
