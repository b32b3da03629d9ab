import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareDividends, splitTake } from "./dividends.ts";

const TAU_BITS = 773_094_113n; // 0.18
const rao = (bits: bigint): bigint => bits >> 32n;
const claim = fc.record({
  alphaStakeRao: fc.bigInt(0n, 10n ** 15n),
  rootStakeRao: fc.bigInt(0n, 10n ** 15n),
  dividendRao: fc.bigInt(0n, 10n ** 12n),
});

describe("an epoch's dividends", () => {
  test("never pay more than what was pending, and nearly all of it where anyone can be paid", () => {
    const pools = fc.tuple(fc.bigInt(0n, 10n ** 13n), fc.bigInt(0n, 10n ** 13n));
    fc.assert(
      fc.property(
        fc.array(claim, { minLength: 1, maxLength: 20 }),
        pools,
        (claims, [alpha, root]) => {
          const shares = shareDividends(claims, alpha, root, TAU_BITS);
          const paid = (field: "alphaBits" | "rootBits") =>
            rao(shares.reduce((sum, share) => sum + share[field], 0n));
          expect(paid("alphaBits")).toBeLessThanOrEqual(alpha);
          expect(paid("rootBits")).toBeLessThanOrEqual(root);
          const alphaClaims = claims.filter((c) => c.dividendRao > 0n && c.alphaStakeRao > 0n);
          // Each share is floored to 2^-32 of the pool.
          if (alphaClaims.length > 0) {
            expect(alpha - paid("alphaBits")).toBeLessThanOrEqual(
              BigInt(claims.length) + (alpha >> 27n),
            );
          }
        },
      ),
    );
  });

  test("follow the hotkey's own stakes: root stake alone earns root alpha alone", () => {
    const [onRoot, onAlpha] = shareDividends(
      [
        { alphaStakeRao: 0n, rootStakeRao: 500n, dividendRao: 100n },
        { alphaStakeRao: 500n, rootStakeRao: 0n, dividendRao: 100n },
      ],
      1_000n,
      1_000n,
      TAU_BITS,
    );
    expect([onRoot.alphaBits, rao(onRoot.rootBits)]).toEqual([0n, 1_000n]);
    expect([rao(onAlpha.alphaBits), onAlpha.rootBits]).toEqual([1_000n, 0n]);
  });

  test("leave the root slice of a hotkey that is not on root to the others", () => {
    const stakes = { alphaStakeRao: 100n, rootStakeRao: 100n, dividendRao: 50n };
    const [off, on] = shareDividends([{ ...stakes, onRoot: false }, stakes], 0n, 900n, TAU_BITS);
    expect(off.rootBits).toBe(0n);
    expect(rao(on.rootBits)).toBe(900n);
  });

  test("are cut by the take, each part floored", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.integer({ min: 0, max: 65_535 }),
        (dividend, take) => {
          const { takeRao, stakersRao } = splitTake(dividend << 32n, take);
          expect(dividend - takeRao - stakersRao).toBeGreaterThanOrEqual(0n);
          expect(dividend - takeRao - stakersRao).toBeLessThanOrEqual(1n);
        },
      ),
    );
  });
});
