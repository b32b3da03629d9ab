/**
 * The same floor as `powRatioScaled`, some ten times faster, for ratios near one: what nearly every
 * swap asks for. 160 fraction bits hold the true power to within 2^-130; the library's series holds
 * it to within 2^-240. Unless the true scaled power stands closer to an integer than both errors
 * together, the two floors are the same; where it stands closer, the library's own series decides.
 */
import { powRatioScaled } from "./big-power.ts";

const FRACTION_BITS = 160n;
const ONE = 1n << FRACTION_BITS;
/**
 * An upper bound of our error, in units of 2^-160 of the power (which is below 2). Each series has
 * fewer than 110 terms, each floored twice; the logarithm's error is multiplied by the exponent
 * (below 2^7, as weights are at least one hundredth) and then by the power: 2 * 110 * 2^7 * 2 + 2 * 110 < 2^16.
 */
const ERROR_BOUND = 1n << 16n;
const LARGEST_EXPONENT = 128n;

/** floor(scale * (baseNum/baseDen)^(expNum/expDen)); null where a denominator is 0. */
export function quickPowRatioScaled(
  baseNum: bigint,
  baseDen: bigint,
  expNum: bigint,
  expDen: bigint,
  precisionBits: number,
  scale: bigint,
): bigint | null {
  const slow = () => powRatioScaled(baseNum, baseDen, expNum, expDen, precisionBits, scale);
  // Between a half and one: the logarithm's argument is at most a third, the power at most one.
  if (baseNum >= baseDen || baseNum * 2n < baseDen) return slow();
  if (expDen === 0n || expNum === 0n || expNum > LARGEST_EXPONENT * expDen) return slow();
  const logarithm = -2n * areaTangent(((baseDen - baseNum) * ONE) / (baseDen + baseNum));
  const power = exponential((logarithm * expNum) / expDen);
  if (power === null) return slow();
  const scaled = power * scale;
  const error = ERROR_BOUND * scale;
  const low = (scaled - error) >> FRACTION_BITS;
  const high = (scaled + error) >> FRACTION_BITS;
  return low === high ? low : slow();
}

/** atanh(z) = z + z^3/3 + z^5/5 + ... for z in [0, 1/3]. */
function areaTangent(z: bigint): bigint {
  const square = (z * z) >> FRACTION_BITS;
  let sum = z;
  let odd = z;
  for (let n = 3n; odd > 0n; n += 2n) {
    odd = (odd * square) >> FRACTION_BITS;
    sum += odd / n;
  }
  return sum;
}

/** e^x for x in [-4, 0]; null below, where the terms grow before they shrink. */
function exponential(x: bigint): bigint | null {
  if (x < -ONE * 4n) return null;
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    // Division truncates toward zero, so that the terms of a negative x die out at 0 and not at -1.
    term = (term * x) / (n << FRACTION_BITS);
    sum += term;
  }
  return sum;
}
