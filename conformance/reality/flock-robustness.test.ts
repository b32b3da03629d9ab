import { describe, expect, test } from "vitest";
import { DEFAULT_LEARNING_TASK } from "../../sim/flock/alliance/learning.ts";
import {
  flockRobustness,
  ROBUSTNESS_SETTINGS,
  robustnessChecks,
  robustnessTable,
} from "./flock-robustness.ts";

describe("the robustness experiment of FL Alliance", () => {
  const rows = flockRobustness({
    ...ROBUSTNESS_SETTINGS,
    attacks: ["label_flip"],
    nonIid: [0],
    seeds: ["1"],
    rounds: 40,
    task: { ...DEFAULT_LEARNING_TASK, separation: 5 },
  });

  test("votes and slashing hold the accuracy that poison takes from an undefended federation", () => {
    expect(rows.map(({ attackRatio }) => attackRatio)).toEqual([0.1, 0.2, 0.3, 0.4]);
    for (const row of rows) expect(row.defendedAccuracy).toBeGreaterThan(0.97);
    const [least, , , most] = rows;
    expect(least.undefendedAccuracy).toBeGreaterThan(most.undefendedAccuracy);
    expect(most.undefendedAccuracy).toBeLessThan(0.7);
  });

  test("is told with its checks and its table", () => {
    const settings = {
      ...ROBUSTNESS_SETTINGS,
      attackRatios: [0.3],
      attacks: ["label_flip"] as const,
      seeds: ["1"],
      rounds: 4,
    };
    const few = flockRobustness(settings);
    const checks = robustnessChecks(few);
    const table = robustnessTable(few);
    expect(checks.map(({ published }) => published)).toEqual([0.995, 0.64]);
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0]).toHaveLength(table.head.length);
  });

  test("malicious clients lose their tokens, honest ones do not", () => {
    for (const row of rows) {
      expect(row.meanMaliciousTokens).toBeLessThan(10);
      expect(row.meanHonestTokens).toBeGreaterThan(60);
    }
  });
});
