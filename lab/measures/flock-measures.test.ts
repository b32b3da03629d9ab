import { describe, expect, test } from "vitest";
import { flockSection } from "../../agents/flock/config.ts";
import {
  flockDelegatorsTable,
  flockFlowsTable,
  flockLocksTable,
  flockOperatorsTable,
  flockSupplyTable,
} from "../../sim/flock/tables.ts";
import type { TableDefinition } from "../../sim/records.ts";
import type { ReadTable } from "../tables/read-table.ts";
import { comparedWindow, displayedApy, yieldSteps, yieldWindows } from "./flock-apy.ts";
import { lockLengths, lockStates, sensitivityOf } from "./flock-locks.ts";
import { comparedDay, type FlockRun, weighedQuantiles } from "./flock-run.ts";

type Row = Readonly<Record<string, number | string>>;

/** A run whose tables hold these rows and no others. */
function runOf(rows: ReadonlyMap<TableDefinition, readonly Row[]>): FlockRun {
  const flock = flockSection.parse({
    nodes: { count: 0 },
    validators: { count: 0 },
    delegators: { count: 40 },
  });
  return {
    manifest: {
      seed: "a",
      scenario: { name: "made up", title: "", completed: { flock } },
    } as unknown as FlockRun["manifest"],
    table: (definition) => tableOf(rows.get(definition) ?? []),
  };
}

const tableOf = (rows: readonly Row[]): ReadTable =>
  ({
    rows: rows.length,
    column: (name: string) => ({
      numbers: () => Float64Array.from(rows, (row) => Number(row[name])),
      texts: () => rows.map((row) => String(row[name])),
    }),
  }) as unknown as ReadTable;

const lock = (day: number, role: string, flock: number, lock_days: number): Row => ({
  ...{ day, role, flock, lock_days },
});

describe("the lengths of locks", () => {
  const run = runOf(
    new Map([
      [
        flockLocksTable,
        [
          lock(120, "delegator", 100, 30),
          lock(120, "delegator", 300, 365),
          lock(130, "node", 50, 31),
          lock(200, "delegator", 1000, 60),
        ],
      ],
    ]),
  );

  test("are weighed by the FLOCK that went into them", () => {
    const found = lockLengths(run, 181, "delegators");
    expect(found).toMatchObject({ flock: 400, meanDays: (100 * 30 + 300 * 365) / 400 });
    expect(found?.quantileDays).toEqual([30, 30, 365, 365, 365]);
  });

  test("fall into months, the last of which ends where the multiplier does", () => {
    const { buckets } = lockLengths(run, 181, "delegators")!;
    expect(buckets).toHaveLength(13);
    expect(buckets[0]).toEqual({ fromDays: 1, toDays: 30, part: 0.25 });
    expect(buckets[12]).toEqual({ fromDays: 361, toDays: 365, part: 0.75 });
    expect(lockLengths(run, 181, "others")?.buckets[1]).toEqual({
      ...{ fromDays: 31, toDays: 60, part: 1 },
    });
  });

  test("are of nobody before the first lock", () => {
    expect(lockLengths(run, 100, "delegators")).toBeNull();
  });
});

describe("the day that is compared with a report", () => {
  test("is the nearest to the reported date, and the last where the run does not cover it", () => {
    expect(comparedDay([119, 180, 483], 181)).toBe(180);
    expect(comparedDay([600, 607, 614], 181)).toBe(614);
    expect(comparedDay([], 181)).toBeNaN();
  });

  test("is one of the recorded days", () => {
    const row = (day: number, locked_share: number) => ({ day, locked_share, mean_lock_days: 9 });
    const run = runOf(new Map([[flockSupplyTable, [row(170, 0.1), row(180, 0.2), row(300, 0.3)]]]));
    expect(lockStates(run)).toEqual({
      compared: { day: 180, lockedShare: 0.2, meanLockDays: 9 },
      last: { day: 300, lockedShare: 0.3, meanLockDays: 9 },
    });
    expect(lockStates(runOf(new Map()))).toBeNull();
  });
});

test("a weighed quantile is the first value that enough of the weight does not exceed", () => {
  const values = [
    { value: 3, weight: 1 },
    { value: 1, weight: 2 },
    { value: 2, weight: 1 },
  ];
  expect(weighedQuantiles(values, [0.5, 0.51, 1])).toEqual([1, 2, 3]);
  expect(weighedQuantiles([], [0.5])).toEqual([Number.NaN]);
});

