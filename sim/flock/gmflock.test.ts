import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BPS_BASE, flockFromWei, SECONDS_PER_DAY, WEI_PER_FLOCK, weiFromFlock } from "./amounts.ts";
import {
  exchangeSettings,
  mayTransfer,
  mintOnChain,
  multiplier,
  openLock,
  redeem,
  rollingCost,
} from "./gmflock.ts";
import { flockParameters } from "./parameters.ts";

const rules = flockParameters().gmflock;
const settings = exchangeSettings(rules);
const thousand = weiFromFlock(1000);

describe("gmFLOCK", () => {
  test.each([
    [30, 1],
    [60, 1.18],
    [90, 1.36],
    [180, 1.9],
    [270, 2.44],
    [365, 3.01],
    [1000, 3.01],
  ])("a lock of %i days earns %f times its FLOCK", (days, times) => {
    expect(multiplier(days, rules)).toBeCloseTo(times, 12);
  });

  test("the contract's integers are never above the documented rule, nor a basis point below", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 * SECONDS_PER_DAY }), (seconds) => {
        const { multiplierBps } = mintOnChain(WEI_PER_FLOCK, BigInt(seconds), settings);
        const documented = multiplier(seconds / SECONDS_PER_DAY, rules) * Number(BPS_BASE);
        expect(Number(multiplierBps)).toBeLessThanOrEqual(documented + 1e-6);
        expect(Number(multiplierBps)).toBeGreaterThan(documented - 1.000001);
      }),
    );
  });

  test("a longer lock than t1 earns no more and stays shut for all its days", () => {
    const { lock } = openLock(thousand, 10, 400, rules);
    expect(flockFromWei(lock.gmflockWei)).toBe(3010);
    expect(redeem(lock, 409, lock.gmflockWei)).toEqual({
      redeemed: false,
      reason: "LockNotMatured",
    });
    expect(redeem(lock, 410, lock.gmflockWei)).toMatchObject({ redeemed: true });
  });

  test("a matured lock keeps its whole gmFLOCK until it is redeemed, and burns exactly that", () => {
    const { lock, feeWei } = openLock(thousand, 0, 90, rules);
    expect(flockFromWei(feeWei)).toBe(51.3);
    expect(redeem(lock, 900, lock.gmflockWei - 1n)).toEqual({
      redeemed: false,
      reason: "InsufficientGmFlock",
    });
    expect(redeem(lock, 900, lock.gmflockWei)).toEqual({
      redeemed: true,
      burnedGmflockWei: weiFromFlock(1360),
      paidWei: weiFromFlock(948.7),
      feeWei: 0n,
    });
  });

  test("a fee taken at redemption pays out the same, later", () => {
    const late = { ...rules, feeAt: "redemption" } as const;
    const { lock, feeWei } = openLock(thousand, 0, 90, late);
    expect(feeWei).toBe(0n);
    expect(redeem(lock, 90, lock.gmflockWei)).toMatchObject({
      paidWei: weiFromFlock(948.7),
      feeWei: weiFromFlock(51.3),
    });
  });

  test("rolling a year of 30-day locks costs 37 times the fee per gmFLOCK of one long lock", () => {
    const short = rollingCost(30, rules);
    const long = rollingCost(365, rules);
    const perFee = (cost: typeof short) => cost.gmflockPerFlock / cost.annualFeeDragSimple;
    expect(perFee(long) / perFee(short)).toBeCloseTo(36.6, 1);
  });

  test("moves between wallets only under the disputed wording that allows it", () => {
    expect(mayTransfer("wallet", "task", rules)).toBe(true);
    expect(mayTransfer("pool", "wallet", rules)).toBe(true);
    expect(mayTransfer("wallet", "wallet", rules)).toBe(false);
    expect(mayTransfer("wallet", "wallet", { ...rules, transfer: "free" })).toBe(true);
  });

  test("no lock is shorter than a moment", () => {
    expect(() => multiplier(0, rules)).toThrow(RangeError);
    expect(() => mintOnChain(1n, 0n, settings)).toThrow(/lockSeconds must be above 0/);
  });
});
