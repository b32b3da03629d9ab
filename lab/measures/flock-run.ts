/** A stored run of FLock as its measures read it: tables by definition, and what it was run with. */
import type { FlockConfig } from "../../agents/flock/config.ts";
import { overridesOf } from "../../agents/flock/config.ts";
import { type FlockParameters, flockParameters } from "../../sim/flock/parameters.ts";
import type { TableDefinition } from "../../sim/records.ts";
import type { Manifest } from "../manifest.ts";
import type { ReadTable } from "../tables/read-table.ts";

export interface FlockRun {
  readonly manifest: Pick<Manifest, "scenario" | "seed">;
  /** The rows of a table; none where the run did not store it. */
  table(definition: TableDefinition): ReadTable;
}

/** The scenario's FLock section, completed with its defaults. */
export const flockConfigOf = ({ manifest }: Pick<FlockRun, "manifest">): FlockConfig =>
  (manifest.scenario.completed as unknown as { flock: FlockConfig }).flock;

export const parametersOf = (run: Pick<FlockRun, "manifest">): FlockParameters =>
  flockParameters(overridesOf(flockConfigOf(run).parameters));

/** A table's column by name as doubles. */
export const numbersOf = (run: FlockRun, definition: TableDefinition, column: string) =>
  run.table(definition).column(column).numbers();

/** Rows of a table that has a `day`, by that day. */
export function rowsByDay(table: ReadTable): Map<number, number[]> {
  const byDay = new Map<number, number[]>();
  for (const [row, day] of table.column("day").numbers().entries()) {
    const rows = byDay.get(day);
    if (rows) rows.push(row);
    else byDay.set(day, [row]);
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

/**
 * The day to compare with what is reported for a date: the nearest one where the date falls into
 * the days, the last one where it does not; NaN for no days.
 */
export function comparedDay(days: Iterable<number>, wanted: number): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const all = [...days];
  for (const day of all) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return nearestDay(all, first <= wanted && wanted <= last ? wanted : last);
}

/** The values below which the given parts of the weight lie; NaN where there is no weight. */
export function weighedQuantiles(
  values: readonly { readonly value: number; readonly weight: number }[],
  parts: readonly number[],
): number[] {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const all = sorted.reduce((sum, { weight }) => sum + weight, 0);
  return parts.map((part) => {
    let below = 0;
    for (const { value, weight } of sorted) {
      below += weight;
      if (below >= part * all) return value;
    }
    return Number.NaN;
  });
}
