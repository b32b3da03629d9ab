import { describe, expect, test } from "vitest";
import { randomSource } from "../../random.ts";
import { FlowPath } from "./flow-path.ts";

const model = {
  ...{ soldAlpha: 4_000, spentTao: 300 },
  ...{ meanDeviation: 0.2, dailyDeviation: 0.5, memoryDays: 3 },
};

function amounts(changed: Partial<typeof model>, paths: number, days: number) {
  return Array.from({ length: paths }, (_, path) => {
    const own = randomSource("flows").stream("flows");
    own.jump(BigInt(path) << 40n);
    const flow = new FlowPath({ ...model, ...changed }, own);
    return Array.from({ length: days }, () => {
      flow.nextDay();
      return { sold: flow.soldAlpha, spent: flow.spentTao };
    });
  });
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("flows into a pool", () => {
  test("have the mean that was asked for", () => {
    const days = amounts({}, 600, 30).flat();
    expect(mean(days.map(({ sold }) => sold)) / 4_000).toBeCloseTo(1, 1);
    expect(mean(days.map(({ spent }) => spent)) / 300).toBeCloseTo(1, 1);
  });

  test("without deviation are the mean every day", () => {
    const [path] = amounts({ meanDeviation: 0, dailyDeviation: 0 }, 1, 3);
    expect(path).toEqual(Array(3).fill({ sold: 4_000, spent: 300 }));
  });

  test("remember the day before, as long as they are said to", () => {
    const correlation = (memoryDays: number) => {
      const [path] = amounts({ meanDeviation: 0, memoryDays }, 1, 4_000);
      const logs = path.map(({ sold }) => Math.log(sold));
      const middle = mean(logs);
      const products = logs.slice(1).map((x, k) => (x - middle) * (logs[k] - middle));
      return mean(products) / mean(logs.map((x) => (x - middle) * (x - middle)));
    };
    expect(correlation(3)).toBeCloseTo(Math.exp(-1 / 3), 1);
    expect(correlation(0.1)).toBeCloseTo(0, 1);
  });

  test("are whole rao, and differ from path to path", () => {
    const paths = amounts({}, 50, 2);
    for (const { sold, spent } of paths.flat()) {
      expect(sold * 1e9).toBeCloseTo(Math.round(sold * 1e9), 3);
      expect(spent).toBeGreaterThan(0);
    }
    expect(new Set(paths.map(([first]) => first.sold)).size).toBe(50);
  });
});
