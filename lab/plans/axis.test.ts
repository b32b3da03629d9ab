import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Axis, levelOf, unitOf, valueAt } from "./axis.ts";

const range = (rest: Partial<Extract<Axis, { kind: "range" }>>): Axis => ({
  ...{ kind: "range", from: 0, to: 1, scale: "linear", whole: false, steps: null },
  ...rest,
});
const units = fc.double({ min: 0, max: 1, noNaN: true });

describe("an axis", () => {
  test("has the levels that its steps say, without a digit too many", () => {
    const levels = (axis: Axis, count: number) =>
      Array.from({ length: count }, (_, k) => levelOf(axis, k));
    expect(levels(range({ from: 0.1, to: 0.4, steps: 4 }), 4)).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(levels(range({ from: 1, to: 1000, scale: "log", steps: 4 }), 4)).toEqual([
      1, 10, 100, 1000,
    ]);
    expect(levels(range({ from: 1, to: 10, whole: true, steps: 4 }), 4)).toEqual([1, 4, 7, 10]);
  });

  test("gives each whole number and each value of a list the same room", () => {
    const count = (axis: Axis) => {
      const seen = new Map<unknown, number>();
      for (let k = 0; k < 1200; k++) {
        const value = valueAt(axis, (k + 0.5) / 1200);
        seen.set(value, (seen.get(value) ?? 0) + 1);
      }
      return Object.fromEntries(seen);
    };
    expect(count(range({ from: -1, to: 2, whole: true }))).toEqual({
      "-1": 300,
      "0": 300,
      "1": 300,
      "2": 300,
    });
    expect(count({ kind: "list", values: ["a", true, 3] })).toEqual({ a: 400, true: 400, 3: 400 });
    expect(count(range({ steps: 3 }))).toEqual({ 0: 400, 0.5: 400, 1: 400 });
  });

  test.each([
    ["linear", range({ from: -3, to: 8 })],
    ["log", range({ from: 0.01, to: 50, scale: "log" })],
    ["whole", range({ from: 3, to: 9, whole: true })],
    ["log of whole numbers", range({ from: 1, to: 90, whole: true, scale: "log" })],
    ["list", { kind: "list", values: ["x", "y", "z"] } satisfies Axis],
  ])("reads its own values back (%s)", (_, axis) => {
    fc.assert(
      fc.property(units, (unit) => {
        const value = valueAt(axis, unit);
        expect(valueAt(axis, unitOf(axis, value))).toEqual(value);
        if (axis.kind === "range") {
          expect(value).toBeGreaterThanOrEqual(axis.from);
          expect(value).toBeLessThanOrEqual(axis.to);
        }
      }),
    );
  });
});
