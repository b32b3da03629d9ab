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
  const operation = fc.oneof(
    fc.record({ kind: fc.constant("deposit" as const), staker: fc.nat(3), amount }),
    fc.record({ kind: fc.constant("withdraw" as const), staker: fc.nat(3), amount }),
    fc.record({ kind: fc.constant("dividend" as const), staker: fc.constant(0), amount }),
  );

  test("never owes its stakers more than it holds, nor takes more than a few rao from them", () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 40 }), (operations) => {
        let pool = EMPTY_POOL;
        const shares: SafeFloat[] = [0, 1, 2, 3].map(() => SAFE_FLOAT_ZERO);
        for (const { kind, staker, amount: asked } of operations) {
          if (kind === "dividend") {
            if (pool.sharedRao > 0n) pool = creditAll(pool, asked);
            continue;
          }
          const owned = valueOfShareRao(pool, shares[staker]);
          const delta = kind === "deposit" ? asked : -(asked < owned ? asked : owned);
          const change = changeStake(pool, shares[staker], delta);
          pool = change.pool;
          shares[staker] = change.share;
        }
        const owed = shares.reduce((sum, share) => sum + valueOfShareRao(pool, share), 0n);
        expect(owed).toBeLessThanOrEqual(pool.sharedRao + 4n);
      }),
    );
  });
});
