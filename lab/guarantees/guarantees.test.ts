import { expect, test } from "vitest";
import { FULL_PENALTY, MAJOR_STAKES, mainSetting, plan, publishedThresholds } from "./plan.ts";
import { compared } from "./run.ts";
import runTask from "./worker.ts";

const options = { sigma: 0.4, seed: 0n, quick: false };
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

test("a task gives the same cells after any other task", () => {
  const task = {
    setting: mainSetting(0),
    majorStake: 0.6,
    seed: 0n,
    majorSteps: [30, 31],
    minorSteps: [20],
  };
  const before = runTask(task);
  runTask({ ...task, setting: { ...mainSetting(0.4), yuma3: true }, majorStake: 0.9 });
  expect(runTask(task)).toEqual(before);
  // 60 % of stake that weigh themselves 60 % keep 60 % where nobody deviates.
  const { ours, ok } = compared(sigma0, before);
  expect(ours).toBeCloseTo(0.6, 3);
  expect(ok).toBe(true);
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
