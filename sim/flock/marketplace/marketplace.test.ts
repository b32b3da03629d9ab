import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flockFromWei, weiFromFlock } from "../amounts.ts";
import { amountInFor, amountOut, integerSqrt } from "../constant-product.ts";
import { buyFlock, flockMarket, priceUsd, sellFlock, tradeTowards } from "../market.ts";
import { flockParameters } from "../parameters.ts";
import { buyBackTokens, buyTokens, closeRaise, openOffering, sellTokens } from "./offering.ts";
import { splitApiRevenue, splitTokenRevenue } from "./revenue.ts";
import { bootstrapShares, incentiveScores, userScores } from "./scores.ts";

const { marketplace: rules, market: marketRules } = flockParameters();
const reserve = fc.bigInt({ min: 1n, max: 10n ** 27n });

describe("a constant product", () => {
  test("never falls, and the amount asked for is the least that buys it", () => {
    fc.assert(
      fc.property(reserve, reserve, reserve, (x, y, dx) => {
        const out = amountOut(x, y, dx);
        expect((x + dx) * (y - out)).toBeGreaterThanOrEqual(x * y);
        const needed = amountInFor(x, y, out);
        if (needed !== null && out > 0n) {
          expect(needed).toBeLessThanOrEqual(dx);
          expect(amountOut(x, y, needed)).toBeGreaterThanOrEqual(out);
          expect(amountOut(x, y, needed - 1n)).toBeLessThan(out);
        }
      }),
    );
  });

  test("integer square root", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), (value) => {
        const root = integerSqrt(value);
        expect(root * root <= value && value < (root + 1n) * (root + 1n)).toBe(true);
      }),
    );
  });
});

describe("the FLOCK market", () => {
  const market = flockMarket(marketRules);

  test("opens at its price; a round trip costs the fee twice", () => {
    expect(priceUsd(market)).toBeCloseTo(0.15, 9);
    const bought = buyFlock(market, 1_000_000_000n);
    const sold = sellFlock(bought.market, bought.outAmount);
    expect(Number(sold.outAmount) / 1e9).toBeCloseTo(0.997 * 0.997, 4);
  });

  test.each([0.05, 0.1499, 0.15, 0.16, 0.6])(
    "trades towards a price of %f arrive there",
    (target) => {
      const trade = tradeTowards(market, target);
      const free = { ...market, feePart: 0n };
      const after =
        trade.side === "buy" ? buyFlock(free, trade.usdMicro) : sellFlock(free, trade.flockWei);
      expect(priceUsd(after.market) / target).toBeCloseTo(1, 6);
    },
  );
});

describe("a model's offering", () => {
  const open = openOffering(0, rules);

  test("that misses its minimum pays back all but the fee, and has no token", () => {
    const bought = buyTokens(open, 7, weiFromFlock(1000));
    if (!bought) throw new Error("refused");
    expect(flockFromWei(bought.feeWei)).toBe(15);
    const closed = closeRaise(bought.offering);
    expect(closed.offering.status).toBe("refunded");
    expect([...closed.refundsWei]).toEqual([[7, weiFromFlock(985)]]);
    expect(buyTokens(closed.offering, 7, 1n)).toBeNull();
  });

  test("that meets it launches; its tokens are on the curve, held or burned, never lost", () => {
    const amounts = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 60_000, max: 200_000 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(amounts, (contributions) => {
        let offering = open;
        for (const [who, flock] of contributions) {
          offering = buyTokens(offering, who, weiFromFlock(flock))?.offering ?? offering;
        }
        offering = closeRaise(offering).offering;
        expect(offering.status).toBe("launched");
        offering = buyBackTokens(offering, weiFromFlock(1000));
        const [who] = contributions[0];
        const sold = sellTokens(offering, who, offering.holdings.get(who) ?? 0n);
        if (!sold) throw new Error("refused");
        expect(sold.flockWei).toBeLessThanOrEqual(offering.curve.flockWei);
        const { curve, holdings, burnedTokens, supply } = sold.offering;
        const held = [...holdings.values()].reduce((sum, tokens) => sum + tokens, 0n);
        expect(curve.tokens + held + burnedTokens).toBe(supply);
      }),
    );
  });

  test("sells nothing before its launch, and to nobody more than is held", () => {
    const bought = buyTokens(open, 1, weiFromFlock(60_000));
    if (!bought) throw new Error("refused");
    expect(sellTokens(bought.offering, 1, 1n)).toBeNull();
    const launched = closeRaise(bought.offering).offering;
    expect(sellTokens(launched, 1, bought.tokens + 1n)).toBeNull();
    expect(sellTokens(launched, 2, 1n)).toBeNull();
  });
});

describe("revenue", () => {
  test("is split whole, on both platforms", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), (usdMicro) => {
        for (const split of [
          splitTokenRevenue(usdMicro, rules),
          splitApiRevenue(usdMicro, rules),
        ]) {
          expect(Object.values(split).reduce((sum, part) => sum + part, 0n)).toBe(usdMicro);
          expect(Object.values(split).every((part) => part >= 0n)).toBe(true);
        }
      }),
    );
    expect(splitApiRevenue(1000n, rules).issuer).toBe(500n);
    expect(() => splitTokenRevenue(1n, { ...rules, treasuryRevenueShare: 0.6 })).toThrow(
      RangeError,
    );
  });
});

describe("user scores", () => {
  test("dividing one's spending over two names gains nothing", () => {
    const whole = userScores(
      [
        { usage: 10, stake: 5 },
        { usage: 30, stake: 5 },
      ],
      rules.usageAlpha,
    );
    const split = userScores(
      [
        { usage: 5, stake: 5 },
        { usage: 5, stake: 0 },
        { usage: 30, stake: 5 },
      ],
      rules.usageAlpha,
    );
    expect(split[0] + split[1]).toBeLessThanOrEqual(whole[0]);
    expect(incentiveScores([{ usage: 1, stake: 0 }])).toEqual([0]);
  });

  test("the bootstrap emission goes to usage and fades with age", () => {
    const shares = bootstrapShares(
      [
        { usage: 10, ageDays: 0 },
        { usage: 10, ageDays: 30 },
        { usage: 0, ageDays: 0 },
      ],
      30,
    );
    expect(shares).toEqual([2 / 3, 1 / 3, 0]);
  });
});
