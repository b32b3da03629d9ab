/** Delegators' yields of a run: realised, displayed, and the steps from the emission to them. */

import { simpleEapy } from "../../sim/flock/eapy.ts";
import {
  flockDelegatorsTable,
  flockFlowsTable,
  flockOperatorsTable,
  flockSupplyTable,
} from "../../sim/flock/tables.ts";
import { FLOCK_REPORTED } from "./flock-reported.ts";
import {
  comparedDay,
  type FlockRun,
  numbersOf,
  parametersOf,
  rowsByDay,
  weighedQuantiles,
} from "./flock-run.ts";
import { type DelegatorDay, realisedYields } from "./flock-yields.ts";

/** Shorter windows are ruled by the days on which tasks end. */
export const WINDOW_DAYS = 28;
const LEAST_FLOCK = 50;
const PARTS = [0.1, 0.5, 0.9];

/** Tenth, half and nine tenths of delegators. */
export interface YieldRange {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export interface YieldWindow extends YieldRange {
  readonly fromDay: number;
  readonly toDay: number;
  readonly delegators: number;
}

const rangeOf = (values: readonly { readonly value: number; readonly weight: number }[]) => {
  const [low, middle, high] = weighedQuantiles(values, PARTS);
  return { low, middle, high };
};

/** Delegators' realised yearly yields after the claim fee, window by window. */
export function yieldWindows(run: FlockRun): YieldWindow[] {
  const claimFee = parametersOf(run).arena.delegatorClaimFee;
  const byDay = delegatorDays(run);
  const days = [...byDay.keys()].sort((a, b) => a - b);
  const windows: YieldWindow[] = [];
  let fromDay = days[0];
  for (const toDay of days) {
    if (toDay - fromDay < WINDOW_DAYS) continue;
    const rows = [...(byDay.get(fromDay) ?? []), ...(byDay.get(toDay) ?? [])];
    const yields = realisedYields(rows, fromDay, toDay, { claimFee, leastFlock: LEAST_FLOCK });
    if (yields.length > 0) {
      const range = rangeOf(yields.map((value) => ({ value, weight: 1 })));
      windows.push({ fromDay, toDay, delegators: yields.length, ...range });
    }
    fromDay = toDay;
  }
  return windows;
}

function delegatorDays(run: FlockRun): Map<number, DelegatorDay[]> {
  const table = run.table(flockDelegatorsTable);
  const column = (name: string) => table.column(name).numbers();
  const [locked, claimed, claimable] = ["locked", "claimed", "claimable"].map(column);
  const names = table.column("name").texts();
  return new Map(
    [...rowsByDay(table)].map(([day, rows]) => [
      day,
      rows.map((row) => ({
        day,
        name: names[row],
        lockedFlock: locked[row],
        claimedFlock: claimed[row],
        claimableFlock: claimable[row],
      })),
    ]),
  );
}

/** The window to compare with the reports: the one of mid-2025, or the last; null for none. */
export function comparedWindow(windows: readonly YieldWindow[]): YieldWindow | null {
  const day = FLOCK_REPORTED.midYearDay;
  return (
    windows.find(({ fromDay, toDay }) => fromDay <= day && day < toDay) ?? windows.at(-1) ?? null
  );
}

/** The steps from the emission to the mean yield, over one window. */
export interface YieldSteps {
  readonly fromDay: number;
  readonly toDay: number;
  /** FLOCK a day. */
  readonly emission: number;
  /** FLOCK, all roles; and the delegators' part of it. */
  readonly locked: number;
  readonly delegatorsLockedPart: number;
  readonly delegatorsEmissionPart: number;
  readonly claimFee: number;
  /** A year's emission over what is locked. */
  readonly gross: number;
  /** gross * emission part / locked part * (1 - fee). */
  readonly mean: number;
}

export function yieldSteps(run: FlockRun, { fromDay, toDay }: YieldWindow): YieldSteps {
  const { delegatorClaimFee: claimFee } = parametersOf(run).arena;
  const within = (day: number) => day > fromDay && day <= toDay;
  const days = numbersOf(run, flockSupplyTable, "day");
  const rows = [...days.keys()].filter((row) => within(days[row]));
  const meanOf = (name: string) => {
    const values = numbersOf(run, flockSupplyTable, name);
    return rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  };
  const emission = meanOf("emission");
  const locked = meanOf("locked");
  const shared = sharedFlow(run, within) / rows.length;
  const theirs = delegatorsLocked(run, (day) => day >= fromDay && day <= toDay);
  return {
    fromDay,
    toDay,
    emission,
    locked,
    delegatorsLockedPart: theirs / locked,
    delegatorsEmissionPart: shared / emission,
    claimFee,
    gross: (365 * emission) / locked,
    mean: (365 * shared * (1 - claimFee)) / theirs,
  };
}

/** What was put into delegation pools. */
const TO_POOLS = new Set(["delegators' arena reward", "locked reward to delegators"]);

function sharedFlow(run: FlockRun, within: (day: number) => boolean): number {
  const table = run.table(flockFlowsTable);
  const [days, amounts] = ["day", "amount"].map((name) => table.column(name).numbers());
  return table
    .column("reason")
    .texts()
    .reduce(
      (sum, reason, row) => (TO_POOLS.has(reason) && within(days[row]) ? sum + amounts[row] : sum),
      0,
    );
}

/** What all delegators had locked, on the mean of the recorded days. */
function delegatorsLocked(run: FlockRun, within: (day: number) => boolean): number {
  const locked = numbersOf(run, flockDelegatorsTable, "locked");
  const totals = [...rowsByDay(run.table(flockDelegatorsTable))]
    .filter(([day]) => within(day))
    .map(([, rows]) => rows.reduce((sum, row) => sum + locked[row], 0));
  return totals.reduce((sum, total) => sum + total, 0) / totals.length;
}

export interface DisplayedApy extends YieldRange {
  readonly day: number;
  readonly operators: number;
}

/**
 * The eAPY (365 R_t) that operators' pages show on the compared day, for a gmFLOCK and before the
 * claim fee, each operator weighed by what is delegated to it; null where none shows any.
 */
export function displayedApy(run: FlockRun): DisplayedApy | null {
  const table = run.table(flockOperatorsTable);
  const byDay = rowsByDay(table);
  const day = comparedDay(byDay.keys(), FLOCK_REPORTED.midYearDay);
  const [returns, delegated] = ["daily_return", "delegated"].map((name) =>
    table.column(name).numbers(),
  );
  const shown = (byDay.get(day) ?? [])
    .filter((row) => returns[row] > 0 && delegated[row] > 0)
    .map((row) => ({ value: simpleEapy(returns[row]), weight: delegated[row] }));
  return shown.length === 0 ? null : { day, operators: shown.length, ...rangeOf(shown) };
}
