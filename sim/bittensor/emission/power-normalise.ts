/**
 * Values to a power, normalised: the last stage of the flow rules. The coarse power
 * is part of the rule; at power 2 it is up to one per cent off.
 * Source: spec/token-economics.md section 2.5 (inplace_pow_normalize, subnet_emissions.rs).
 */
import { fromInteger, safeDiv, satMul, U64_MAX, U64F64 } from "../../fixed/fixed-point.ts";
import { bisectedRoot } from "../../fixed/square-root.ts";
import { coarsePower } from "./coarse-power.ts";
import { normalise } from "./shares.ts";

/** 0.001 as U64F64, the precision of the square root. */
const ROOT_PRECISION_BITS = 18_446_744_073_709_552n;
/** The largest integer that I32F32 holds: powers are scaled to use its whole range. */
const LARGEST_BITS = fromInteger(U64F64, (1n << 31n) - 1n);

/** value^power over the sum of all value^power; all 0 where all values are. U64F64 throughout. */
export function powerNormalised(valueBits: readonly bigint[], powerBits: bigint): bigint[] {
  const largest = largestOf(valueBits);
  if (largest === 0n) return valueBits.map(() => 0n);
  // As the chain does it, by the reciprocal, whose own floor shows in the last bits.
  const reciprocal = safeDiv(U64F64, U64F64.oneBits, largest);
  const scaled = valueBits.map((value) => satMul(U64F64, value, reciprocal));
  const scale = rangeScaleBits(largestOf(scaled), BigInt(scaled.length));
  if (scale === null) return scaled;
  return normalise(scaled.map((value) => coarsePower(satMul(U64F64, scale, value), powerBits)));
}

const largestOf = (values: readonly bigint[]): bigint =>
  values.reduce((max, value) => (value > max ? value : max), 0n);

/** sqrt((2^31 - 1) / (n max^2)), U64F64; null where n max^2 is too small to divide by. */
export function rangeScaleBits(largest: bigint, values: bigint): bigint | null {
  const count = fromInteger(U64F64, values);
  const squares = satMul(U64F64, count, satMul(U64F64, largest, largest));
  if (squares < safeDiv(U64F64, LARGEST_BITS, fromInteger(U64F64, U64_MAX))) return null;
  return bisectedRoot(U64F64, safeDiv(U64F64, LARGEST_BITS, squares), ROOT_PRECISION_BITS);
}
