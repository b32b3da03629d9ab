import { describe, expect, test } from "vitest";
import { genesisChecks } from "./genesis.ts";
import { lockFrom, lockIntervalAt, pruneChecks, readPrunes } from "./prunes.ts";
import { yieldChecks } from "./yields.ts";

const failing = (checks: readonly { readonly ok: boolean }[]) => checks.filter(({ ok }) => !ok);

describe("the prunes of October 2025 to October 2026", () => {
  test("follow from each other", () => {
    const checks = pruneChecks();
    expect(checks.length).toBe(53);
    expect(failing(checks)).toEqual([]);
  });

  test("would not under one interval throughout, halving or not", () => {
    const prunes = readPrunes();
    const missed = (interval: bigint) =>
      prunes.slice(1).filter((after, index) => {
        const { lockTao, boundTao } = lockFrom(prunes[index], after, interval);
        return Math.abs(lockTao - after.lock_tao.value) > boundTao;
      }).length;
    expect(missed(57_600n)).toBe(11);
    expect(missed(28_800n)).toBe(40);
    expect([7_000_000, 7_103_976, 7_415_113].map(lockIntervalAt)).toEqual([
      57_600n,
      28_800n,
      57_600n,
    ]);
  });
});

test("yields follow from emission, root proportion and earning alpha", () => {
  const checks = yieldChecks();
  expect(checks.length).toBe(7);
  expect(failing(checks)).toEqual([]);
});

test("the shipped state of March 2023 has the published statistics", () => {
  expect(failing(genesisChecks())).toEqual([]);
});
