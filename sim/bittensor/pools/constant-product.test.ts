import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancerPriceBits, EVEN_WEIGHT, taoForAlpha } from "./balancer.ts";
import {
  productAlphaForTao,
  productPriceBits,
  productTaoForAlpha,
  removalFeeRao,
} from "./constant-product.ts";

const reserve = fc.bigInt(1_000_000n, 10n ** 16n);

describe("the constant-product pool", () => {
  test("keeps at least its product in any trade", () => {
    fc.assert(
      fc.property(reserve, reserve, fc.bigInt(0n, 10n ** 14n), (taoRao, alphaInRao, input) => {
        const pool = { taoRao, alphaInRao };
        const product = taoRao * alphaInRao;
        const bought = productAlphaForTao(pool, input);
        expect((taoRao + input) * (alphaInRao - bought)).toBeGreaterThanOrEqual(product);
        const received = productTaoForAlpha(pool, input);
        expect((alphaInRao + input) * (taoRao - received)).toBeGreaterThanOrEqual(product);
      }),
    );
  });

  test("is the weighted pool at even weights", () => {
    fc.assert(
      fc.property(reserve, reserve, fc.bigInt(1n, 10n ** 14n), (taoRao, alphaInRao, input) => {
        const weighted = { taoRao, alphaInRao, quoteWeight: EVEN_WEIGHT };
        expect(balancerPriceBits(weighted)).toBe(productPriceBits(weighted));
        // The weighted pool goes through parts of 10^18, so it may differ in the last places.
        const difference = taoForAlpha(weighted, input) - productTaoForAlpha(weighted, input);
        expect(difference < 0n ? -difference : difference).toBeLessThanOrEqual(
          2n + taoRao / 10n ** 17n,
        );
      }),
    );
  });

  test("asked for the yield of an epoch on removal, at least 0.005 per cent and 50,000 rao", () => {
    expect(removalFeeRao(100_000_000n, 0n, 0n)).toBe(50_000n);
    expect(removalFeeRao(10_000_000_000n, 0n, 1n)).toBe(500_000n);
    expect(removalFeeRao(10_000_000_000n, 1_000n, 1_000_000n)).toBe(10_000_000n);
  });
});
