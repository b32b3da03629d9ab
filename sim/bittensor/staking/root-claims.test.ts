import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  claimIndices,
  claimOn,
  claimRateIncreaseBits,
  earnedRao,
  movedWatermarkRao,
  owedRao,
} from "./root-claims.ts";

const tao = 1_000_000_000n;

describe("accrued root dividends", () => {
  test("lose at most the root stake * 2^-32 to the rate's resolution, and never grow", () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 15n), fc.bigInt(0n, 10n ** 12n), (stake, amount) => {
        fc.pre(amount <= stake);
        const rate = claimRateIncreaseBits(amount, stake) ?? 0n;
        const earned = earnedRao(rate, stake);
        expect(earned).toBeLessThanOrEqual(amount);
        expect(amount - earned).toBeLessThanOrEqual((stake >> 32n) + 1n);
      }),
    );
  });

  test("of more than the root stake go to the owner instead", () => {
    expect(claimRateIncreaseBits(2n, 1n)).toBeNull();
  });

  test("are neither made nor lost when stake is added", () => {
    const rate = claimRateIncreaseBits(3n * tao, 10n * tao) ?? 0n;
    const owed = owedRao(rate, 4n * tao, 0n);
    const watermark = movedWatermarkRao(0n, rate, 6n * tao);
    expect(owedRao(rate, 10n * tao, watermark) - owed).toBeLessThanOrEqual(1n);
    expect(movedWatermarkRao(5n, rate, -6n * tao)).toBe(0n);
  });
});

describe("a claim", () => {
  test("sells by default, keeps where asked, and skips dust", () => {
    expect(claimOn(5, 600_000n, { kind: "swap" })?.action).toBe("sell");
    expect(claimOn(5, 600_000n, { kind: "keep" })?.action).toBe("keep");
    const some = { kind: "keepSubnets" as const, netuids: new Set([5]) };
    expect(claimOn(5, 600_000n, some)?.action).toBe("keep");
    expect(claimOn(6, 600_000n, some)?.action).toBe("sell");
    expect(claimOn(5, 499_999n, { kind: "swap" })).toBeNull();
  });

  test("is made for distinct stakers within the list", () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(hash, fc.integer({ min: 1, max: 50 }), fc.nat(10_000), (bytes, claims, n) => {
        const indices = claimIndices(bytes, claims, n + 1);
        expect(new Set(indices).size).toBe(indices.length);
        expect(indices.length).toBeLessThanOrEqual(claims);
        expect(indices.every((index) => index >= 0 && index <= n)).toBe(true);
      }),
    );
  });
});
