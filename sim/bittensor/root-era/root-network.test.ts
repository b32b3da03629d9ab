import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rootWeightShares } from "../emission/root-weights.ts";
import { rootEraParametersAt, rootWeightParams } from "./parameters.ts";
import { RootNetwork } from "./root-network.ts";
import { TaoStakes } from "./tao-stakes.ts";

const params = rootWeightParams(rootEraParametersAt(4_000_000));

const validator = fc.record({
  stakeRao: fc.bigInt(1n, 10n ** 15n),
  weights: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 65_535 })), {
    minLength: 5,
    maxLength: 5,
  }),
});

function networkOf(validators: readonly { stakeRao: bigint; weights: number[] }[]) {
  const stakes = new TaoStakes();
  const root = new RootNetwork();
  for (const [i, { stakeRao, weights }] of validators.entries()) {
    const id = stakes.open(`v${i}`, `v${i}`, true);
    stakes.deposit(id, `v${i}`, stakeRao);
    root.seat(id, -1);
    root.setRow(id, { netuids: [...weights.keys()], values: weights }, 1);
  }
  return { stakes, root };
}

const sharesOf = (root: RootNetwork, netuids: readonly number[]) =>
  netuids.map((netuid) => root.standings.get(netuid)?.shareBits ?? 0n);

describe("the root epoch", () => {
  test("in whole rows has the bits of the rule, cell by cell", () => {
    fc.assert(
      fc.property(fc.array(validator, { minLength: 1, maxLength: 8 }), (validators) => {
        const { stakes, root } = networkOf(validators);
        root.epoch(stakes, params);
        expect(sharesOf(root, [0, 1, 2, 3, 4])).toEqual(rootWeightShares(validators, 5, params));
      }),
    );
  });

  test("forgets a subnet that is gone: its weights count for the others", () => {
    const validators = [
      { stakeRao: 600n, weights: [0, 1, 3, 4, 0] },
      { stakeRao: 400n, weights: [0, 2, 2, 0, 6] },
    ];
    const { stakes, root } = networkOf(validators);
    root.forget(4);
    root.epoch(stakes, params);
    const without = validators.map(({ stakeRao, weights }) => ({
      stakeRao,
      weights: weights.with(4, 0),
    }));
    expect(sharesOf(root, [0, 1, 2, 3, 4])).toEqual(rootWeightShares(without, 5, params));
    expect(root.standings.has(4)).toBe(false);
  });

  test("knows nothing of the weights of one who has lost the seat", () => {
    const { stakes, root } = networkOf([
      { stakeRao: 10n, weights: [0, 1, 0, 0, 0] },
      { stakeRao: 5n, weights: [0, 0, 1, 0, 0] },
    ]);
    const newcomer = stakes.open("new", "new", true);
    stakes.deposit(newcomer, "new", 7n);
    root.seat(newcomer, 1);
    root.epoch(stakes, params);
    expect(root.seats).toEqual([0, newcomer]);
    expect([...root.standings.keys()]).toEqual([1]);
  });
});
