import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../fault.ts";
import { loadCase } from "./load.ts";

const good = `version: 1
title: Two and two
epochs: 3
hyperparameters: { kappa: 0.6, bonds_moving_average: 0.95, alpha_low: 0.1 }
validators: [A, B]
servers: [x, y]
stake_unit: share
total_stake_tao: 500
stakes:
  - epoch: 0
    row: { A: 0.6, B: 0.4 }
  - epoch: 2
    row: { A: 0.5, B: 0.5 }
weights:
  - epoch: 0
    rows:
      A: { x: 1, y: 3 }
      B: { x: 2 }
  - epoch: 1
    rows:
      B: { y: 1 }
reset_bonds:
  - { epoch: 2, server: y }
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "case-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function load(text: string, sets: string[] = [], versions: string[] = []) {
  const path = join(folder, "case.yaml");
  writeFileSync(path, text);
  return loadCase(path, sets, versions);
}

/** Each fault from its line on. */
function faultsOf(text: string, sets: string[] = []): string[] {
  try {
    load(text, sets);
  } catch (error) {
    if (error instanceof InputError) {
      return error.message.split("\n").map((line) => line.replace(/^.*case\.yaml:/, ""));
    }
    throw error;
  }
  return [];
}

test("rows hold until they change; the largest weight of a row is 65,535", () => {
  const { what } = load(good);
  if (what.kind !== "named") throw new Error("not named");
  const { epochs } = what.yumaCase;
  expect(epochs.map(({ weights }) => weights)).toEqual([
    [
      [21_845, 65_535],
      [65_535, 0],
    ],
    [
      [21_845, 65_535],
      [0, 65_535],
    ],
    [
      [21_845, 65_535],
      [0, 65_535],
    ],
  ]);
  expect(epochs.map(({ stakeRao }) => stakeRao[0])).toEqual([
    300_000_000_000n,
    300_000_000_000n,
    250_000_000_000n,
  ]);
  expect(epochs.map(({ resetServers }) => resetServers)).toEqual([[], [], [1]]);
});

test("parameters reach every version in its own units; what is not said stays", () => {
  const { versions } = load(good, [], ["yuma1-textbook", "yuma3-liquid"]);
  expect(versions[0].parameters).toMatchObject({ kappa: 0.6, bondsPenalty: 1 });
  expect(versions[1].parameters).toMatchObject({
    ...{ kappa: 39_321, bondsMovingAverage: 950_000, alphaLow: 6_553, alphaHigh: 58_982 },
    ...{ yuma3: true, liquidAlpha: true },
  });
});

describe("a fault stands at its place and says what would be right", () => {
  test.each([
    [
      "      A: { x: 1, y: 3 }",
      "      A: { z: 1 }",
      "17:15: weights[0].rows.A.z: no such name; one of x, y",
    ],
    ["  - epoch: 1\n", "  - epoch: 3\n", "19:12: weights[1].epoch: 3 never comes; below 3"],
    ["servers: [x, y]", "servers: [x, x]", "6:14: servers[1]: is listed twice; each name once"],
    [
      "{ A: 0.6, B: 0.4 }",
      "{ A: 0.6 }",
      "11:10: stakes[0].row: has no stake of B; one for each validator",
    ],
    [
      "validators: [A, B]\n",
      "metagraph: metagraph-sn15\n",
      "6:10: servers: stands beside metagraph; leave one of the two out",
    ],
  ])("%s -> %s", (from, to, fault) => {
    expect(faultsOf(good.replace(from, to))).toContain(fault);
  });

  test("numbers that are none, and fields that are none", () => {
    expect(faultsOf(good, ["epochs=0"])[0]).toMatch(/epochs: 0 is below 1; /);
    expect(faultsOf(good, ["hyperparameters.kappa=.nan"])[0]).toMatch(/is not a number/);
    expect(faultsOf(good, ["hyperparameters.kapa=1"])[0]).toMatch(/did you mean `kappa`/);
    expect(() => load(good, [], ["yuma9"])).toThrow(/no Yuma version yuma9; there are: yuma1/);
  });
});
