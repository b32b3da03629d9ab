import { expect, test } from "vitest";
import type { EmissionState } from "../lab/captures/emission-state.ts";
import { compareRules } from "../lab/emission/compare-rules.ts";
import { svgOf } from "./picture.ts";
import { ruleComparisonChart } from "./rule-comparison.ts";

const state: EmissionState = {
  file: "state.json",
  block: 8_766_001,
  totalIssuanceRao: null,
  subnets: [1, 2, 3].map((netuid) => ({
    netuid,
    name: netuid === 2 ? "Second" : "",
    movingPriceBits: BigInt(netuid) << 28n,
    observedRao: BigInt(netuid) * 80_000_000n,
  })),
  leftOut: [],
  gateBarBits: 0n,
  values: {},
  lacks: new Set(["flows", "root weights", "root proportion"]),
};

test("the comparison of rules draws a point for each rule and subnet, and what was paid", async () => {
  const chart = ruleComparisonChart(state, compareRules(state));
  expect(chart.data.rules.rule.length).toBe(3 * 5);
  const svg = await svgOf(chart, 600);
  expect(svg).toContain(">SN2 Second</text>");
  expect(svg).toContain(">paid</text>");
  expect(svg).not.toMatch(/NaN|undefined|var\(--/);
});
