import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromFloat, I96F32, toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { blocksSinceStart, nextMovingPriceBits } from "./moving-price.ts";

/** The live weight of 0.0003, half of it after 28 days. */
const live = { movingAlphaBits: 1_288_490n, halvingBlocks: 201_600 };
const MATURE = 4_000_000;
const spot = (tao: number): bigint => fromFloat(U64F64, tao);
const moving = (tao: number): bigint => fromFloat(I96F32, tao);

describe("the moving price", () => {
  test("counts blocks from the start call, the first emission block as one", () => {
    expect(blocksSinceStart(1_000, 1_000)).toBe(1);
    expect(blocksSinceStart(1_005, 1_000)).toBe(6);
    expect(blocksSinceStart(10, 0)).toBe(10);
    expect(blocksSinceStart(998, 1_000)).toBe(0);
  });

  test("moves toward the spot price, never past it", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: MATURE }),
        (from, to, age) => {
          const before = moving(from);
          const after = nextMovingPriceBits(before, spot(to), age, live);
          const [low, high] = from < to ? [before, moving(to)] : [moving(to), before];
          // A fall is floored, so that it may end a unit lower.
          expect(after).toBeGreaterThanOrEqual(low - 1n);
          expect(after).toBeLessThanOrEqual(high);
        },
      ),
    );
  });

  test("does not rise by less than 2^-32 a block: the dead band", () => {
    const price = moving(0.05);
    const step = 2 ** -32 / 0.0003;
    const just = nextMovingPriceBits(price, spot(0.05 + 0.9 * step), MATURE * 100, live);
    expect(just).toBeLessThanOrEqual(price);
    const beyond = nextMovingPriceBits(price, spot(0.05 + 2.2 * step), MATURE * 100, live);
    expect(beyond).toBeGreaterThan(price);
  });

  test("takes a spot price above one TAO as one", () => {
    expect(nextMovingPriceBits(0n, spot(5), MATURE, live)).toBe(
      nextMovingPriceBits(0n, spot(1), MATURE, live),
    );
  });

  test("has a half-life of 2,310 blocks on a mature subnet", () => {
    let price = 0n;
    for (let i = 0; i < 2_310; i++) price = nextMovingPriceBits(price, spot(0.1), 10 ** 9, live);
    expect(toFloat(I96F32, price)).toBeCloseTo(0.05, 4);
  });
});
