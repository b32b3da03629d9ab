import { describe, expect, test } from "vitest";
import { defineTable } from "../../sim/records.ts";
import type { MeasuredOutcome, Outcome, Reduction } from "./outcome.ts";
import { OutcomeSink } from "./outcome-sink.ts";

const pools = defineTable("pools", "Pools by block.", [
  ["block", "u32", "block", "when"],
  ["netuid", "u16", "", "which"],
  ["tao_rao", "i64", "rao", "how much"],
  ["price", "f64", "1", "at what price; null where there is none"],
]);

const outcome = (name: string, rest: Partial<MeasuredOutcome>): MeasuredOutcome => ({
  ...{ name, table: "pools", column: "price", where: {}, at: "last", per: null },
  ...{ over: "mean", q: 0.5, ...rest },
});

function measured(outcomes: readonly Outcome[], parameters = {}) {
  const sink = new OutcomeSink(outcomes, parameters);
  const rows: [number, number, bigint, number | null][] = [
    [1, 3, 10n, 2],
    [1, 5, 40n, 1],
    [2, 3, 20n, 6],
    [2, 5, 10n, null],
    [3, 3, 30n, 4],
    [3, 5, 10n, 5],
  ];
  for (const row of rows) sink.append(pools, row);
  return sink.values();
}

describe("an outcome", () => {
  test("is what its column's values of the chosen rows become", () => {
    const at = (how: Reduction, rest = {}) =>
      measured([outcome("x", { at: how, where: { netuid: 3 }, ...rest })]).x;
    expect(at("first")).toBe(2);
    expect(at("last")).toBe(4);
    expect(at("min")).toBe(2);
    expect(at("max")).toBe(6);
    expect(at("sum")).toBe(12);
    expect(at("mean")).toBe(4);
    expect(at("median")).toBe(4);
    expect(at("quantile", { q: 1 })).toBe(6);
    expect(at("deviation")).toBeCloseTo(Math.sqrt(8 / 3), 12);
    expect(at("count")).toBe(3);
    // Pairs differ by 4, 2 and 2: their mean difference over all nine pairs, over twice the mean.
    expect(at("gini")).toBeCloseTo((2 * (4 + 2 + 2)) / 9 / (2 * 4), 12);
  });

  test("reads amounts in rao, as conditions and as values", () => {
    const sums = { column: "tao_rao", at: "sum" } as const;
    const values = measured([
      outcome("all", sums),
      outcome("tens", { ...sums, where: { tao_rao: 10 } }),
    ]);
    expect(values).toEqual({ all: 120, tens: 30 });
  });

  test("may be taken for each thing on its own, and then over all of them", () => {
    const values = measured([
      outcome("dearest", { at: "last", per: "netuid", over: "max" }),
      outcome("means", { at: "mean", per: "netuid", over: "sum" }),
      outcome("rows", { at: "count", per: "netuid", over: "min" }),
    ]);
    expect(values).toEqual({ dearest: 5, means: 4 + 3, rows: 3 });
  });

  test("has no value without rows, but counts nothing as 0", () => {
    const nobody = { where: { netuid: 9 } };
    const values = measured([
      outcome("none", nobody),
      outcome("counted", { ...nobody, at: "count" }),
      outcome("elsewhere", { table: "subnets" }),
      { name: "made", value: "none + 1" },
    ]);
    expect(values).toEqual({ none: null, counted: 0, elsewhere: null, made: null });
  });

  test("may be a formula over those above it and the parameters", () => {
    const values = measured(
      [
        outcome("start", { at: "first" }),
        outcome("end", { at: "last" }),
        { name: "growth", value: "end / start - 1" },
        { name: "enough", value: "growth >= wanted" },
        { name: "infinite", value: "1 / (end - end)" },
      ],
      { wanted: 2 },
    );
    expect(values).toEqual({ start: 2, end: 5, growth: 1.5, enough: 0, infinite: null });
  });
});
