/**
 * The pool that a new subnet starts with.
 * Source: spec/token-economics.md section 4.5, spec/recent-rules.md section 3.6 (subnet.rs).
 */
import { fromInteger, safeDiv, satAdd, toUnsigned, U64F64 } from "../../fixed/fixed-point.ts";

/** The median spot price of the other subnets, U64F64 bits: one where none has a price. */
export function medianPriceBits(spotPricesBits: readonly bigint[]): bigint {
  const prices = spotPricesBits.filter((price) => price > 0n).sort((a, b) => (a < b ? -1 : 1));
  if (prices.length === 0) return U64F64.oneBits;
  const upper = prices[prices.length >> 1];
  if (prices.length % 2 === 1) return upper;
  const sum = satAdd(U64F64, prices[(prices.length >> 1) - 1], upper);
  return safeDiv(U64F64, sum, fromInteger(U64F64, 2n));
}

export interface PoolSeed {
  readonly taoRao: bigint;
  readonly alphaRao: bigint;
  /** TAO of the lock that leaves the issuance. */
  readonly recycledRao: bigint;
}

/** How a lock becomes a pool. */
export type SeedRule =
  /** Until spec 397: the minimum lock and as much alpha; the rest of the lock is recycled. */
  | "minimum"
  /** From spec 397: all of the lock, at least the minimum, at the median price. */
  | "lock"
  /** From spec 473: exactly what was paid, at the median price. */
  | "paid";

export function seedPool(
  rule: SeedRule,
  paidRao: bigint,
  minLockRao: bigint,
  medianBits: bigint,
): PoolSeed {
  if (rule === "minimum") {
    const recycledRao = paidRao > minLockRao ? paidRao - minLockRao : 0n;
    return { taoRao: minLockRao, alphaRao: minLockRao, recycledRao };
  }
  const taoRao = rule === "lock" && paidRao < minLockRao ? minLockRao : paidRao;
  const alpha = safeDiv(U64F64, fromInteger(U64F64, taoRao), medianBits);
  return { taoRao, alphaRao: toUnsigned(U64F64, alpha), recycledRao: 0n };
}
