import { describe, expect, test } from "vitest";
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { rootWeightShares } from "./root-weights.ts";

const floats = (bits: readonly bigint[]) => bits.map((share) => toFloat(U64F64, share));

describe("emission by root weights", () => {
  test("shares by weight where all stake agrees on which subnets count", () => {
    const validators = [
      { stakeRao: 600n, weights: [1, 3] },
      { stakeRao: 400n, weights: [2, 2] },
    ];
    const [first, second] = floats(rootWeightShares(validators, 2));
    expect(first).toBeCloseTo(0.6 * 0.25 + 0.4 * 0.5, 7);
    expect(second).toBeCloseTo(0.6 * 0.75 + 0.4 * 0.5, 7);
  });

  test("nearly silences a subnet that only a third of the stake weighs", () => {
    const validators = [
      { stakeRao: 300n, weights: [1, 1] },
      { stakeRao: 700n, weights: [1, 0] },
    ];
    const [, second] = floats(rootWeightShares(validators, 2));
    const sigmoid = 1 / (1 + Math.exp(-30 * (0.3 - 0.5)));
    expect(second).toBeCloseTo((0.15 * sigmoid) / (0.85 + 0.15 * sigmoid), 6);
  });

  test("is nothing without weights", () => {
    expect(rootWeightShares([{ stakeRao: 5n, weights: [] }], 3)).toEqual([0n, 0n, 0n]);
  });
});
