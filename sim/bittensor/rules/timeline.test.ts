import { describe, expect, test } from "vitest";
import { datedValueAt, datedValues, type EconomyValues, valuesAt } from "./dated-values.ts";
import { firstLayerWith, ruleLayers, rulesAt, shareRuleNameAt, shareRules } from "./timeline.ts";

describe("the timeline of rules", () => {
  test("is in order, with unique names, and every layer tells its source", () => {
    const blocks = ruleLayers.map(({ firstBlock }) => firstBlock);
    expect(blocks).toEqual([...blocks].sort((a, b) => a - b));
    expect(new Set(ruleLayers.map(({ name }) => name)).size).toBe(ruleLayers.length);
    for (const { date, evidence, summary } of ruleLayers) {
      expect(date).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(evidence.length).toBeGreaterThan(10);
      expect(summary.length).toBeGreaterThan(10);
    }
  });

  test.each([
    [3_000_000, "R1"],
    [4_920_351, "R2"],
    [6_811_690, "R2"],
    [7_000_020, "R3"],
    [8_400_000, "R4"],
    [8_466_531, "R5"],
    [8_636_190, "R5"],
    [8_636_191, "R6"],
    [8_740_402, "R7"],
    [8_766_000, "R8"],
    [9_240_382, "R8"],
  ])("at block %i shares follow %s", (block, name) => {
    expect(shareRuleNameAt(block)).toBe(name);
    const layer = shareRules.find((candidate) => candidate.name === name);
    expect(rulesAt(block).shares).toBe(layer?.changes.shares);
  });

  test("a layer changes only what it states", () => {
    const before = rulesAt(8_486_593);
    const after = rulesAt(8_486_594);
    expect(after).toEqual({
      ...before,
      pool: "balancer",
      epochSchedule: "dynamic",
      ownersSetTempo: true,
    });
  });

  test("a rule can begin earlier, later or never", () => {
    expect(shareRuleNameAt(8_600_000, { R8: 8_500_000 })).toBe("R8");
    expect(shareRuleNameAt(9_000_000, { R8: 9_100_000 })).toBe("R7");
    expect(shareRuleNameAt(9_000_000, { R7: null, R8: null })).toBe("R6");
    // One that begins later than its successors overrules them from then on.
    expect(shareRuleNameAt(9_300_000, { R4: 9_200_000 })).toBe("R4");
    expect(() => rulesAt(1, { R9: 5 })).toThrow("no rule is called R9");
  });

  test("what a scenario asks for can be told the date from which it exists", () => {
    expect(firstLayerWith((rules) => rules.convictionLocks)?.date).toBe("2026-05-28");
    expect(firstLayerWith((rules) => rules.rootDividends === "funds")?.spec).toBe("441");
    expect(firstLayerWith(() => false)).toBeNull();
  });
});

describe("dated values", () => {
  test("exist for every name from block 0 on, each with a source", () => {
    const names = new Set(datedValues.map(({ name }) => name));
    for (const name of names) expect(datedValueAt(name, 0)?.firstBlock).toBe(0);
    expect(datedValues.every(({ source }) => source.length > 5)).toBe(true);
  });

  test.each<[keyof EconomyValues, number, bigint | number]>([
    ["movingAlphaBits", 4_000_000, 12_885n],
    ["movingAlphaBits", 5_373_800, 1_288_490n],
    ["movingAlphaBits", 8_766_000, 1_288_490n],
    ["taoWeight", 9_240_382, 3_320_413_933_267_719_290n],
    ["gateRank", 8_740_402, 0],
    ["gateRank", 8_765_684, 32],
    ["lockReductionBlocks", 7_000_020, 57_600],
    ["lockReductionBlocks", 9_240_878, 115_200],
    ["swapFeeU16", 5_950_000, 196],
  ])("%s at block %i is %s", (name, block, value) => {
    expect(valuesAt(block)[name]).toBe(value);
  });

  test("give way to a scenario's own", () => {
    expect(valuesAt(9_000_000, { gateRank: 64 }).gateRank).toBe(64);
  });
});

describe("dated values under a moved rule", () => {
  test("come with it when they came with it on the chain", () => {
    expect(valuesAt(8_600_000, {}, { R8: 8_500_000 }).gateRank).toBe(32);
    expect(valuesAt(9_000_000, {}, { R8: null }).gateRank).toBe(0);
  });

  test("that followed it keep their own date, once it has begun", () => {
    expect(valuesAt(5_500_000, {}, { "concentrated pools": 5_400_000 }).swapFeeU16).toBe(196);
    expect(valuesAt(5_969_149, {}, { "concentrated pools": 5_400_000 }).swapFeeU16).toBe(33);
    expect(valuesAt(6_500_000, {}, { "concentrated pools": null }).swapFeeU16).toBe(0);
    expect(valuesAt(6_500_000, {}, { "concentrated pools": 6_400_000 }).swapFeeU16).toBe(33);
  });
});
