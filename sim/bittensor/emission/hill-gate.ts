/**
 * The Hill gate: shares far below a bar are squeezed as the cube of their distance. The bar is one
 * of the shares themselves, chosen by mass (spec 440) or by rank (spec 441), and stands for 360
 * blocks. Source: spec/recent-rules.md section 1.1 (subnet_emissions.rs, spec 475).
 */
import { safeDiv, satAdd, satMul, U64F64 } from "../../fixed/fixed-point.ts";
import { coarsePower } from "./coarse-power.ts";
import { sumBits } from "./shares.ts";

export interface GateParams {
  /** h, U64F64; 3 by default. */
  readonly exponentBits: bigint;
  /** N: the bar is the N-th largest positive share; 0 chooses the bar by mass. */
  readonly barRank: number;
  /** q, U64F64: by mass, the share at which the running sum from the top reaches q. */
  readonly barQuantileBits: bigint;
  /** The bar is recomputed in blocks divisible by this. */
  readonly refreshBlocks: number;
}

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);

/** The N-th largest positive share; the smallest positive one where there are fewer; 0 for none. */
export function barByRank(shareBits: readonly bigint[], rank: number): bigint {
  const positive = shareBits.filter((share) => share > 0n).sort(descending);
  return positive.length === 0 ? 0n : positive[Math.min(rank, positive.length) - 1];
}

/** The share at which the running sum, largest first, reaches the quantile; the last if it never does. */
export function barByMass(shareBits: readonly bigint[], quantileBits: bigint): bigint {
  let [sum, crossing] = [0n, 0n];
  for (const share of [...shareBits].sort(descending)) {
    sum = satAdd(U64F64, sum, share);
    crossing = share;
    if (sum >= quantileBits) break;
  }
  return crossing;
}

/**
 * The bar that this block uses: the stored one between refreshes, a new one in blocks divisible by
 * `refreshBlocks` and while none is stored. A candidate of 0 never replaces a stored bar.
 */
export function refreshedBar(
  storedBarBits: bigint,
  shareBits: readonly bigint[],
  block: number,
  params: GateParams,
): bigint {
  if (storedBarBits > 0n && block % params.refreshBlocks !== 0) return storedBarBits;
  const candidate =
    params.barRank > 0
      ? barByRank(shareBits, params.barRank)
      : barByMass(shareBits, params.barQuantileBits);
  return candidate > 0n ? candidate : storedBarBits;
}

/**
 * w / (1 + (bar / w)^h), normalised; the shares as they are where there is no bar or all vanish.
 * A quirk of the chain's power: from about 1,056 bars upwards (h = 3) its exponential overflows and
 * the share is squeezed instead of kept. No live subnet has come near.
 */
export function hillGate(
  shareBits: readonly bigint[],
  barBits: bigint,
  exponentBits: bigint,
): bigint[] {
  if (barBits === 0n) return [...shareBits];
  const gated = shareBits.map((share) => gateOne(share, barBits, exponentBits));
  const sum = sumBits(gated);
  return sum === 0n ? [...shareBits] : gated.map((share) => safeDiv(U64F64, share, sum));
}

function gateOne(shareBits: bigint, barBits: bigint, exponentBits: bigint): bigint {
  if (shareBits === 0n) return 0n;
  const power = coarsePower(safeDiv(U64F64, barBits, shareBits), exponentBits);
  const kept = safeDiv(U64F64, U64F64.oneBits, satAdd(U64F64, U64F64.oneBits, power));
  return satMul(U64F64, shareBits, kept);
}