describe("delegators' yield", () => {
  const delegator = (day: number, name: string, claimed: number): Row => ({
    ...{ day, name, claimed, locked: 1000, claimable: 0 },
  });
  const days = Array.from({ length: 29 }, (_, i) => 160 + i);
  const run = runOf(
    new Map<TableDefinition, Row[]>([
      [
        flockDelegatorsTable,
        [
          ...["a", "b", "c"].map((name) => delegator(160, name, 0)),
          delegator(188, "a", 28),
          delegator(188, "b", 56),
          delegator(188, "c", 84),
        ],
      ],
      [flockSupplyTable, days.map((day) => ({ day, emission: 1000, locked: 12_000 }))],
      [
        flockFlowsTable,
        days.flatMap((day) => [
          { day, reason: "delegators' arena reward", amount: 5 },
          { day, reason: "locked reward to delegators", amount: 2 },
          { day, reason: "arena reward", amount: 900 },
        ]),
      ],
    ]),
  );

  test("is what was claimed in four weeks over what was locked, for a year", () => {
    const [window] = yieldWindows(run);
    expect(window).toMatchObject({ fromDay: 160, toDay: 188, delegators: 3 });
    expect(window.middle).toBeCloseTo((56 / 1000) * (365 / 28), 12);
    expect(comparedWindow([window])).toBe(window);
    expect(comparedWindow([])).toBeNull();
  });

  test("follows from emission, parts of emission and locks, and the claim fee", () => {
    const steps = yieldSteps(run, yieldWindows(run)[0]);
    expect(steps).toMatchObject({ emission: 1000, locked: 12_000, claimFee: 0.145 });
    expect(steps.delegatorsEmissionPart).toBeCloseTo(0.007, 12);
    expect(steps.delegatorsLockedPart).toBe(0.25);
    const { gross, delegatorsEmissionPart, delegatorsLockedPart, claimFee, mean } = steps;
    const derived = ((gross * delegatorsEmissionPart) / delegatorsLockedPart) * (1 - claimFee);
    expect(derived).toBeCloseTo(mean, 12);
  });

  test("as displayed leaves out pools without a delegator", () => {
    const shown = (daily_return: number, delegated: number) => ({
      ...{ day: 181, daily_return, delegated },
    });
    const operators = [shown(0.01, 5), shown(0.5, 0), shown(0, 7)];
    expect(displayedApy(runOf(new Map([[flockOperatorsTable, operators]])))).toMatchObject({
      ...{ day: 181, operators: 1, middle: 3.65 },
    });
  });
});

describe("the sensitivity of a run's delegators", () => {
  const operators = [{ day: 181, daily_return: 0.0015, delegated: 1 }];
  const found = sensitivityOf(runOf(new Map([[flockOperatorsTable, operators]])));
  const of = (name: string) =>
    found?.variations.find((variation) => variation.name.startsWith(name))?.outlook;

  test("ends at the longest lock from the fee and the multiplier alone", () => {
    expect(found?.holders).toBe(40);
    for (const matured of ["kept", "rolled"]) {
      const outlook = of(`fee and multiplier alone, matured locks ${matured}`);
      expect(outlook).toMatchObject({ lockedShare: 1, shortShare: 0, longestShare: 1 });
      expect(outlook?.meanLockDays).toBeCloseTo(365, 9);
    }
  });

  test("shortens as waiting costs more; who wants the money sooner locks less of it", () => {
    const mean = (name: string) => of(name)?.meanLockDays ?? Number.NaN;
    expect(mean("waiting costs twice")).toBeLessThan(mean("as configured"));
    expect(mean("waiting costs four")).toBeLessThan(mean("waiting costs twice"));
    const share = (name: string) => of(name)?.lockedShare ?? Number.NaN;
    expect(share("horizons half")).toBeLessThan(share("as configured"));
    expect(share("horizons a quarter")).toBeLessThan(share("horizons half"));
    expect(mean("no multiplier")).toBe(5);
  });

  test("needs a yield that somebody showed", () => {
    expect(sensitivityOf(runOf(new Map()))).toBeNull();
  });
});
