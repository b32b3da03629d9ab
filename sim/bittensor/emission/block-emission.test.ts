import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_SUPPLY_RAO, RAO_PER_TAO } from "../../amounts.ts";
import { blockEmissionRao, halvingsDone, halvingThresholdRao } from "./block-emission.ts";

/** The rule as the spec writes it: the largest k with (21e15 - issuance) * 2^k <= 21e15. */
function emissionByDefinition(issuanceRao: bigint): bigint {
  const left = MAX_SUPPLY_RAO - issuanceRao;
  if (left <= 0n) return 0n;
  let halvings = 0n;
  while (left << (halvings + 1n) <= MAX_SUPPLY_RAO) halvings++;
  return 1_000_000_000n >> halvings;
}

describe("block emission", () => {
  test("is that of the definition at every threshold, a rao before and a rao after", () => {
    for (let halvings = 0; halvings < 64; halvings++) {
      const threshold = halvingThresholdRao(halvings);
      for (const issuanceRao of [threshold - 1n, threshold, threshold + 1n]) {
        expect(blockEmissionRao(issuanceRao)).toBe(emissionByDefinition(issuanceRao));
      }
    }
  });

  test("is that of the definition at any issuance", () => {
    const anywhere = fc.bigInt({ min: 0n, max: MAX_SUPPLY_RAO + RAO_PER_TAO });
    const nearTheCap = fc
      .tuple(fc.nat({ max: 55 }), fc.bigInt({ min: -5n, max: 5n }))
      .map(([shift, off]) => MAX_SUPPLY_RAO - (MAX_SUPPLY_RAO >> BigInt(shift)) + off);
    fc.assert(
      fc.property(fc.oneof(anywhere, nearTheCap), (issuanceRao) => {
        expect(blockEmissionRao(issuanceRao)).toBe(emissionByDefinition(issuanceRao));
      }),
    );
  });

  test("halves at 10.5, 15.75 and 18.375 million TAO, and ends at 21 million", () => {
    const tao = (amount: number) => BigInt(amount) * RAO_PER_TAO;
    expect([1, 2, 3].map(halvingThresholdRao)).toEqual(
      [10_500_000, 15_750_000, 18_375_000].map(tao),
    );
    expect(halvingsDone(tao(10_500_000) - 1n)).toBe(0);
    expect(halvingsDone(tao(10_500_000))).toBe(1);
    expect(blockEmissionRao(MAX_SUPPLY_RAO - 1n)).toBe(0n);
    expect(blockEmissionRao(MAX_SUPPLY_RAO)).toBe(0n);
  });
});
