import { expect, test } from "vitest";
import type { KnownElsewhere } from "../lab/sweep/pending.ts";
import { counting, partOf } from "./sweep.ts";

test("results that are taken over are counted, others are not", () => {
  const result = { status: "done", outcomes: [1] } as const;
  const known: KnownElsewhere = (key) => (key === "a" ? result : undefined);
  const taken = { count: 0 };
  const counted = counting(known, taken);
  expect([counted("a"), counted("b"), counted("a")]).toEqual([result, undefined, result]);
  expect(taken.count).toBe(2);
});

test("a part is counted from 1 and lies within its whole", () => {
  expect([partOf(undefined), partOf("2/8")]).toEqual([
    { index: 0, of: 1 },
    { index: 1, of: 8 },
  ]);
  for (const text of ["0/8", "9/8", "1", "1/0", "a/b", "-1/2"]) {
    expect(() => partOf(text), text).toThrow("--shard");
  }
});
