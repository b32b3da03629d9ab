import { expect, test } from "vitest";
import { EpochInputError } from "./check-input.ts";
import { taoWeightBits, totalStakes } from "./stake-weight.ts";

const DEFAULT_TAO_WEIGHT = 971_718_665_099_567_868n;

test("the default weight of root stake has 32 fraction bits only", () => {
  expect(taoWeightBits(DEFAULT_TAO_WEIGHT)).toBe(971_718_664_044_675_072n);
});

test("root stake counts for its weight", () => {
  expect(totalStakes([5n, 0n], [0n, 1_000n], DEFAULT_TAO_WEIGHT)).toEqual([
    5n << 64n,
    971_718_664_044_675_072_000n,
  ]);
});

test.each<[string, bigint[], bigint[], bigint]>([
  ["alphaStakeRao[1]", [0n, 1n << 64n], [0n, 0n], 0n],
  ["taoStakeRao[0]", [0n, 0n], [-1n, 0n], 0n],
  ["taoStakeRao", [0n, 0n], [0n], 0n],
  ["taoWeight", [0n], [0n], 1n << 64n],
])("a bad %s is named", (field, alpha, tao, weight) => {
  expect(() => totalStakes(alpha, tao, weight)).toThrow(EpochInputError);
  expect(() => totalStakes(alpha, tao, weight)).toThrow(field);
});
