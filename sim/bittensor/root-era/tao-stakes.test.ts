import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rootEraCalendar } from "./calendar.ts";
import { TaoStakes, u16Part } from "./tao-stakes.ts";

describe("stake in TAO", () => {
  test("takes are floors, exactly, of any amount that a double counts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
        fc.integer({ min: 0, max: 65_535 }),
        (amount, part) => {
          expect(BigInt(u16Part(amount, part))).toBe((BigInt(amount) * BigInt(part)) / 65_535n);
        },
      ),
    );
  });

  test("is divided so that stakers together have what the hotkey has", () => {
    const amount = fc.bigInt(1n, 10n ** 15n);
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.integer({ min: 0, max: 10 ** 12 }),
        (deposits, incentive, dividend) => {
          const stakes = new TaoStakes();
          const id = stakes.open("v", "staker/0", true);
          for (const [i, rao] of deposits.entries()) stakes.deposit(id, `staker/${i}`, rao);
          stakes.earn(id, incentive, dividend);
          stakes.stakedRao += BigInt(incentive + dividend);
          const parts = deposits.map((_, i) => stakes.stakeRao(id, `staker/${i}`));
          expect(parts.reduce((sum, rao) => sum + rao, 0n)).toBe(stakes.totalRao(id));
          expect(stakes.recountRao()).toBe(stakes.stakedRao);
          for (const [i, rao] of deposits.entries()) expect(parts[i]).toBeGreaterThanOrEqual(rao);
        },
      ),
    );
  });

  test("cannot be taken out twice", () => {
    const stakes = new TaoStakes();
    const id = stakes.open("v", "owner", true);
    stakes.deposit(id, "ann", 5n);
    stakes.withdraw(id, "ann", 5n);
    expect(() => stakes.withdraw(id, "ann", 1n)).toThrow(RangeError);
    expect([...stakes.holdingsOf("ann")]).toEqual([]);
  });
});

describe("dates of the root era", () => {
  test.each([
    [0, "2023-03-20T18:47:48.000Z"],
    [1_404_224, "2023-10-02T17:50:24.000Z"],
    [4_336_135, "2024-11-24T14:11:24.000Z"],
  ])("block %i", (block, utc) => {
    expect(new Date(rootEraCalendar.timeOf(block)).toISOString()).toBe(utc);
    expect(rootEraCalendar.blockAt(Date.parse(utc))).toBe(block);
  });

  test.each([
    // Registrations of subnets that the calendar does not hold.
    [1_604_679, "2023-10-30T14:06:36Z"],
    [2_256_433, "2024-01-30T17:18:48Z"],
    [3_550_319, "2024-08-06T19:54:12Z"],
    [4_345_556, "2024-11-25T21:35:36Z"],
  ])("block %i within a few hours of what is recorded", (block, utc) => {
    const hours = Math.abs(rootEraCalendar.timeOf(block) - Date.parse(utc)) / 3_600_000;
    expect(hours).toBeLessThan(8);
  });

  test("every block is the first at its own date", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_920_350 }), (block) => {
        expect(rootEraCalendar.blockAt(rootEraCalendar.timeOf(block))).toBe(block);
      }),
    );
  });
});
