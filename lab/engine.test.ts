import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { InputMemory } from "../scenarios/input-memory.ts";
import { loadAnyScenario } from "../scenarios/load-flock.ts";
import { quickSets } from "../scenarios/testing/quick-flock.ts";
import { MemorySink } from "../sim/records.ts";
import { RunStopped, simulateScenario, tablesOf } from "./engine.ts";

const scenario = (name: string) =>
  fileURLToPath(new URL(join("..", "scenarios", `${name}.yaml`), import.meta.url));

const rowsOf = (name: string, sets: readonly string[], memory?: InputMemory) => {
  const sink = new MemorySink();
  simulateScenario(loadAnyScenario(scenario(name), sets, memory), sink);
  return sink;
};

const days = (count: number) => `flock.horizon_days=${count}`;
const cases: [string, string[]][] = [
  ["finney-2026", ["chain.horizon_days=0.0625"]],
  ["flock-mid-2025", [...quickSets, days(8)]],
  ["flock-research-on-bittensor", [...quickSets, "chain.horizon_days=0.5", days(1)]],
];

test.each(cases)("%s: a run after others of the same files is the same run", (name, sets) => {
  const memory = new InputMemory();
  const fresh = rowsOf(name, [...sets, "seed=a"]);
  rowsOf(name, [...sets, "seed=b"], memory);
  const later = rowsOf(name, [...sets, "seed=a"], memory);
  expect([...later.tables.keys()]).toEqual([...fresh.tables.keys()]);
  expect(later.tables).toEqual(fresh.tables);
});

test("only the tables that a scenario wants reach the sink", () => {
  const sets = ["chain.horizon_days=0.0625", "recording.tables=[supply]"];
  expect([...rowsOf("finney-2026", sets).tables.keys()]).toEqual(["supply"]);
  const loaded = loadAnyScenario(scenario("finney-2026"), sets);
  expect(tablesOf(loaded).map(({ name }) => name)).toEqual(["supply"]);
});

test("a run can be stopped, and is asked every eight steps", () => {
  const loaded = loadAnyScenario(scenario("tao-supply"), ["supply.horizon_days=365"]);
  const seen: number[] = [];
  const onProgress = (block: number) => seen.push(block) < 3;
  const run = () => simulateScenario(loaded, new MemorySink(), { onProgress });
  expect(run).toThrow(RunStopped);
  expect(seen).toHaveLength(3);
  expect(seen[2] - seen[1]).toBe(8 * 7_200);
});
