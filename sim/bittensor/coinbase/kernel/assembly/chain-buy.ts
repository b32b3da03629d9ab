/**
 * The alpha that a buy takes out of a weighted pool: floor(x * (1 - e)), where e is
 * (y / (y + dy))^(w2 / w1) in parts of 10^18. Source: spec/token-economics.md 4.3.
 *
 * The chain computes the power with 280-bit series. Here, with a = w2/w1 and t = dy/(y + dy):
 * (1 - t)^a = (1 - t) (1 - t)^(a - 1). The first factor is rational and done in integers; the
 * second is 1 - eps with a tiny eps, as weights hardly leave one half, so that a double gives
 * 10^18 eps to 2^-47 of itself. Where the sum lies that close to an integer the host's exact power
 * decides. With a = 1 there is no eps and the result is exact.
 */
import { minusLogOfOneMinus, oneMinusExp } from "./float64/math";
import { exactSwapExponent } from "./host";
import { divideFraction, dividePerquintill, mulHigh, PERQUINTILL, remainder, TWO_64 } from "./wide";

/** Reserves below this cannot be bought from; inputs beyond this many reserves are refused. */
const MINIMUM_RESERVE_RAO: u64 = 1000000;
const INPUT_RESERVES: u64 = 1000;

/** The largest t and |(a - 1) ln(1 - t)| that the short series below are good for. */
const LARGEST_ARGUMENT: f64 = 0.0009765625;
/** Beyond 2^44 parts the double leaves more than an eighth of a part in doubt. */
const LARGEST_CORRECTION: f64 = 17592186044416.0;
/** The largest double below 2^64. */
const LARGEST_FRACTION: f64 = 18446744073709549568.0;

/** Alpha out of a pool for `paid` TAO without fee; 0 where the chain refuses the swap. */
export function alphaBought(taoRao: u64, alphaRao: u64, quoteWeight: u64, paidRao: u64): u64 {
  if (alphaRao < MINIMUM_RESERVE_RAO) return 0;
  if ((paidRao + INPUT_RESERVES - 1) / INPUT_RESERVES > taoRao) return 0;
  const missing = PERQUINTILL - remainingParts(taoRao, quoteWeight, paidRao);
  if (missing === PERQUINTILL) return alphaRao;
  // 2^64 - floor((10^18 - missing) 2^64 / 10^18) = ceil(missing 2^64 / 10^18)
  const fraction = dividePerquintill(missing, 0);
  return mulHigh(alphaRao, fraction + <u64>(remainder !== 0));
}

/** floor(10^18 (1 - t)^a). */
function remainingParts(taoRao: u64, quoteWeight: u64, paidRao: u64): u64 {
  const baseWeight = PERQUINTILL - quoteWeight;
  const after = taoRao + paidRao;
  const t = <f64>(<i64>paidRao) / <f64>(<i64>after);
  const power = <f64>(<i64>(quoteWeight - baseWeight)) / <f64>(<i64>baseWeight);
  const argument = power * minusLogOfOneMinus(t);
  if (t > LARGEST_ARGUMENT || abs(argument) > LARGEST_ARGUMENT) {
    return exactSwapExponent(taoRao, paidRao, quoteWeight, baseWeight);
  }
  // 10^18 t = whole + fraction / 2^64; the estimate has under 51 bits, so it is off by one at most.
  let whole = <u64>(<i64>(t * 1e18));
  let rest = <i64>(paidRao * PERQUINTILL - whole * after);
  if (rest < 0) {
    whole--;
    rest += <i64>after;
  } else if (<u64>rest >= after) {
    whole++;
    rest -= <i64>after;
  }
  const fraction = divideFraction(<u64>rest, after);
  if (power === 0.0) return PERQUINTILL - whole - <u64>(rest !== 0);

  const correction = (1e18 - <f64>(<i64>whole)) * oneMinusExp(argument);
  if (abs(correction) > LARGEST_CORRECTION) {
    return exactSwapExponent(taoRao, paidRao, quoteWeight, baseWeight);
  }
  const below = floor(correction);
  const part = min((correction - below) * TWO_64, LARGEST_FRACTION);
  const sumFraction = fraction + <u64>part;
  const missing = whole + <u64>(<i64>below) + <u64>(sumFraction < fraction);
  // 2^-47 of the correction, and 2^-53 of one that the subtraction may have lost.
  const doubt = <u64>(abs(correction) * 131072.0) + 4096;
  if (sumFraction <= doubt || sumFraction >= ~(<u64>0) - doubt) {
    return exactSwapExponent(taoRao, paidRao, quoteWeight, baseWeight);
  }
  return PERQUINTILL - missing - 1;
}
