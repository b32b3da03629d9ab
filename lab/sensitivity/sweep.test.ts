import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { loadPlan } from "../plans/load.ts";
import { runSweep } from "../sweep/sweep.ts";
import { analyseSweep } from "./analyse.ts";
import { readSweep } from "./read-sweep.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-sensitivity-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function swept(name: string, design: string, steps = ""): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `version: 1
title: Two formulas of a case
scenario: ${join(scenariosFolder, "cases", "bonds-reset.yaml")}
set: { epochs: 31 }
parameters:
  kappa: { path: hyperparameters.kappa, from: 0.3, to: 0.7${steps} }
  x: { from: -1, to: 1${steps} }
design: ${design}
outcomes:
  linear: { value: "10 * kappa + 3 * x" }
  broken: { value: "ln(x)" }
`,
  );
  const outDir = join(folder, name);
  await runSweep({ plan: loadPlan(path), outDir, workers: 0 });
  return outDir;
}

describe("a finished sweep of Saltelli's design", () => {
  let dir = "";
  beforeAll(async () => {
    dir = await swept("saltelli", "{ kind: saltelli, base: 32 }");
  });

  test("says what its outcomes depend on", () => {
    const { kind, outcomes } = analyseSweep(readSweep(dir), { resamples: 50 });
    expect(kind).toBe("saltelli");
    const [linear] = outcomes;
    // Ranges of 4 and 6: parts 16/52 and 36/52, with nothing between them.
    const total = linear.parameters.map(({ measures }) => measures.total!.value);
    expect(total[0]).toBeCloseTo(16 / 52, 1);
    expect(total[1]).toBeCloseTo(36 / 52, 1);
    expect([linear.blocks, linear.missing]).toEqual([32, 0]);
  });

  test("leaves out base points without a value, and says how many", () => {
    const [broken] = analyseSweep(readSweep(dir), { outcomes: ["broken"], resamples: 50 }).outcomes;
    // ln(x) has no value for half of the points; a base point has two of them.
    expect(broken.missing).toBeGreaterThan(16);
    expect(broken.blocks + broken.missing).toBe(32);
  });

  test("knows its outcomes by name", () => {
    expect(() => analyseSweep(readSweep(dir), { outcomes: ["liner"] })).toThrow(
      "--outcome: no outcome is called liner; did you mean `linear`?",
    );
  });
});

test("any other sample says how much each parameter explains alone, and in which direction", async () => {
  const dir = await swept("lhs", "{ kind: latin_hypercube, points: 120 }");
  const { kind, outcomes } = analyseSweep(readSweep(dir), { resamples: 50 });
  expect(kind).toBe("given");
  const [kappa, x] = outcomes[0].parameters.map(({ measures }) => measures);
  expect(Math.abs(kappa.first!.value - 16 / 52)).toBeLessThan(0.15);
  expect(Math.abs(x.first!.value - 36 / 52)).toBeLessThan(0.15);
  expect(kappa.rank!.value).toBeGreaterThan(0.3);
  expect(x.rank!.value).toBeGreaterThan(kappa.rank!.value);
});

test("parameters that move together cannot be told apart; no sweep, no analysis", async () => {
  const both = `{ kind: grid, zip: [[kappa, x]] }`;
  const dir = await swept("zipped", both, ", steps: 3");
  expect(() => analyseSweep(readSweep(dir))).toThrow("moves parameters together");
  expect(() => readSweep(folder)).toThrow("holds no sweep");
});
