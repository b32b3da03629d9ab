/** Arithmetic on 128-bit integers, as pairs (low, high) of u64. */
import { ONE } from "./fixed";

/** floor(part * 2^32 / total) for 0 <= part <= total < 2^127 and total > 0, by long division. */
export function shareOf(partLow: u64, partHigh: u64, totalLow: u64, totalHigh: u64): i64 {
  if (partLow == totalLow && partHigh == totalHigh) return ONE;
  if ((partLow | partHigh) == 0) return 0;
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
  return (amount >> 32) * share + (((amount & 0xffff_ffff) * share) >> 32);
}
