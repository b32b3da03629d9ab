import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomSource } from "../../random.ts";
import { flockParameters } from "../parameters.ts";
import { assignmentCounts } from "./assignments.ts";
import { closeness, closenessWeights, consensusScores, ranksByLoss } from "./consensus.ts";
import { byWeight, divideEmission, splitRoles } from "./split.ts";

const { arena } = flockParameters();

/** Three validators of stakes 1, 2, 5 on two submissions; the last is far off on both. */
const validations = {
  count: 6,
  validator: Int32Array.of(0, 1, 2, 0, 1, 2),
  submission: Int32Array.of(0, 0, 0, 1, 1, 1),
  score: Float64Array.of(0.5, 0.5, 0.9, 0.3, 0.3, 0.7),
};

describe("consensus over validations", () => {
  test("is the stake-weighted mean", () => {
    const scores = consensusScores(validations, 3, [1, 2, 5]);
    expect(scores[0]).toBeCloseTo((0.5 + 1 + 4.5) / 8, 12);
    expect(scores[1]).toBeCloseTo((0.3 + 0.6 + 3.5) / 8, 12);
    expect(scores[2]).toBeNaN();
  });

  test("pays the closer validator more, and the one who validated more", () => {
    const scores = consensusScores(validations, 2, [1, 1, 1]);
    const measured = closeness(validations, scores, 4);
    const weights = closenessWeights(measured, [2, 2, 2, 2], arena);
    expect(weights[0]).toBeGreaterThan(weights[2]);
    expect(weights[3]).toBe(0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    const given = [4, 2, 2, 2];
    expect(closenessWeights(measured, given, arena)[0]).toBeLessThan(weights[0]);
    expect(closenessWeights(measured, given, { ...arena, closenessEffort: "off" })).toEqual(
      closenessWeights(measured, [2, 2, 2, 2], { ...arena, closenessEffort: "count" }),
    );
  });

  test("ranks by loss, an unscored submission last", () => {
    expect([...ranksByLoss([0.4, Number.NaN, 0.2, 0.4])]).toEqual([1, 3, 0, 2]);
  });
});

describe("validation assignments", () => {
  test("are all given, each validator within one of what is due to his stake", () => {
    const stakes = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.nat(5000), stakes, fc.string(), (total, staked, seed) => {
        const counts = assignmentCounts(total, staked, randomSource(seed).stream("assign"));
        const all = staked.reduce((sum, stake) => sum + stake, 0);
        const given = counts.reduce((sum, count) => sum + count, 0);
        expect(given).toBe(all === 0 ? 0 : total);
        for (const [j, stake] of staked.entries()) {
          if (all > 0) expect(Math.abs(counts[j] - (total * stake) / all)).toBeLessThan(1.001);
        }
      }),
    );
  });
});

describe("the division of the emission", () => {
  test("serves FL Alliance by its stake and leaves the rest to the arena", () => {
    expect(divideEmission(100, 1, 3)).toEqual({ alliance: 25, arena: 75 });
    expect(divideEmission(100, 0, 0)).toEqual({ alliance: 0, arena: 0 });
    expect(byWeight(90, [1, 2])).toEqual([30, 60]);
  });

  test("gives both roles the whole together, half each where gamma is one half", () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (gamma, t, v) => {
        const { nodes, validators } = splitRoles(1000, gamma, t, v);
        expect(nodes + validators).toBeCloseTo(1000, 6);
        expect(nodes).toBeGreaterThanOrEqual(1000 * gamma - 1e-9);
      }),
    );
    expect(splitRoles(1000, 0.5, 1, 999)).toEqual({ nodes: 500, validators: 500 });
    expect(() => splitRoles(1, 0.51, 1, 1)).toThrow(/gamma/);
  });
});
