import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  divide,
  SAFE_FLOAT_ZERO,
  type SafeFloat,
  safeFloat,
  subtract,
  toU64,
} from "./safe-float.ts";
import {
  changeStake,
  creditAll,
  depositCounts,
  EMPTY_POOL,
  valueOfShareRao,
} from "./share-pool.ts";

const tao = 1_000_000_000n;

describe("a decimal float", () => {
  test("keeps 21 digits and cuts off the rest", () => {
    expect(safeFloat(1n)).toEqual({ mantissa: 10n ** 21n, exponent: -21 });
    expect(safeFloat(123_456_789_012_345_678_901_234n).mantissa).toBe(123_456_789_012_345_678_901n);
    expect(divide(safeFloat(1n), safeFloat(3n))?.mantissa).toBe(333_333_333_333_333_333_333n);
  });

  test("loses a summand that is 10^22 times smaller", () => {
    const big = safeFloat(1n, 23);
    expect(add(big, safeFloat(123n))).toEqual(big);
  });

  test("never goes below zero, and saturates as u64", () => {
    expect(subtract(safeFloat(1n), safeFloat(2n))).toEqual(SAFE_FLOAT_ZERO);
    expect(toU64(safeFloat(1n, 40))).toBe((1n << 64n) - 1n);
    expect(divide(safeFloat(1n), SAFE_FLOAT_ZERO)).toBeNull();
  });

  test("holds every u64 exactly", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 64n) - 1n), (value) => toU64(safeFloat(value)) === value),
    );
  });
});

describe("a share pool", () => {
  test("pays a dividend to all stakers in proportion", () => {
    const first = changeStake(EMPTY_POOL, SAFE_FLOAT_ZERO, 3n * tao);
    const second = changeStake(first.pool, SAFE_FLOAT_ZERO, 7n * tao);
    const paid = creditAll(second.pool, 10n * tao);
    expect(valueOfShareRao(paid, first.share)).toBe(6n * tao);
    expect(valueOfShareRao(paid, second.share)).toBe(14n * tao);
  });

  test("refuses a deposit that is worth no share", () => {
    const drained = { sharedRao: 0n, denominator: safeFloat(5n) };
    expect(depositCounts(drained, tao)).toBe(false);
    expect(depositCounts(EMPTY_POOL, 1n)).toBe(true);
  });

  const amount = fc.bigInt(1n, 10n ** 15n);
  const operation = fc.record({ staker: fc.option(fc.nat(3)), amount });

  /** A pool of up to four stakers, made by deposits and (staker null) dividends. */
  function built(
    operations: readonly { readonly staker: number | null; readonly amount: bigint }[],
  ) {
    let pool = changeStake(EMPTY_POOL, SAFE_FLOAT_ZERO, 1_000_000n).pool;
    const shares: SafeFloat[] = [pool.denominator, ...[1, 2, 3].map(() => SAFE_FLOAT_ZERO)];
    for (const { staker, amount: rao } of operations) {
      if (staker === null) {
        pool = creditAll(pool, rao);
      } else if (depositCounts(pool, rao)) {
        const change = changeStake(pool, shares[staker], rao);
        pool = change.pool;
        shares[staker] = change.share;
      }
    }
    return { pool, shares };
  }

  test("creates no value: its stakers' parts sum to what it holds, but for roundings", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const { pool, shares } = built(operations);
        const owed = shares.reduce((sum, share) => sum + valueOfShareRao(pool, share), 0n);
        expect(owed).toBeLessThanOrEqual(pool.sharedRao);
        expect(owed).toBeGreaterThanOrEqual(pool.sharedRao - 4n);
      }),
    );
  });

  test("takes a withdrawal from the one who withdraws, to the rao", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), amount, (operations, asked) => {
        const { pool, shares } = built(operations);
        const owned = valueOfShareRao(pool, shares[0]);
        const paid = asked < owned ? asked : owned;
        const after = changeStake(pool, shares[0], -paid);
        expect(after.pool.sharedRao).toBe(pool.sharedRao - paid);
        const near = (before: bigint, now: bigint) => {
          expect(now - before).toBeLessThanOrEqual(1n);
          expect(before - now).toBeLessThanOrEqual(1n);
        };
        near(owned - paid, valueOfShareRao(after.pool, after.share));
        for (const share of shares.slice(1)) {
          near(valueOfShareRao(pool, share), valueOfShareRao(after.pool, share));
        }
      }),
    );
  });
});
