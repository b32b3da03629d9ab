import { describe, expect, test } from "vitest";
import { chainErrors, errorMeanings } from "./errors.ts";
import { chainLimits, limitAt } from "./limits.ts";

describe("the limits", () => {
  test("hold one value at a time, from the code or stored", () => {
    for (const a of chainLimits) {
      const clashes = chainLimits.filter(
        (b) =>
          b !== a &&
          b.name === a.name &&
          b.standing === a.standing &&
          (b.fromBlock ?? 0) < (a.untilBlock ?? Number.POSITIVE_INFINITY) &&
          (a.fromBlock ?? 0) < (b.untilBlock ?? Number.POSITIVE_INFINITY),
      );
      expect(clashes.map((b) => b.name)).toEqual([]);
    }
  });

  test("say where they come from", () => {
    expect(chainLimits.filter((row) => !/^spec\/.+ section \d/.test(row.source))).toEqual([]);
  });

  test("are looked up by block, the stored value before the code's", () => {
    expect(limitAt("children_cooldown", 9_000_000)?.value).toBe(7_200);
    expect(limitAt("network_registration_interval", 7_000_000)?.value).toBe(28_800);
    expect(limitAt("network_registration_interval", 9_000_000)?.value).toBe(14_400);
    expect(limitAt("parents_max", 9_000_000)).toBeUndefined();
    expect(limitAt("stake_operations_per_block", 9_000_000)).toBeUndefined();
  });
});

test("every refusal has a meaning of one line", () => {
  expect(chainErrors.filter((name) => !/^[a-z0-9][^\n]{9,}$/.test(errorMeanings[name]))).toEqual(
    [],
  );
});
