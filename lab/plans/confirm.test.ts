import { expect, test } from "vitest";
import { confirmSize, thousands } from "./confirm.ts";
import type { Plan } from "./plan.ts";

const plan = (points: number, replicates = 1) =>
  ({ name: "wide", points, replicates, size: points * replicates }) as Plan;

test("more than a hundred thousand runs want a yes", () => {
  expect(() => confirmSize(plan(100_000), false)).not.toThrow();
  expect(() => confirmSize(plan(1e9), false)).toThrow(
    "wide: 1,000,000,000 runs (1,000,000,000 points, 1 seed); --dry-run says how long they take, --yes makes them",
  );
  expect(() => confirmSize(plan(1e9), true)).not.toThrow();
});

test("more runs than a sweep can number are refused, with a yes too", () => {
  expect(() => confirmSize(plan(2 ** 32), true)).not.toThrow();
  expect(() => confirmSize(plan(1e27), true)).toThrow(
    /1,000,000,000,000,000,0.* runs .*; a sweep has at most 4,294,967,296/,
  );
});

test("counts are written out, however large", () => {
  expect([999, 1_000, 1e21].map(thousands)).toEqual([
    "999",
    "1,000",
    "1,000,000,000,000,000,000,000",
  ]);
});
