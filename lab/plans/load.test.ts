import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../scenarios/fault.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { loadPlan } from "./load.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-plans-"));
afterAll(() => rmSync(folder, { recursive: true }));

const head = `version: 1
title: A test
scenario: flock-mid-2025
`;
let made = 0;
function plan(body: string, start = head) {
  const path = join(folder, `plan-${made++}.yaml`);
  writeFileSync(path, start + body);
  return loadPlan(path);
}

/** The faults, without the file's name. */
function faults(body: string, start = head): string[] {
  try {
    plan(body, start);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.message.split("\n").map((line) => line.replace(/^.*?plan-\d+\.yaml:/, ""));
  }
  throw new Error("no fault was found");
}

const grid = `
parameters:
  wait: { path: flock.taste.wait_cost_per_year, from: 0.5, to: 2, steps: 3, scale: log }
  days: { path: flock.horizon_days, from: 30, to: 90, steps: 3 }
  matured: { path: flock.taste.matured_locks, values: [keep, roll] }
derived:
  nodes: { path: flock.nodes.count, value: "round(days / wait)" }
constraints: ["days * wait < 100", "matured == 'keep' or wait > 0.5"]
seeds: 2
`;

describe("a plan of a grid", () => {
  test("has each combination once for each seed, the last parameter first", () => {
    const { at, size, points, replicates } = plan(grid);
    expect([size, points, replicates]).toEqual([36, 18, 2]);
    const first = at(0);
    expect(first).toEqual({
      index: 0,
      point: 0,
      replicate: 0,
      seed: "hivelab/0",
      parameters: { wait: 0.5, days: 30, matured: "keep", nodes: 60 },
      sets: [
        "flock.taste.wait_cost_per_year=0.5",
        "flock.horizon_days=30",
        'flock.taste.matured_locks="keep"',
        "flock.nodes.count=60",
        'seed="hivelab/0"',
      ],
      rejected: null,
    });
    expect(at(1).seed).toBe("hivelab/1");
    expect(at(2).parameters.matured).toBe("roll");
    expect(at(35).parameters).toEqual({ wait: 2, days: 90, matured: "roll", nodes: 45 });
    const seen = new Set(Array.from({ length: size }, (_, k) => JSON.stringify(at(k).sets)));
    expect(seen.size).toBe(36);
    expect(() => at(36)).toThrow(RangeError);
  });

  test("says which constraint a point breaks", () => {
    const { at } = plan(grid);
    expect(at(2).rejected).toBe("matured == 'keep' or wait > 0.5");
    expect(at(35).rejected).toBe("days * wait < 100");
  });

  test("of a billion of billions of runs is as small as any", () => {
    const wide = [1, 2, 3].map(
      (k) =>
        `  p${k}: { path: flock.parameters.marketplace.${["model_buyback_share", "flock_buyback_share", "treasury_revenue_share"][k - 1]}, from: 0, to: 1, steps: 100000 }`,
    );
    const { at, size } = plan(`parameters:\n${wide.join("\n")}\n`);
    expect(size).toBe(1e15);
    expect(at(1e15 - 1).parameters).toEqual({ p1: 1, p2: 1, p3: 1 });
  });
});

describe("seeds", () => {
  const seed = (text: string, index: number) =>
    plan(`parameters: {}\nseeds: ${text}\n`).at(index).seed;
  test("are the scenario's own where none are asked for", () => {
    expect(plan("parameters: {}\n").at(0).seed).toBe("hivelab");
  });

  test("are common to all points unless they are told apart", () => {
    expect(seed("{ count: 3, from: x }", 2)).toBe("x/2");
    expect(seed("[a, 7]", 1)).toBe("7");
    const apart = plan(
      "parameters: { d: { path: flock.horizon_days, values: [1, 2] } }\nseeds: { count: 2, common: false }\n",
    );
    expect([0, 1, 2, 3].map((k) => apart.at(k).seed)).toEqual([
      "hivelab/0/0",
      "hivelab/0/1",
      "hivelab/1/0",
      "hivelab/1/1",
    ]);
  });
});

describe("zipped lists", () => {
  test("go through their values together", () => {
    const { at, size } = plan(`parameters:
  a: { path: flock.horizon_days, values: [1, 2, 3] }
  b: { path: flock.nodes.count, values: [5, 6] }
  c: { path: flock.validators.count, from: 10, to: 30, steps: 3 , whole: true}
design: { kind: grid, zip: [[a, c]] }
`);
    expect(size).toBe(6);
    expect([0, 1, 5].map((k) => at(k).parameters)).toEqual([
      { a: 1, b: 5, c: 10 },
      { a: 1, b: 6, c: 10 },
      { a: 3, b: 6, c: 30 },
    ]);
  });

  test("are of one length", () => {
    expect(
      faults(`parameters:
  a: { path: flock.horizon_days, values: [1, 2, 3] }
  b: { path: flock.nodes.count, values: [5, 6] }
design: zip
`),
    ).toEqual(["6:6: parameters.b: b has 2 values, a has 3; as many for each that are zipped"]);
  });
});

