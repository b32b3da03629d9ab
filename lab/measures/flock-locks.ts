/** Locks of a run: how long, how much of what circulates, and which assumption moves the choice. */
import { lockSensitivity, type Variation } from "../../agents/flock/lock-sensitivity.ts";
import { delegatingHolders } from "../../agents/flock/population.ts";
import { flockLocksTable, flockOperatorsTable, flockSupplyTable } from "../../sim/flock/tables.ts";
import { randomSource } from "../../sim/random.ts";
import { FLOCK_REPORTED } from "./flock-reported.ts";
import {
  comparedDay,
  type FlockRun,
  flockConfigOf,
  nearestDay,
  numbersOf,
  parametersOf,
  rowsByDay,
  weighedQuantiles,
} from "./flock-run.ts";

export interface LockState {
  readonly day: number;
  readonly lockedShare: number;
  readonly meanLockDays: number;
}

/** On the day that is compared with the reports, and on the last; null without rows. */
export function lockStates(run: FlockRun): { compared: LockState; last: LockState } | null {
  const days = numbersOf(run, flockSupplyTable, "day");
  if (days.length === 0) return null;
  const at = (day: number): LockState => {
    const row = days.indexOf(day);
    const of = (name: string) => numbersOf(run, flockSupplyTable, name)[row];
    return { day, lockedShare: of("locked_share"), meanLockDays: of("mean_lock_days") };
  };
  return {
    compared: at(comparedDay(days, FLOCK_REPORTED.midYearDay)),
    last: at(nearestDay(days, Number.MAX_SAFE_INTEGER)),
  };
}

export const LOCK_BUCKET_DAYS = 30;

export interface LockBucket {
  readonly fromDays: number;
  readonly toDays: number;
  /** Part of all FLOCK that was locked. */
  readonly part: number;
}

/** Lengths of the locks that were opened, each weighed by its FLOCK. */
export interface LockLengths {
  readonly flock: number;
  readonly meanDays: number;
  /** 10, 25, 50, 75 and 90 % of the FLOCK went into locks of at most so many days. */
  readonly quantileDays: readonly number[];
  readonly buckets: readonly LockBucket[];
}

export const LOCK_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

export type Locker = "delegators" | "others";

/** Lengths chosen until a day, of delegators or of everyone else; null where there are none. */
export function lockLengths(run: FlockRun, untilDay: number, who: Locker): LockLengths | null {
  const table = run.table(flockLocksTable);
  const column = (name: string) => table.column(name).numbers();
  const [day, length, flock] = ["day", "lock_days", "flock"].map(column);
  const locks = table
    .column("role")
    .texts()
    .map((role, row) => ({ role, day: day[row], value: length[row], weight: flock[row] }))
    .filter(
      (lock) => lock.day <= untilDay && (lock.role === "delegator") === (who === "delegators"),
    );
  const all = locks.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) return null;
  return {
    flock: all,
    meanDays: locks.reduce((sum, { value, weight }) => sum + value * weight, 0) / all,
    quantileDays: weighedQuantiles(locks, LOCK_QUANTILES),
    buckets: bucketsOf(locks, all, parametersOf(run).gmflock.fullLockDays),
  };
}

function bucketsOf(
  locks: readonly { readonly value: number; readonly weight: number }[],
  all: number,
  fullLockDays: number,
): LockBucket[] {
  const sums = new Map<number, number>();
  for (const { value, weight } of locks) {
    const bucket = Math.ceil(value / LOCK_BUCKET_DAYS) - 1;
    sums.set(bucket, (sums.get(bucket) ?? 0) + weight);
  }
  const last = Math.max(Math.ceil(fullLockDays / LOCK_BUCKET_DAYS) - 1, ...sums.keys());
  const longest = locks.reduce((most, { value }) => Math.max(most, value), fullLockDays);
  return Array.from({ length: last + 1 }, (_, bucket) => ({
    fromDays: bucket * LOCK_BUCKET_DAYS + 1,
    // The last one ends where the multiplier does, unless somebody locked for longer.
    toDays: Math.min((bucket + 1) * LOCK_BUCKET_DAYS, Math.ceil(longest)),
    part: (sums.get(bucket) ?? 0) / all,
  }));
}

export interface Sensitivity {
  readonly day: number;
  readonly holders: number;
  /** FLOCK that a delegated gmFLOCK earned in a day, after the fee, at the median operator. */
  readonly dailyPerGmflock: number;
  readonly variations: readonly Variation[];
}

/**
 * The run's delegators choose anew at the yield shown on the compared day, one assumption changed
 * at a time; null where no operator showed a yield.
 */
export function sensitivityOf(run: FlockRun): Sensitivity | null {
  const parameters = parametersOf(run);
  const byDay = rowsByDay(run.table(flockOperatorsTable));
  const day = comparedDay(byDay.keys(), FLOCK_REPORTED.midYearDay);
  const returns = numbersOf(run, flockOperatorsTable, "daily_return");
  const shown = (byDay.get(day) ?? []).map((row) => returns[row]).filter((value) => value > 0);
  if (shown.length === 0) return null;
  const [middle] = weighedQuantiles(
    shown.map((value) => ({ value, weight: 1 })),
    [0.5],
  );
  const dailyPerGmflock = (1 - parameters.arena.delegatorClaimFee) * middle;
  const holders = delegatingHolders(flockConfigOf(run), randomSource(run.manifest.seed));
  return {
    day,
    holders: holders.length,
    dailyPerGmflock,
    variations: lockSensitivity(holders, dailyPerGmflock, parameters.gmflock),
  };
}
