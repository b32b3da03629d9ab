import { describe, expect, test } from "vitest";
import { defaultShareParams } from "../../sim/bittensor/rules/code-defaults.ts";
import { shares as gateShares } from "../../sim/bittensor/rules/hill-gate.ts";
import { meanShareError, readEmission8740402 } from "./emission-8740402.ts";
import { realityGroups } from "./registry.ts";

describe("published and captured values", () => {
  test.each(realityGroups.filter(({ isSlow }) => !isSlow).map(({ name, run }) => ({ name, run })))(
    "$name agrees",
    ({ run }) => {
      const checks = run();
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
    },
  );

  test("block 8,740,402 does not follow the rule of a week later", () => {
    const subnets = readEmission8740402();
    const state = { block: 8_740_402, subnets, gateBarBits: 0n };
    const byRank = gateShares(state, defaultShareParams).shareBits;
    expect(meanShareError(subnets, byRank)).toBeGreaterThan(2e-4);
  });
});
