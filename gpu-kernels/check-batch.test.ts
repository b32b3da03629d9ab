import { expect, test } from "vitest";
import { BatchError, checkPathBatch } from "./check-batch.ts";
import { randomPathBatch } from "./example-batches.ts";
import type { PathBatch } from "./types.ts";

const batch = randomPathBatch("faults", 3, 4);
const changed = (field: keyof PathBatch, at: number, value: number): PathBatch => {
  const values = (batch[field] as Float64Array).slice();
  values[at] = value;
  return { ...batch, [field]: values };
};

test.each([
  ["issuanceTao", 1, 21_000_000, "issuanceTao[1]: must be 0 ... below 21000000, got 21000000"],
  ["poolTao", 0, 0, "poolTao[0]: must be above 0, got 0"],
  ["boughtShare", 2, 1.5, "boughtShare[2]: must be 0 ... 1, got 1.5"],
  ["recycledShare", 11, -0.1, "recycledShare[11]: must be 0 ... 1, got -0.1"],
  ["soldAlpha", 4, Number.NaN, "soldAlpha[4]: must be at least 0, got NaN"],
  ["spentTao", 5, Infinity, "spentTao[5]: must be at least 0, got Infinity"],
] as const)("paths with a wrong %s are refused", (field, at, value, message) => {
  expect(() => checkPathBatch(changed(field, at, value))).toThrow(
    new BatchError(...split(message)),
  );
});

test("paths of more days than four halvings can be passed in are refused", () => {
  expect(() => checkPathBatch({ ...batch, days: 5_833 })).toThrow("days: must be an integer");
  expect(() => checkPathBatch({ ...batch, days: 5 })).toThrow("recycledShare: must have 15 values");
});

const split = (message: string): [string, string] => {
  const [field, ...problem] = message.split(": ");
  return [field, problem.join(": ")];
};