describe("a faulty plan", () => {
  test("has each fault told at its place", () => {
    expect(
      faults(`set: { flock.horizon_dys: 3 }
parameters:
  a: { path: flock.taste.wait_cost_sprad, from: 0, to: 1, steps: 2 }
  b: { path: flock.nodes.count, from: 5, to: 1, steps: 3 }
  c: { path: flock.horizon_days, from: 0, to: 10.5, steps: 3 }
  d: { path: seed, values: [1] }
  e: { path: flock.taste.horizon_spread, from: 1, to: 7 }
constraints: ["a + z < 1", "a ="]
outcomes:
  x: { table: flock_suply, column: emission }
  y: { table: flock_supply, column: emision }
  z: { value: "y / q" }
`),
    ).toEqual([
      '4:27: set."flock.horizon_dys": "flock.horizon_dys" is no field of the scenario; did you mean `horizon_days`?',
      '6:14: parameters.a.path: "flock.taste.wait_cost_sprad" is no field of the scenario; did you mean `wait_cost_spread`?',
      "7:46: parameters.b.to: the range from 5 to 1 is empty; above 5",
      "8:6: parameters.c: 0 to 10.5 is not of whole numbers; whole ends",
      "9:14: parameters.d.path: the seed is varied by `seeds`; seeds: 10",
      "10:6: parameters.e: a grid needs to know how many values to take; `steps`",
      "10:55: parameters.e.to: 7 is not allowed by the scenario; a number from 0 to 5",
      "11:15: constraints[0]: `z` is not known here (character 5); known: a, b, c, d, e",
      "11:28: constraints[1]: `=` is not read in a formula (character 3); equality is ==",
      "13:15: outcomes.x.table: flock_suply is no table of this scenario; did you mean `flock_supply`?",
      "14:37: outcomes.y.column: flock_supply has no column emision; did you mean `emission`?",
      "15:15: outcomes.z.value: `q` is not known here (character 5); known: a, b, c, d, e, x, y",
    ]);
  });

  test("may name no scenario that is there", () => {
    expect(faults("parameters: {}\n", "version: 1\ntitle: T\nscenario: flock-mid-2052\n")).toEqual([
      '3:11: scenario: "flock-mid-2052" is not among the shipped scenarios; did you mean flock-mid-2025?',
    ]);
  });

  test("may set no field twice", () => {
    expect(
      faults(`parameters:
  a: { path: flock.horizon_days, values: [1] }
  b: { path: [flock.nodes.count, flock.horizon_days], values: [2] }
`),
    ).toEqual([
      "6:34: parameters.b.path[1]: flock.horizon_days is set by a already; by one of them",
    ]);
  });
});

test("a point whose derived value does not exist is rejected, and sets nothing for it", () => {
  const { at } = plan(`parameters:
  a: { path: flock.taste.wait_cost_per_year, values: [0, 2] }
derived:
  b: { path: flock.taste.required_per_year, value: 1 / a }
`);
  expect(at(0)).toMatchObject({ rejected: "b: 1 / a has no value", parameters: { a: 0 } });
  expect(at(0).sets).toEqual(["flock.taste.wait_cost_per_year=0"]);
  expect(at(1)).toMatchObject({ rejected: null, parameters: { a: 2, b: 0.5 } });
});

test("formulas that mix kinds, and settings of the prompt that the scenario lacks, are told", () => {
  const body = `parameters:
  a: { path: flock.taste.matured_locks, values: [keep] }
constraints: ["a > 3"]
`;
  expect(() => plan(body)).toThrow('"keep" is not a number');
  const path = join(folder, "set.yaml");
  writeFileSync(path, `${head}parameters: {}\n`);
  expect(() => loadPlan(path, ["flock.horizon_days=3", "flock.horizn_days=3"])).toThrow(
    '--set 2: "flock.horizn_days" is no field of the scenario; did you mean `horizon_days`?',
  );
});

describe("the definition", () => {
  test("is the same text wherever the plan lies, and another for another plan", () => {
    expect(plan(grid).canonical).toBe(plan(grid).canonical);
    expect(plan(grid).canonical).not.toBe(plan(grid.replace("seeds: 2", "seeds: 3")).canonical);
    expect(plan(grid).canonical).not.toContain(folder);
  });
});

