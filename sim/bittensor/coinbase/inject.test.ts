import { describe, expect, test } from "vitest";
import { balancerPriceBits, EVEN_WEIGHT } from "../pools/balancer.ts";
import { inject, type WaitingPool } from "./inject.ts";

const pool: WaitingPool = {
  taoRao: 1_000_000_000n,
  alphaInRao: 1_000_000_000n,
  quoteWeight: EVEN_WEIGHT,
  taoReservoirRao: 0n,
  alphaReservoirRao: 0n,
};
const nothing = { taoInRao: 0n, alphaInRao: 0n, excessTaoRao: 0n };
const lopsided = { ...nothing, taoInRao: 1_000_000_000_000n };

describe("an injection", () => {
  test("leaves the price where it is, to a few units of the last place", () => {
    const terms = { ...nothing, taoInRao: 30_000_000n, alphaInRao: 10_000_000n };
    const { pool: after } = inject(pool, terms, "buy, weights and reserves");
    const moved = balancerPriceBits(after) - balancerPriceBits(pool);
    expect(moved < 0n ? -moved : moved).toBeLessThan(64n);
    expect(after.taoRao).toBe(1_030_000_000n);
    expect(after.alphaInRao).toBe(1_010_000_000n);
  });

  test("that a weight cannot bear was recycled until spec 425", () => {
    const outcome = inject(pool, lopsided, "weights, buy, reserves");
    expect(outcome.pool).toEqual(pool);
    expect(outcome.spentRao).toBe(0n);
  });

  test("that a weight cannot bear waits since spec 441, until alpha comes to balance it", () => {
    const waiting = inject(pool, lopsided, "buy, weights and reserves");
    expect(waiting.pool.taoReservoirRao).toBe(lopsided.taoInRao);
    expect(waiting.taoInRao).toBe(0n);
    expect(waiting.spentRao).toBe(lopsided.taoInRao);

    const balanced = { ...nothing, alphaInRao: 1_000_000_000_000n };
    const { pool: after } = inject(waiting.pool, balanced, "buy, weights and reserves");
    expect(after.taoReservoirRao).toBe(0n);
    expect(after.taoRao).toBe(1_001_000_000_000n);
    expect(after.alphaInRao).toBe(1_001_000_000_000n);
  });

  test("where only the alpha fits, the TAO waits alone", () => {
    const terms = { ...lopsided, alphaInRao: 5_000_000n };
    const { pool: after } = inject(pool, terms, "buy, weights and reserves");
    expect(after.taoReservoirRao).toBe(lopsided.taoInRao);
    expect(after.alphaReservoirRao).toBe(0n);
    expect(after.alphaInRao).toBe(1_005_000_000n);
  });

  test("a chain buy that the pool refuses goes back to the credit, or was stranded before", () => {
    const terms = { ...nothing, excessTaoRao: 2_000_000_000_000n };
    expect(inject(pool, terms, "buy, weights and reserves").spentRao).toBe(0n);
    expect(inject(pool, terms, "weights, buy, reserves").spentRao).toBe(terms.excessTaoRao);
  });

  test("buying first yields the alpha of the old weights", () => {
    const terms = { taoInRao: 500_000_000n, alphaInRao: 100_000_000n, excessTaoRao: 100_000_000n };
    const first = inject(pool, terms, "buy, weights and reserves");
    const later = inject(pool, terms, "weights, buy, reserves");
    // Even weights are the constant product: 1e9 - 1e18/1.1e9.
    expect(first.boughtAlphaRao).toBe(90_909_090n);
    expect(later.boughtAlphaRao).toBeGreaterThan(first.boughtAlphaRao);
  });
});
