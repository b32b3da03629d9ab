/**
 * Amounts of FLOCK and gmFLOCK: bigint in wei, 10^-18 of a token, wherever money is kept. Doubles
 * of whole FLOCK are for people, charts and agents' beliefs. Ratios that a contract stores are
 * integers over a named base (basis points, 10^6 for reward percentages).
 */
import { unitsFromDecimal } from "../amounts.ts";

export const WEI_PER_FLOCK = 1_000_000_000_000_000_000n;
export const FLOCK_DECIMALS = 18;
export const BPS_BASE = 10_000n;
/** Base of the reward percentages that the operator uploads (task manager V2). */
export const PERCENT_BASE = 1_000_000n;
export const SECONDS_PER_DAY = 86_400;

/** A double of whole FLOCK, at most a unit in the last place off. */
export const flockFromWei = (wei: bigint): number => Number(wei) / 1e18;

/** A decimal number of FLOCK as wei. Throws RangeError when it is not finite or is negative. */
export function weiFromFlock(flock: number): bigint {
  if (!Number.isFinite(flock) || flock < 0) {
    throw new RangeError(`an amount of FLOCK must be a number of at least 0, got ${flock}`);
  }
  return unitsFromDecimal(flock, FLOCK_DECIMALS);
}

/** A fraction from 0 to 1 as an integer over `base`, rounded half up. Throws RangeError. */
export function scaledFraction(fraction: number, base: bigint): bigint {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new RangeError(`a fraction must be a number from 0 to 1, got ${fraction}`);
  }
  return (
    (unitsFromDecimal(fraction, FLOCK_DECIMALS) * base * 2n + WEI_PER_FLOCK) / (2n * WEI_PER_FLOCK)
  );
}

/** floor(amount * part / whole); 0 where the whole is 0. */
export const shareOf = (amountWei: bigint, part: bigint, whole: bigint): bigint =>
  whole === 0n ? 0n : (amountWei * part) / whole;
