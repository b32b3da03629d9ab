import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../scenarios/fault.ts";
import { loadPlan } from "../plans/load.ts";
import { runSearch } from "./run-search.ts";
import { loadSearch } from "./search-plan.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-search-"));
afterAll(() => rmSync(folder, { recursive: true }));

// The smallest case there is: what is sought are formulas, or what one epoch pays.
writeFileSync(
  join(folder, "small.yaml"),
  `version: 1
title: Two validators
epochs: 1
versions: [yuma3]
validators: [A, B]
servers: [s1, s2]
stake_unit: share
stakes: [{ epoch: 0, row: { A: 0.6, B: 0.4 } }]
weights: [{ epoch: 0, rows: { A: { s1: 1 }, B: { s2: 1 } } }]
`,
);
const outcomes = `
outcomes:
  b_share: { table: case_validators, column: dividends, where: { validator: B } }
`;

let made = 0;
function searchOf(body: string) {
  const path = join(folder, `search-${made++}.yaml`);
  writeFileSync(path, `version: 1\ntitle: A search\nscenario: ./small.yaml\n${body}`);
  return loadSearch(path);
}
const found = async (body: string, dir = `out-${made}`) =>
  runSearch({ plan: searchOf(body), outDir: join(folder, dir), workers: 0 });

describe("a search", () => {
  test("finds the minimum of a formula, settles and says so", async () => {
    const { outcome, reproduces } = await found(`
parameters:
  x: { from: -1, to: 2 }
  y: { from: 0.01, to: 100, scale: log }
search: { minimise: "(x - 0.25)^2 + ln(y / 3)^2", budget: 400, tolerance: 1e-3 }
`);
    expect(outcome.best.parameters.x).toBeCloseTo(0.25, 1);
    expect(outcome.best.parameters.y as number).toBeCloseTo(3, 1);
    expect(outcome.raced.objective).toBeLessThan(1e-3);
    expect(reproduces).toBe(true);
    expect(outcome.used).toBeLessThanOrEqual(400);
  });

  test("finds whole numbers and choices", async () => {
    const { outcome } = await found(`
parameters:
  n: { from: 0, to: 40, whole: true }
  kind: { values: [a, b, c] }
search: { maximise: "if(kind == 'b', 10, 0) - abs(n - 29)", budget: 300 }
`);
    expect(outcome.best.parameters).toEqual({ n: 29, kind: "b" });
    expect(outcome.confirmed.objectives).toEqual([10]);
  });

  test("keeps to constraints on parameters and conditions on outcomes", async () => {
    const { outcome } = await found(`
parameters:
  x: { from: 0, to: 1 }
  y: { from: 0, to: 1 }
constraints: ["x >= y"]
outcomes:
  total: { value: "x + y" }
search: { minimise: "x", subject_to: ["total >= 1.2"], budget: 500 }
`);
    const { x, y } = outcome.best.parameters as { x: number; y: number };
    expect(x).toBeGreaterThanOrEqual(y);
    expect(x + y).toBeGreaterThanOrEqual(1.2);
    expect(x).toBeCloseTo(0.6, 2);
    expect(outcome.confirmed.valid).toBe(1);
  });

  const stake = `
parameters:
  stake: { path: "stakes[0].row.B", from: 0.05, to: 0.95 }
derived:
  other: { path: "stakes[0].row.A", value: "1 - stake" }
${outcomes}
search: { minimise: stake, subject_to: ["b_share >= 0.9"], budget: 150 }
`;

  test("says what it found as a case that gives the same, to the last bit", async () => {
    const { bestPath, reproduces, outcome } = await found(stake);
    // B is paid for all of its weight once it alone has the majority's support.
    expect(outcome.best.parameters.stake as number).toBeGreaterThan(0.4);
    expect(outcome.confirmed.runs[0]?.b_share).toBeGreaterThanOrEqual(0.9);
    expect(reproduces).toBe(true);
    const text = readFileSync(bestPath, "utf8");
    expect(text).toContain("# Found by hivelab");
    expect(text).toContain(`#   b_share = ${outcome.confirmed.runs[0]?.b_share}`);
  });

  test("goes on where it was, and ends with the same bytes", async () => {
    const plan = searchOf(stake);
    const whole = join(folder, "whole");
    await runSearch({ plan, outDir: whole, workers: 0 });
    const half = join(folder, "half");
    const stopping = new AbortController();
    const stopped = runSearch({
      ...{ plan, outDir: half, workers: 0, signal: stopping.signal },
      onRun: (settled) => {
        if (settled > 60) stopping.abort();
      },
    });
    await expect(stopped).rejects.toThrow("the search was stopped");
    // As a killed one leaves it: with half a line at the end.
    const journal = join(half, "evaluations.jsonl");
    writeFileSync(journal, readFileSync(journal, "utf8").slice(0, -20));
    let made = 0;
    await runSearch({ plan, outDir: half, workers: 0, onRun: () => made++ });
    for (const name of ["result.json", "best.yaml", "evaluations.jsonl", "search.json"]) {
      expect(readFileSync(join(half, name), "utf8"), name).toBe(
        readFileSync(join(whole, name), "utf8"),
      );
    }
    expect(made).toBeGreaterThan(0);
  });

  test("does not mix with another one, or with anything else", async () => {
    const plan = searchOf(stake);
    const other = searchOf(stake.replace("budget: 150", "budget: 151"));
    const dir = join(folder, "taken");
    mkdirSync(dir);
    copyFileSync(join(folder, "small.yaml"), join(dir, "small.yaml"));
    await expect(runSearch({ plan, outDir: dir, workers: 0 })).rejects.toThrow(
      "is not empty (small.yaml) and holds no search",
    );
    await expect(
      runSearch({ plan: other, outDir: join(folder, "whole"), workers: 0 }),
    ).rejects.toThrow("holds another search");
  });
});

