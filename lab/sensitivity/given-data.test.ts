import { sampleRankCorrelation } from "simple-statistics";
import { describe, expect, test } from "vitest";
import { randomSource } from "../../sim/random.ts";
import { givenColumn, givenMeasures, ranksOf } from "./given-data.ts";

const count = 2_000;
const random = randomSource("given").stream("test");
const uniform = () => Array.from({ length: count }, () => random.uniform());
const all = Uint32Array.from({ length: count }, (_, k) => k);

describe("a sample of independent parameters", () => {
  const [a, b, c] = [uniform(), uniform(), uniform()];
  const kinds = c.map((x) => (x < 0.5 ? "low" : "high"));
  const columns = [givenColumn(a), givenColumn(b), givenColumn(kinds)];

  test("shows how much of the variance each explains", () => {
    // Variances of 9/12, 1/12 and 4/4 = 1: of 1.8333 in all.
    const outcome = Float64Array.from(a, (x, k) => 3 * x - b[k] + (kinds[k] === "low" ? 2 : 0));
    const [first, second, third, rankA, rankB, rankC] = givenMeasures(columns, outcome, all);
    expect(first).toBeCloseTo(9 / 22, 1);
    expect(second).toBeCloseTo(1 / 22, 1);
    expect(third).toBeCloseTo(12 / 22, 1);
    expect(rankA).toBeCloseTo(sampleRankCorrelation(a, [...outcome]), 9);
    expect(rankB).toBeLessThan(0);
    expect(rankC).toBe(Number.NaN);
  });

  test("shows nothing, give or take, where there is nothing", () => {
    const noise = Float64Array.from({ length: count }, () => random.normal());
    const [first, second, third] = givenMeasures(columns, noise, all);
    for (const value of [first, second, third]) expect(Math.abs(value)).toBeLessThan(0.02);
  });

  test("sees a curve that no correlation sees", () => {
    const outcome = Float64Array.from(a, (x) => (x - 0.5) * (x - 0.5));
    const [first, , , rank] = givenMeasures(columns, outcome, all);
    expect(first).toBeGreaterThan(0.95);
    expect(Math.abs(rank)).toBeLessThan(0.1);
  });
});

test("equal values share their rank", () => {
  expect([...ranksOf(Float64Array.from([3, 1, 3, 0]))]).toEqual([3, 1.5, 3, 0.5]);
});
