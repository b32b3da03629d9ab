import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromFloat, toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { defaultShareParams } from "../rules/code-defaults.ts";
import { shares } from "../rules/hill-gate.ts";
import { barByMass, barByRank, hillGate, refreshedBar } from "./hill-gate.ts";
import type { ShareSubnet } from "./shares.ts";

const bits = (value: number): bigint => fromFloat(U64F64, value);
const { gate } = defaultShareParams;
const kept = (ratio: number): number => {
  // Two subnets: one on the bar and one at `ratio` of it; normalisation keeps their proportion.
  const [atBar, other] = hillGate([bits(0.1), bits(0.1 * ratio)], bits(0.1), gate.exponentBits);
  return (toFloat(U64F64, other) / toFloat(U64F64, atBar) / ratio) * 0.5;
};

const subnet = (netuid: number, price: number, emissionEnabled = true): ShareSubnet => ({
  netuid,
  movingPriceBits: BigInt(Math.round(price * 4_294_967_296)),
  emissionEnabled,
});

describe("the bar of the Hill gate", () => {
  const falling = Array.from({ length: 40 }, (_, i) => bits((40 - i) / 1000));

  test("by rank it is the N-th largest positive share", () => {
    expect(barByRank(falling, 32)).toBe(bits(9 / 1000));
    expect(barByRank([0n, ...falling.slice(0, 5), 0n], 32)).toBe(bits(36 / 1000));
    expect(barByRank([0n, 0n], 32)).toBe(0n);
  });

  test("by mass it is the share at which the running sum reaches the quantile", () => {
    const shares = [bits(0.125), bits(0.5), bits(0.25), bits(0.125)];
    expect(barByMass(shares, bits(0.5))).toBe(bits(0.5));
    expect(barByMass(shares, bits(0.75))).toBe(bits(0.25));
    expect(barByMass(shares, bits(0.76))).toBe(bits(0.125));
    expect(barByMass(shares, bits(2))).toBe(bits(0.125));
  });

  test("it moves only in multiples of 360 blocks, or while none is stored", () => {
    expect(refreshedBar(7n, falling, 8_765_999, gate)).toBe(7n);
    expect(refreshedBar(7n, falling, 8_766_000, gate)).toBe(bits(9 / 1000));
    expect(refreshedBar(0n, falling, 8_765_999, gate)).toBe(bits(9 / 1000));
    expect(refreshedBar(7n, [0n], 8_766_000, gate)).toBe(7n);
  });
});

describe("the Hill gate", () => {
  test("keeps half at the bar, 8/9 at twice and 1/9 at half of it", () => {
    expect(kept(1)).toBeCloseTo(1 / 2, 8);
    expect(kept(2)).toBeCloseTo(8 / 9, 6);
    expect(kept(1 / 2)).toBeCloseTo(1 / 9, 6);
  });

  test("without a bar, or when nothing passes, shares stay as they are", () => {
    expect(hillGate([1n, 2n, 3n], 0n, gate.exponentBits)).toEqual([1n, 2n, 3n]);
    expect(hillGate([0n, 0n], 5n, gate.exponentBits)).toEqual([0n, 0n]);
  });

  test("never reorders subnets, and gives out all emission but for roundings", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.002, max: 1, noNaN: true }), { minLength: 2, maxLength: 130 }),
        (prices) => {
          const subnets = prices.map((price, i) => subnet(i + 1, price));
          const { shareBits } = shares(
            { block: 360, subnets, gateBarBits: 0n },
            defaultShareParams,
          );
          const total = shareBits.reduce((sum, share) => sum + share, 0n);
          expect(U64F64.oneBits - total).toBeGreaterThanOrEqual(0n);
          expect(U64F64.oneBits - total).toBeLessThan(BigInt(prices.length));
          const byPrice = subnets.map((s, i) => ({
            price: s.movingPriceBits,
            share: shareBits[i],
          }));
          byPrice.sort((a, b) => Number(a.price - b.price));
          for (let i = 1; i < byPrice.length; i++) {
            expect(byPrice[i].share).toBeGreaterThanOrEqual(byPrice[i - 1].share);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("squeezes a share of more than 1,056 bars, because the exponential overflows", () => {
    expect(kept(1_050)).toBeCloseTo(1, 5);
    expect(kept(1_060)).toBeLessThan(1e-9);
  });

  test("a disabled subnet inside the top 32 still holds its rank and moves the bar", () => {
    const prices = Array.from({ length: 40 }, (_, i) => 0.04 - i * 0.001);
    const enabled = prices.map((price, i) => subnet(i + 1, price));
    const oneOff = prices.map((price, i) => subnet(i + 1, price, i !== 3));
    const at = (subnets: ShareSubnet[]) =>
      shares({ block: 360, subnets, gateBarBits: 0n }, defaultShareParams);
    expect(at(oneOff).gateBarBits).toBe(at(enabled).gateBarBits);
    expect(at(oneOff).shareBits[3]).toBe(0n);
    expect(at(oneOff).shareBits[0]).toBeGreaterThan(at(enabled).shareBits[0]);
  });
});
