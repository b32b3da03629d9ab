import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadPathScenario } from "../scenarios/load-pool.ts";
import { scenariosFolder } from "../scenarios/shipped.ts";
import { askedPaths } from "./paths.ts";

const scenario = join(scenariosFolder, "alpha-price.yaml");

describe("a pool beside the supply", () => {
  test("has what the captured block gave it, and what is set over that", () => {
    const { pool } = loadPathScenario(scenario);
    expect(pool).toMatchObject({
      netuid: 64,
      name: "Chutes",
      alphaPerDay: 7_200,
      block: 8_957_879,
    });
    expect(pool!.tao).toBeCloseTo(208_311.172948803, 9);
    expect(pool!.emissionShare).toBeCloseTo(0.010387584 * 2, 12);
    const set = loadPathScenario(scenario, ["pool.tao=5", "pool.bought_share=0"]).pool!;
    expect([set.tao, set.boughtShare, set.alpha]).toEqual([5, 0, pool!.alpha]);
  });

  test.each([
    ["pool.netuid=4000", "pool.netuid: 4000 does not exist in finney-8957880"],
    ["pool.state=finney-5373800", "no such file|does not exist", "give pool.emission_share"],
    ["pool.bought_share=0.99", "take more than all new TAO"],
    ["pool.netuidd=3", "did you mean `netuid`"],
    ["questions.halving_before=[tomorrow]", "questions.halving_before"],
    ["pool.flows.sell_share=2", "pool.flows.sell_share"],
    ["supply.one_off_mints=[{block: 9500000, tao: 9, name: x}]", "paths have no single mints"],
  ])("%s is told in one line", (set, ...wanted) => {
    const load = () => loadPathScenario(scenario, [set]);
    for (const text of wanted) expect(load).toThrow(new RegExp(text));
  });
});

test("a scenario of another world is told in one line", () => {
  const load = () => loadPathScenario(join(scenariosFolder, "finney-2026.yaml"));
  expect(load).toThrow(/^[^\n]*simulates more than supply[^\n]*$/);
});

const usual = { paths: "1000", priceBelow: [], halvingBefore: [], set: [], backend: "auto" };

test.each([
  [{ paths: "1" }, /^--paths: "1" is not right here; a whole number from 2 to 1000000$/],
  [{ days: "0" }, /^--days: /],
  [{ every: "1", days: "3000", paths: "1000000" }, /^--every: .* are 49 GB; fewer moments/],
  [{ priceBelow: ["cheap"] }, /^--set 1: questions.price_below\[0\]: /],
  [{ halvingBefore: ["2029"] }, /^--set 1: questions.halving_before\[0\]: /],
  [{ seed: "" }, /seed: /],
  [{ halvingBefore: ["2029-12-31"] }, /^--halving-before: 2029-12-31 is after the last day/],
])("options %j are refused in one line", (flags, wanted) => {
  const ask = () => askedPaths("alpha-price", { ...usual, ...flags });
  expect(ask).toThrow(wanted);
  expect(ask).not.toThrow(/\n/);
});

test("options change the horizon, the moments, the seed and the questions", () => {
  const { model, loaded } = askedPaths("alpha-price", {
    ...{ ...usual, days: "30", every: "10", seed: "7", priceBelow: ["0.05", "0.01"] },
    halvingBefore: ["2026-09-15"],
  });
  expect(model).toMatchObject({ days: 30, everyDays: 10, seed: "7", priceBelow: [0.05, 0.01] });
  expect(loaded.scenario.questions?.halving_before).toEqual(["2026-09-15"]);
  expect(askedPaths("tao-supply", usual).model.pool).toBeNull();
});
