import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PERQUINTILL } from "../../amounts.ts";
import { powRatioScaled } from "./big-power.ts";
import { fastParts, powParts } from "./fast-power.ts";

const slow = (n: bigint, d: bigint, en: bigint, ed: bigint) =>
  powRatioScaled(n, d, en, ed, 256, PERQUINTILL);

/** A reserve, an order against it, and the weight of TAO in parts of 10^18. */
const reserve = fc.bigInt(1_000_000n, 21_000_000n * 10n ** 9n);
const anyWeight = fc.bigInt(PERQUINTILL / 100n, (99n * PERQUINTILL) / 100n);
const liveWeight = fc.bigInt(499_999_600_000_000_000n, 500_000_000_000_000_000n);
const sizes = [1n, 1_000n, 1_000_000n, 1_000_000_000n];
const order = fc.tuple(reserve, fc.bigInt(1n, 10n ** 9n), fc.constantFrom(...sizes));

describe("the fast power", () => {
  test.each([
    ["live weights", liveWeight],
    ["any weights", anyWeight],
  ])("equals the chain's series to the last unit at %s", (_name, weights) => {
    fc.assert(
      fc.property(order, weights, ([held, part, size], weight) => {
        const filled = held + (held * part) / (size * 1_000_000n) + 1n;
        const base = PERQUINTILL - weight;
        expect(powParts(held, filled, base, weight)).toBe(slow(held, filled, base, weight));
      }),
      { numRuns: 150 },
    );
  });

  test("leaves open what lies too near to an integer, and the series decides", () => {
    // (1/4)^(3/6) is exactly one half; the exact root is taken by the chain.
    expect(fastParts(1n, 4n, 3n, 6n)).toBeNull();
    expect(powParts(1n, 4n, 3n, 6n)).toBe(PERQUINTILL / 2n);
    // A base of which the 10^18 parts are a whole number, to a power just off one.
    const [n, d] = [123_456_789n, 10n ** 9n];
    const nearOne = PERQUINTILL + 1n;
    expect(powParts(n, d, nearOne, PERQUINTILL)).toBe(slow(n, d, nearOne, PERQUINTILL));
  });

  test("decides nearly all orders by itself", () => {
    let open = 0;
    fc.assert(
      fc.property(order, liveWeight, ([held, part, size], weight) => {
        const filled = held + (held * part) / (size * 1_000_000n) + 1n;
        if (fastParts(held, filled, PERQUINTILL - weight, weight) === null) open++;
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect(open).toBeLessThan(20);
  });

  test("keeps the chain's answer where its series diverges", () => {
    const [n, d, en, ed] = [1n, 1_001n, 99n * 10n ** 16n + 1n, 10n ** 16n];
    expect(fastParts(n, d, en, ed)).toBeNull();
    expect(powParts(n, d, en, ed)).toBe(slow(n, d, en, ed));
  });

  test("is one for an empty order, and none for a missing denominator", () => {
    expect(powParts(5n, 5n, 3n, 7n)).toBe(PERQUINTILL);
    expect(powParts(5n, 0n, 3n, 7n)).toBeNull();
    expect(powParts(0n, 5n, 3n, 7n)).toBe(0n);
  });
});
