import { describe, expect, test } from "vitest";
import { retentionLine } from "../../sim/bittensor/yuma/guarantees/threshold.ts";
import {
  FULL_PENALTY,
  MAJOR_STAKES,
  mainSetting,
  plan,
  publishedThresholds,
  type Task,
} from "./plan.ts";
import { compared } from "./run.ts";
import runTask, { everyCell } from "./worker.ts";

const options = { sigma: 0.4, seed: 0n, quick: false, wholeGrid: false };
const steps = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, k) => from + k);
const [sigma0, , sigma04] = publishedThresholds;

test("the map has every share once, with the grid of 51 x 51", () => {
  const main = plan(options).filter(
    ({ setting }) => JSON.stringify(setting) === JSON.stringify(mainSetting(0.4)),
  );
  expect(main.map(({ majorStake }) => majorStake)).toEqual(MAJOR_STAKES);
  expect(new Set(main.map((task) => task.majorSteps.length * task.minorSteps.length))).toEqual(
    new Set([51 * 51]),
  );
});

test("every published threshold has its cells, whatever the map's sigma", () => {
  const tasks = plan({ ...options, sigma: 1 });
  for (const { setting, majorStake } of publishedThresholds) {
    const found = tasks.filter(
      (task) =>
        task.majorStake === majorStake && JSON.stringify(task.setting) === JSON.stringify(setting),
    );
    expect(found.length).toBe(1);
  }
  expect(FULL_PENALTY).toBe(65_534);
});

const small: Task = {
  ...{ setting: mainSetting(0), majorStake: 0.6, seed: 0n, isWhole: false },
  ...{ majorSteps: [30, 31], minorSteps: [20], validatorShares: [0.5] },
};

test("a task gives the same cells after any other task", () => {
  const before = everyCell(small);
  everyCell({ ...small, setting: { ...mainSetting(0.4), yuma3: true }, majorStake: 0.9 });
  expect(everyCell(small)).toEqual(before);
  // 60 % of stake that weigh themselves 60 % keep 60 % where nobody deviates.
  const { ours, ok } = compared(sigma0, before);
  expect(ours).toBeCloseTo(0.6, 3);
  expect(ok).toBe(true);
});

/** Lines that are crossed inside the grid, at its edge and never, and stakes that meet kappa. */
const decided: Readonly<Record<string, Task>> = {
  "three lines of one grid": {
    ...{ ...small, setting: mainSetting(0.4), validatorShares: [0.5, 0, 0.25] },
    ...{ majorSteps: steps(30, 43), minorSteps: [0, 15, 30, 45, 50] },
  },
  "Yuma 3 without a penalty": {
    ...{ ...small, setting: { ...mainSetting(0.2), bondsPenalty: 0, yuma3: true } },
    ...{ majorSteps: steps(32, 40), minorSteps: [10, 40] },
  },
  "never, as kappa is above the stake": {
    ...{ ...small, setting: { ...mainSetting(0.4), kappa: 39_321 }, majorStake: 0.55 },
    ...{ majorSteps: [0, 25, 48, 49, 50], minorSteps: [0, 50] },
  },
};

describe.each(Object.entries(decided))("screened: %s", (_, task) => {
  const grid = everyCell(task);
  test.each(["exact", "wasm-f32", "wasm-f64", "typescript", "gpujs-cpu"] as const)(
    "%s gives the lines of the whole grid, from the same exact cells",
    async (screener) => {
      const { cells, confirmed, screened, bound, largestError } = await runTask({ task, screener });
      for (const share of task.validatorShares) {
        const line = retentionLine(grid, task.majorStake, share);
        expect(retentionLine(cells, task.majorStake, share)).toEqual(line);
      }
      expect(grid).toEqual(expect.arrayContaining([...cells]));
      expect(cells).toEqual((await runTask({ task, screener: "exact" })).cells);
      expect(largestError).toBeLessThanOrEqual(bound);
      if (screener.startsWith("wasm")) expect(confirmed).toBeLessThan(screened);
    },
  );
});

test("a threshold further than 1.5 points from the published one is missed", () => {
  const cells = [35, 40].map((majorStep) => ({
    ...{ majorStep, minorStep: 0, validatorRatio: 0, serverRatio: 0 },
    ratio: majorStep / 50 - 0.15,
  }));
  const missed = compared(sigma04, cells);
  expect(missed.ours).toBeCloseTo(0.75, 12);
  expect(missed.ok).toBe(false);
});
