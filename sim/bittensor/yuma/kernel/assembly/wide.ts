/** Arithmetic on 128-bit integers, as pairs (low, high) of u64. */
import { LOW_HALF, ONE, TWO_TO_32 } from "./fixed";

/** Above this the remainder of an estimate no longer fits 128 bits with its sign. */
const LARGE_HIGH: u64 = 1 << 61;

/** 2^32 over a total, for `shareOf`. */
export function shareReciprocal(totalLow: u64, totalHigh: u64): f64 {
  return TWO_TO_32 / toDouble(totalLow, totalHigh);
}

/**
 * floor(part * 2^32 / total) for 0 <= part <= total < 2^127 and total > 0; `reciprocal` is that of
 * `shareReciprocal`.
 */
export function shareOf(
  partLow: u64,
  partHigh: u64,
  totalLow: u64,
  totalHigh: u64,
  reciprocal: f64,
): i64 {
  if (partLow == totalLow && partHigh == totalHigh) return ONE;
  if ((partLow | partHigh) == 0) return 0;
  if (totalHigh >= LARGE_HIGH) {
    return longDivision(partLow, partHigh, totalLow, totalHigh);
  }
  // In doubles the quotient is off by one at most.
  const quotient = (toDouble(partLow, partHigh) * reciprocal) as u64;
  // part * 2^32 - quotient * total, modulo 2^128.
  const productHigh =
    quotient * totalHigh +
    ((quotient * (totalLow >> 32) + ((quotient * (totalLow & LOW_HALF)) >> 32)) >> 32);
  const productLow = quotient * totalLow;
  const shiftedLow = partLow << 32;
  const restLow = shiftedLow - productLow;
  const shiftedHigh = (partHigh << 32) | (partLow >> 32);
  const restHigh = shiftedHigh - productHigh - (shiftedLow < productLow ? 1 : 0);
  if ((restHigh as i64) < 0) return (quotient - 1) as i64;
  const isMore = restHigh > totalHigh || (restHigh == totalHigh && restLow >= totalLow);
  return (isMore ? quotient + 1 : quotient) as i64;
}

function toDouble(low: u64, high: u64): f64 {
  return (high as f64) * TWO_TO_32 * TWO_TO_32 + (low as f64);
}

function longDivision(partLow: u64, partHigh: u64, totalLow: u64, totalHigh: u64): i64 {
  let restLow = partLow;
  let restHigh = partHigh;
  let quotient: u64 = 0;
  for (let bit = 0; bit < 32; bit++) {
    restHigh = (restHigh << 1) | (restLow >> 63);
    restLow <<= 1;
    quotient <<= 1;
    if (restHigh > totalHigh || (restHigh == totalHigh && restLow >= totalLow)) {
      quotient |= 1;
      restHigh -= totalHigh + (restLow < totalLow ? 1 : 0);
      restLow -= totalLow;
    }
  }
  return quotient as i64;
}

/** floor(share * amount / 2^32) for a share of I32F32 bits, 0 ... one. */
export function shareOfAmount(shareBits: i64, amount: u64): u64 {
  if (shareBits >= ONE) return amount;
  const share = shareBits as u64;
  return (amount >> 32) * share + (((amount & LOW_HALF) * share) >> 32);
}
