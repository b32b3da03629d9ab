import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gini, nakamoto } from "./concentration.ts";

const amounts = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 50 });
const someone = amounts.filter((all) => all.some((amount) => amount > 0));

describe("the Gini coefficient", () => {
  test("of equal parts is 0, of 1 2 3 4 is 1/4, of 0 and 5 (one holder) is 0", () => {
    expect(gini([3, 3, 3])).toBe(0);
    expect(gini([4, 1, 3, 2])).toBe(0.25);
    expect(gini([0, 5])).toBe(0);
    expect(gini([1, 99])).toBeCloseTo(0.49, 15);
  });

  test("is the mean absolute difference over twice the mean", () => {
    fc.assert(
      fc.property(someone, (all) => {
        const held = all.filter((amount) => amount > 0);
        const mean = held.reduce((a, b) => a + b, 0) / held.length;
        const differences = held.flatMap((a) => held.map((b) => Math.abs(a - b)));
        const meanDifference = differences.reduce((a, b) => a + b, 0) / held.length ** 2;
        expect(gini(all)).toBeCloseTo(meanDifference / (2 * mean), 12);
      }),
    );
  });
});

describe("the Nakamoto coefficient", () => {
  test("counts the fewest who hold more than half", () => {
    expect(nakamoto([1, 1, 1, 1])).toBe(3);
    expect(nakamoto([51, 49])).toBe(1);
    expect(nakamoto([50, 50])).toBe(2);
    expect(nakamoto([0, 10, 10, 10, 0])).toBe(2);
  });

  test("lies between 1 and the number of holders and is the same in any order", () => {
    fc.assert(
      fc.property(someone, (all) => {
        const fewest = nakamoto(all);
        expect(fewest).toBeGreaterThanOrEqual(1);
        expect(fewest).toBeLessThanOrEqual(all.filter((amount) => amount > 0).length);
        expect(nakamoto([...all].reverse())).toBe(fewest);
      }),
    );
  });
});

test("nothing to share has no concentration, and nonsense is refused", () => {
  expect([gini([]), gini([0]), nakamoto([0, 0])]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(() => gini([1, -1])).toThrow("an amount must be at least 0, got -1");
  expect(() => nakamoto([Number.NaN])).toThrow("got NaN");
});