test("a search's file and a sweep's plan are told apart", () => {
  expect(() => searchOf("parameters: {}\n")).toThrow(
    "search: is missing; this may be the plan of a sweep; `hivelab sweep` runs plans",
  );
  const path = join(folder, "sought.yaml");
  writeFileSync(path, "version: 1\ntitle: T\nscenario: ./small.yaml\nsearch: { budget: 10 }\n");
  expect(() => loadPlan(path)).toThrow("4:1: search: this is the file of a search");
});

test("a search knows the values of the scenario as it is: written ones, and defaults", () => {
  const of = (paths: string) =>
    searchOf(`parameters: { p: { path: ${paths}, from: 0.1, to: 0.9 } }
search: { minimise: p, budget: 10 }
`).definition.asItIs;
  expect(of('"stakes[0].row.B"')).toEqual({ p: 0.4 });
  expect(of("emission_per_epoch")).toEqual({ p: 100 });
  expect(of("hyperparameters.kappa")).toEqual({});
});

test("a faulty search has its faults told at their places", () => {
  const faults = (body: string) => {
    try {
      searchOf(body);
    } catch (error) {
      if (error instanceof InputError) {
        return error.message.split("\n").map((line) => line.replace(/^.*search-\d+\.yaml:/, ""));
      }
      throw error;
    }
    throw new Error("no fault was found");
  };
  expect(
    faults(`parameters: { x: { from: 0, to: 1 } }
search: { minimise: "x + q", subject_to: ["x >"], budget: 100, seeds: { first: 9, most: 3 } }
`),
  ).toEqual([
    "5:21: search.minimise: `q` is not known here (character 5); known: x",
    "5:43: search.subject_to[0]: ends too early (character 4); a number, a name or a bracket",
    "5:80: search.seeds.first: 9 is above most (3); at most 3",
  ]);
  expect(faults("parameters: {}\nsearch: { budget: 100 }\n")).toEqual([
    "4:13: parameters: there is nothing to search over; a parameter with a range",
    "5:9: search: nothing is sought; `minimise` or `maximise`",
  ]);
  expect(
    faults(`parameters: { x: { values: [keep, 3] } }
search: { minimise: "if(x == 'keep', 1, x)", subject_to: ["x > 2", "1 + 1"], budget: 100 }
`),
  ).toEqual([
    '5:59: search.subject_to[0]: "keep" is not a number; a number',
    "5:68: search.subject_to[1]: gives 2, neither true nor false; a comparison",
  ]);
  expect(
    faults("parameters: { x: { from: 0, to: 1 } }\nsearch: { minimise: x > 0, budget: 100 }\n"),
  ).toEqual(["5:21: search.minimise: gives false; a number; conditions go to `subject_to`"]);
  expect(faults("parameters: {}\nsearch: { minimise: x, budget: 3 }\n")).toEqual([
    "5:32: search.budget: 3 is below 10; a whole number from 10 to 10000000",
  ]);
});
