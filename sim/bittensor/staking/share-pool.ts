/**
 * Share pools: the stake of one hotkey on one subnet as a single sum that its stakers own in shares,
 * so that a dividend is one addition however many nominators there are. Shares carry 21 digits: a
 * pool that is emptied and refilled many orders of magnitude apart comes to owe its stakers a little
 * more or less than it holds, on the chain as here. Whoever pays out takes the smaller of the two.
 * Source: spec/token-economics.md section 5.1 (primitives/share-pool).
 */
import { saturatingSub } from "../../amounts.ts";
import { U64_MAX } from "../../fixed/fixed-point.ts";
import {
  add,
  isZero,
  multiplyDivide,
  SAFE_FLOAT_ZERO,
  type SafeFloat,
  safeFloat,
  subtract,
  toU64,
} from "./safe-float.ts";

export interface SharePool {
  /** All stake of the hotkey on the subnet, alpha rao (TotalHotkeyAlpha). */
  readonly sharedRao: bigint;
  /** The sum of all shares. */
  readonly denominator: SafeFloat;
}

export const EMPTY_POOL: SharePool = { sharedRao: 0n, denominator: SAFE_FLOAT_ZERO };

/** What a share is worth, alpha rao: floor(shared * share / denominator). */
export function valueOfShareRao(pool: SharePool, share: SafeFloat): bigint {
  const value = multiplyDivide(safeFloat(pool.sharedRao), share, pool.denominator);
  return value === null ? 0n : toU64(value);
}

/** A dividend (or, negative, a loss) for all stakers in proportion to their shares. */
export const creditAll = (pool: SharePool, deltaRao: bigint): SharePool => ({
  ...pool,
  sharedRao: shifted(pool.sharedRao, deltaRao),
});

function shifted(rao: bigint, deltaRao: bigint): bigint {
  if (deltaRao < 0n) return saturatingSub(rao, -deltaRao);
  return rao + deltaRao > U64_MAX ? U64_MAX : rao + deltaRao;
}

/** Shares that a change of one staker's stake is worth; zero where the pool has no value left. */
const sharesFor = (pool: SharePool, amountRao: bigint): SafeFloat =>
  multiplyDivide(safeFloat(amountRao), pool.denominator, safeFloat(pool.sharedRao)) ??
  SAFE_FLOAT_ZERO;

/** Whether a deposit is worth any share at all: one that is not is refused beforehand. */
export const depositCounts = (pool: SharePool, amountRao: bigint): boolean =>
  isZero(pool.denominator) || !isZero(sharesFor(pool, amountRao));

export interface PoolChange {
  readonly pool: SharePool;
  /** The staker's share after the change. */
  readonly share: SafeFloat;
}

/**
 * Adds `deltaRao` to the stake of the staker who holds `share` (negative: withdraws it). The caller
 * has checked that a withdrawal is covered; shares and sums stop at zero all the same.
 */
export function changeStake(pool: SharePool, share: SafeFloat, deltaRao: bigint): PoolChange {
  const amountRao = deltaRao < 0n ? -deltaRao : deltaRao;
  const sharedRao = shifted(pool.sharedRao, deltaRao);
  if (isZero(pool.denominator)) {
    const first = safeFloat(amountRao);
    return { pool: { sharedRao, denominator: first }, share: first };
  }
  const shares = sharesFor(pool, amountRao);
  const combine = deltaRao > 0n ? add : subtract;
  return {
    pool: { sharedRao, denominator: combine(pool.denominator, shares) },
    share: combine(share, shares),
  };
}