test("the plans that come with hivelab are right", () => {
  const finney = loadPlan(join(scenariosFolder, "plans", "miners-sell.yaml"));
  expect([finney.kind, finney.size]).toEqual(["bittensor", 27]);
  const flock = loadPlan(join(scenariosFolder, "plans", "flock-lock-taste.yaml"));
  expect([flock.kind, flock.size]).toEqual(["flock", 20]);
});

describe("what a plan says that no schema sees", () => {
  const mixed = `parameters:
  a: { path: flock.taste.wait_cost_per_year, values: [1, 2] }
  word: { values: [auto, 3] }
`;
  test("a condition that is neither true nor false, or fits only some of its values, is told", () => {
    expect(
      faults(`${mixed}constraints: ["a + 1", "a > 1", "word > 2", "if(a > 0, 1, 2)"]\n`),
    ).toEqual([
      "7:15: constraints[0]: gives 2, neither true nor false; a comparison",
      '7:33: constraints[2]: "auto" is not a number; a number',
      "7:45: constraints[3]: gives 1, neither true nor false; a comparison",
    ]);
    const { at } = plan(`${mixed}constraints: ["if(word == 'auto', true, word > 2)"]\n`);
    expect([0, 1, 2, 3].map((run) => at(run).rejected)).toEqual([null, null, null, null]);
  });

  test("a computed outcome is a number, whatever its parameters are", () => {
    expect(
      faults(`${mixed}outcomes:
  a1: { value: word * 2 }
  a2: { value: a * 2 }
  a3: { value: "if(a2 > 1, 'many', 'few')" }
  a4: { value: a > 1 }
`),
    ).toEqual([
      '8:16: outcomes.a1.value: "auto" is not a number; a number',
      '10:16: outcomes.a3.value: gives "many"; a number',
    ]);
  });

  test("a condition that fits no later value rejects it, and says why", () => {
    const { at } = plan(`parameters:
  a: { values: [1, 2, 3] }
derived:
  b: { value: "if(a < 3, a, 'many')" }
constraints: ["b > 0"]
`);
    expect([0, 1, 2].map((run) => at(run).rejected)).toEqual([
      null,
      null,
      'b > 0: "many" is not a number',
    ]);
  });

  test("a derived value that the scenario does not allow is told where its formula stands", () => {
    const [fault] = faults(`parameters:
  a: { values: [1, 2] }
derived:
  b: { path: flock.horizon_days, value: 1.5 - 10 * a }
`);
    expect(fault).toMatch(
      /^7:41: derived\.b\.value: -8\.5 is not allowed by the scenario; a whole number/,
    );
  });

  test("names that are none, __proto__ too, are told", () => {
    expect(
      faults(`parameters:
  __proto__: { values: [1] }
  "A b": { values: [1] }
set: { __proto__: 1 }
`).map((line) => line.split(";")[0]),
    ).toEqual([
      "5:3: parameters.__proto__: unknown field",
      '6:3: parameters."A b": "A b" is no name',
      "7:8: set.__proto__: unknown field",
    ]);
  });

  test("a design that is none, and what is missing in one, is told with what would be right", () => {
    const design = (text: string) =>
      faults(`parameters: { a: { from: 0, to: 1 } }\ndesign: ${text}\n`);
    expect(design("{ kind: halton, points: 3 }")).toEqual([
      '5:17: design.kind: "halton" is not right here; `grid`, `zip`, `random`, `latin_hypercube`, `sobol`, `saltelli` or `morris`',
    ]);
    expect(design("sobol")).toEqual([
      '5:9: design: "sobol" is not right here; `grid` or `zip`, or a group of fields',
    ]);
    expect(design("{ kind: morris, trajectories: 3, levels: 5 }")).toEqual([
      "5:50: design.levels: 5 is not right here; an even number of at least 2",
    ]);
    expect(design("{ kind: sobol, base: 8 }")).toEqual([
      "5:9: design.points: is missing; a whole number from 1 to 4294967296",
      "5:24: design.base: unknown field; known here: kind, points, seed, scramble",
    ]);
  });

  test("the prompt sets nothing that the plan varies", () => {
    const path = join(folder, "varied.yaml");
    writeFileSync(path, `${head}parameters: { a: { path: flock.horizon_days, values: [1, 2] } }\n`);
    expect(() => loadPlan(path, ["flock.horizon_days=3"])).toThrow(
      "--set 1: flock.horizon_days is varied by a; leave it out, or --param flock.horizon_days=VALUE",
    );
    expect(() => loadPlan(path, ["seed"])).toThrow('--set 1: "seed" is not path=value');
  });
});
