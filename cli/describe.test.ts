import { afterEach, expect, test, vi } from "vitest";
import { agentsConfig } from "../agents/config.ts";
import { scenarioSchema } from "../scenarios/schema.ts";
import { shippedScenarioNames } from "../scenarios/shipped.ts";
import { ruleLayers } from "../sim/bittensor/rules/timeline.ts";
import { bittensorTables } from "../sim/bittensor/tables.ts";
import { flockTables } from "../sim/flock/tables.ts";
import { describe } from "./describe.ts";

afterEach(() => vi.restoreAllMocks());

function printed(what?: string, json = false): string {
  const lines: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line));
  describe(what, { json });
  return lines.join("\n");
}

test("without a name, every scenario, agent and table is listed", () => {
  const text = printed();
  for (const name of shippedScenarioNames()) expect(text).toContain(`scenarios/${name}.yaml  `);
  for (const kind of Object.keys(agentsConfig.shape)) expect(text).toContain(`\n${kind} `);
  for (const { name, meaning } of bittensorTables) {
    expect(text).toMatch(new RegExp(`^${name} +\\S`, "m"));
    expect(text).toContain(meaning);
  }
});

test("an agent is told with its fields, defaults, units and meaning", () => {
  expect(printed("root").split("\n")).toEqual([
    "agents.root: root stakers: claim their dividends, and sell or keep them",
    "field                default  allowed           meaning",
    "claim_share_per_day  0.02     0 to 1            share of the waiting root dividends that is claimed (sold for TAO) in a day",
    "claim_type           swap     `swap` or `keep`  how dividends that accrue (November 2025 to August 2026) are taken: swap sells the alpha for TAO, keep takes it as it is",
  ]);
  expect(printed("delegators")).toMatch(/^count +60 +whole, 0 to 10000 agents +how many /m);
});

test("FLock's people, rule-sets and tables are told like the chain's", () => {
  const overview = printed();
  expect(overview).toMatch(/^flock\.delegators +\S/m);
  expect(overview).toMatch(/^rule-set v2, 2025-04-28 +AI Arena v2/m);
  expect(printed("flock.whale")).toMatch(/^lock_days +90 +\S.* days +length of its one lock$/m);
  for (const { name, columns } of flockTables) {
    const text = printed(name);
    for (const column of columns) expect(text).toContain(column.meaning);
  }
});

test("the rule-sets are told with their dates and blocks, oldest first", () => {
  const lines = printed("rules").split("\n");
  expect(lines).toHaveLength(2 + ruleLayers.length);
  expect(lines.find((line) => line.startsWith("R8 "))).toMatch(
    /^R8 +2026-08-03 +8765684 +441 +the Hill gate with the 32nd-largest share as its bar$/,
  );
  const blocks = JSON.parse(printed("rules", true)).map(
    (rule: { firstBlock: number }) => rule.firstBlock,
  );
  expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
});

test("a table is told with every column of its definition", () => {
  const [definition] = bittensorTables;
  const text = printed(definition.name);
  for (const { name, type, meaning } of definition.columns) {
    expect(text).toMatch(new RegExp(`^${name} +${type} `, "m"));
    expect(text).toContain(meaning);
  }
});

test("as data it is JSON, and the defaults are those that complete a scenario", () => {
  const fields: { field: string; default?: unknown }[] = JSON.parse(printed("fields", true));
  const completed = scenarioSchema.parse({ version: 1, title: "A test" });
  // Of a list the first entry stands for all.
  const at = (path: string) =>
    path
      .replaceAll("[]", ".0")
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], completed);
  const withDefault = fields.filter((entry) => entry.default !== undefined);
  expect(withDefault.length).toBeGreaterThan(30);
  for (const entry of withDefault) expect(at(entry.field), entry.field).toEqual(entry.default);
  expect(Object.keys(JSON.parse(printed(undefined, true)))).toEqual([
    "scenarios",
    "agents",
    "flock",
    "rules",
    "tables",
  ]);
});

test("an unknown name gets the nearest known one", () => {
  expect(() => printed("minors")).toThrow(
    'hivelab describe: nothing is called "minors"; did you mean miners?',
  );
});
