import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError } from "../../scenarios/fault.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { defaultOutcomes } from "../outcomes/defaults.ts";
import { type PlanFlags, planSource } from "./from-flags.ts";
import { planFrom } from "./load.ts";
import { readSubject } from "./subject.ts";

const shipped = (name: string) => join(scenariosFolder, name);
const plan = (flags: PlanFlags, file = "flock-mid-2025.yaml") =>
  planFrom(planSource(shipped(file), flags));

function faults(flags: PlanFlags): string[] {
  try {
    plan(flags);
  } catch (error) {
    if (error instanceof InputError) return error.message.split("\n");
    throw error;
  }
  throw new Error("no fault was found");
}

describe("a plan of options over a scenario", () => {
  test("has lists and ranges, linear or of equal factors", () => {
    const { parameters, size, at } = plan({
      param: [
        "flock.taste.wait_cost_per_year=0.5:2:3:log",
        "flock.taste.matured_locks=keep,roll",
        "flock.nodes.count=10:30:2",
        "flock.validators.count=5",
      ],
      seeds: "4",
      constraint: ["nodes_count > wait_cost_per_year"],
    });
    expect(parameters.map(({ name }) => name)).toEqual([
      "wait_cost_per_year",
      "matured_locks",
      "nodes_count",
      "validators_count",
    ]);
    expect(size).toBe(3 * 2 * 2 * 4);
    expect(at(47).parameters).toEqual({
      wait_cost_per_year: 2,
      matured_locks: "roll",
      nodes_count: 30,
      validators_count: 5,
    });
  });

  test("has a design with its size, and ranges without steps", () => {
    const { definition, size } = plan({
      param: ["flock.taste.wait_cost_per_year=0.5:2"],
      design: "saltelli:8",
    });
    expect(definition.design).toEqual({ kind: "saltelli", base: 8, seed: "hivelab" });
    expect(size).toBe(24);
  });

  test("has outcomes: measured ones, formulas, or those of the kind of world", () => {
    const { outcomes } = plan({
      outcome: [
        "price=flock_market.price_usd@mean",
        "nodes=flock_operators.reward[role=node]@sum",
        "both=price * nodes",
      ],
    });
    expect(outcomes).toMatchObject([
      { name: "price", table: "flock_market", column: "price_usd", at: "mean" },
      { name: "nodes", where: { role: "node" }, at: "sum" },
      { name: "both", value: "price * nodes" },
    ]);
    expect(plan({}).outcomes).toEqual(defaultOutcomes.flock);
  });

  test("has its faults told by option", () => {
    expect(
      faults({
        param: ["flock.horizon_days", "flock.nodes.count=1:2:x"],
        design: "sobl:3",
        outcome: ["a=flock_market.price_usd@lst"],
      }),
    ).toEqual([
      "--param 1: flock.horizon_days is not path=values; such as chain.horizon_days=10,20,30, or =0.1:0.5:5 for five values of a range",
      "--param 2: 1:2:x is not a range; from:to:steps, with :log for equal factors",
      "--outcome 1: @lst is not known; one of last, first, mean, sum, min, max, median, quantile, deviation, gini, count",
      "--design 1: sobl is no design; grid, zip, random, latin_hypercube, sobol, saltelli, morris",
    ]);
    expect(faults({ param: ["flock.horizn_days=1,2"] })).toEqual([
      '--param 1: parameters.horizn_days.path: "flock.horizn_days" is no field of the scenario; did you mean `horizon_days`?',
    ]);
  });
});

test.each([
  [
    ["nodes.count=1,2", "nodes.count=3"],
    "--param 2: flock.nodes.count is varied twice; all of its values in one --param",
  ],
  [["nodes.count=1:"], "--param 1: 1: is not a range; from:to:steps, with :log for equal factors"],
  [["nodes.count=:9"], "--param 1: :9 is not a range; from:to:steps, with :log for equal factors"],
  [
    ["nodes.count=1:9:"],
    "--param 1: 1:9: is not a range; from:to:steps, with :log for equal factors",
  ],
  [
    ["nodes.count=9:1:3"],
    "--param 1: parameters.count.to: the range from 9 to 1 is empty; above 9",
  ],
  [
    ["nodes.count=1,"],
    "--param 1: parameters.count.values[1]: is missing; a number, or a text of at most 300 characters, or true or false",
  ],
])("parameters %j are told so", (param, line) => {
  expect(faults({ param: param.map((one) => `flock.${one}`) })).toEqual([line]);
});

test.each([
  ["0", "--seeds 1: seeds: 0 is below 1; how many (from 1 to 1000000), or a list of seeds"],
  ["1.5", "--seeds 1: 1.5 is no number of seeds; a whole number, or seeds as a,b,c"],
])("%s seeds are none", (seeds, line) => {
  expect(faults({ seeds })).toEqual([line]);
});

test("options over a plan's file take the place of what it says", () => {
  const { parameters, replicates, outcomes } = plan(
    { param: ["flock.taste.wait_cost_per_year=1,2"], seeds: "a,b,c" },
    "plans/flock-lock-taste.yaml",
  );
  expect(parameters).toMatchObject([
    { name: "wait_cost", axis: { kind: "list", values: [1, 2] } },
    { name: "matured" },
  ]);
  expect([replicates, outcomes.length]).toEqual([3, 3]);
});

test("every outcome that is measured unasked is a column of its world", () => {
  for (const [file, kind] of [
    ["finney-2026.yaml", "bittensor"],
    ["flock-mid-2025.yaml", "flock"],
    ["flock-research-on-bittensor.yaml", "both"],
    ["cases/bonds-reset.yaml", "case"],
  ] as const) {
    const subject = readSubject(shipped(file));
    expect(subject.kind).toBe(kind);
    for (const { table, column, per } of defaultOutcomes[kind]) {
      const columns = subject.tables.find(({ name }) => name === table)?.columns ?? [];
      const names = columns.map(({ name }) => name);
      expect(names).toContain(column);
      if (per !== null) expect(names).toContain(per);
    }
  }
});
