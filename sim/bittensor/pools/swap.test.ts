import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PERQUINTILL } from "../../amounts.ts";
import { balancerPriceBits, type Reserves } from "./balancer.ts";
import { largestSwap } from "./limits.ts";
import {
  HIGHEST_PRICE_LIMIT_RAO,
  isRefused,
  LOWEST_PRICE_LIMIT_RAO,
  limitPriceBits,
  poolAfter,
  quoteSwap,
  type SwapFill,
  type SwapOrder,
} from "./swap.ts";

const pool: Reserves = {
  taoRao: 60_000_000_000_000n,
  alphaInRao: 2_400_000_000_000_000n,
  quoteWeight: PERQUINTILL / 2n,
};
const buy = (amountRao: bigint, changes: Partial<SwapOrder> = {}): SwapOrder => ({
  side: "buy",
  amountRao,
  limitPriceRao: HIGHEST_PRICE_LIMIT_RAO,
  feeRateU16: 33,
  ...changes,
});
const sell = (amountRao: bigint, changes: Partial<SwapOrder> = {}): SwapOrder => ({
  ...buy(amountRao),
  side: "sell",
  limitPriceRao: LOWEST_PRICE_LIMIT_RAO,
  ...changes,
});
const refusalOf = (reserves: Reserves, order: SwapOrder) => {
  const outcome = quoteSwap(reserves, order);
  return isRefused(outcome) ? outcome.refusal : null;
};

describe("a swap is refused, with the chain's own name,", () => {
  test("when the reserve it would take from is below the minimum, or gives nothing", () => {
    expect(refusalOf({ ...pool, alphaInRao: 999_999n }, buy(10n ** 9n))).toBe("ReservesTooLow");
    expect(refusalOf(pool, sell(1n))).toBe("ReservesTooLow");
  });

  test("when it is over a thousand times the reserve it enters", () => {
    expect(refusalOf(pool, buy(pool.taoRao * 1_002n))).toBe("SwapInputTooLarge");
  });

  test("when the price stands at the limit or beyond", () => {
    expect(refusalOf(pool, buy(10n ** 9n, { limitPriceRao: 25_000_000n }))).toBe(
      "PriceLimitExceeded",
    );
    expect(refusalOf(pool, sell(10n ** 9n, { limitPriceRao: 25_000_000n }))).toBe(
      "PriceLimitExceeded",
    );
  });
});

describe("a swap under a price limit", () => {
  const weight = fc.bigInt(PERQUINTILL / 4n, (3n * PERQUINTILL) / 4n);
  const amount = fc.bigInt(10_000_000n, 10n ** 14n);

  test("stops before the price has passed it", () => {
    fc.assert(
      fc.property(weight, amount, fc.integer({ min: 1, max: 500 }), (quoteWeight, size, step) => {
        const reserves = { ...pool, quoteWeight };
        const spot = balancerPriceBits(reserves);
        const limitPriceRao = ((spot * 10n ** 9n) >> 64n) + BigInt(step) * 100_000n;
        const outcome = quoteSwap(reserves, buy(size, { limitPriceRao })) as SwapFill;
        const end = poolAfter(reserves, "buy", outcome.paidInRao, outcome.paidOutRao);
        // The input is floored to rao and the output too, so the end may miss by a few parts.
        expect(balancerPriceBits(end)).toBeLessThanOrEqual(
          limitPriceBits(limitPriceRao) + spot / 10n ** 9n,
        );
        expect(outcome.paidInRao + outcome.feeRao).toBeLessThanOrEqual(size);
      }),
      { numRuns: 40 },
    );
  });

  test("fills the largest amount that is announced beforehand, and no more of a larger order", () => {
    const limits = { limitPriceRao: 26_000_000n, feeRateU16: 33 };
    const largest = largestSwap(pool, { side: "buy", ...limits });
    if ("refusal" in largest) throw new Error(largest.refusal);
    // 60,000 TAO times sqrt(26/25) - 1, and the fee on top.
    expect(Number(largest.amountRao)).toBeCloseTo(
      60_000e9 * 0.0198039027185569 * (65_535 / 65_502),
      -4,
    );
    const larger = quoteSwap(pool, buy(2n * largest.amountRao, limits)) as SwapFill;
    expect(larger.hitLimit).toBe(true);
    expect(larger.paidInRao + larger.feeRao).toBe(largest.amountRao);
  });
});
