/**
 * Root's part in a subnet's dividends: t / (t + alpha issuance), t = root stake times TaoWeight,
 * in U96F32. Source: spec/token-economics.md 3.1, spec/measured-chain.md 1.2 step 7.
 */

import { between, lanesOf, toDoubles, toIntegers } from "./lanes";
import {
  ALPHA_IN_RAO,
  ALPHA_OUT_RAO,
  ALPHA_RESERVOIR_RAO,
  CAPACITY,
  TAO_RESERVE_RAO,
  TAO_WEIGHT_U96F32,
} from "./layout";
import {
  field,
  fieldPair,
  global,
  KNOWN_ISSUANCE,
  KNOWN_PROPORTION,
  scratch,
  scratchPair,
  setScratch,
  setScratchPair,
} from "./memory";
import { mulHigh, TWO_32, TWO_64 } from "./wide";

// t in U96F32 bits, two words, and as a double.
let weightHigh: u64 = 0;
let weightLow: u64 = 0;
let weight: f64 = 0;

const UNKNOWN: u64 = ~0;

/** The double is off by less than 2^-17 of a bit: the floor is certain away from the integers. */
const UNCERTAIN: f64 = 1e-5;

/** Takes root's stake of this moment as what `rootProportion` reads. */
export function readRootStake(): void {
  const root = field(TAO_RESERVE_RAO, 0);
  const ratio = global(TAO_WEIGHT_U96F32);
  const high = mulHigh(root, ratio);
  const low = root * ratio;
  if (high === weightHigh && low === weightLow) return;
  weightHigh = high;
  weightLow = low;
  weight = <f64>high * TWO_64 + <f64>low;
  for (let netuid = 0; netuid < CAPACITY; netuid++) setScratch(KNOWN_ISSUANCE, netuid, UNKNOWN);
}

/** t in rao, in double. */
export function rootWeight(): f64 {
  return weight * (1.0 / TWO_32);
}

export function alphaIssuance(netuid: i32): u64 {
  return (
    field(ALPHA_IN_RAO, netuid) + field(ALPHA_OUT_RAO, netuid) + field(ALPHA_RESERVOIR_RAO, netuid)
  );
}

export function alphaIssuancePair(netuid: i32): v128 {
  const inPool = fieldPair(ALPHA_IN_RAO, netuid);
  const reservoir = fieldPair(ALPHA_RESERVOIR_RAO, netuid);
  return i64x2.add(i64x2.add(inPool, fieldPair(ALPHA_OUT_RAO, netuid)), reservoir);
}

/** t / (t + issuance) of two subnets in double. */
function rootPartPair(issuance: v128): v128 {
  const scaled = f64x2.mul(toDoubles(issuance), f64x2.splat(TWO_32));
  return f64x2.div(f64x2.splat(weight), f64x2.add(f64x2.splat(weight), scaled));
}

/** The proportions of two subnets, as `rootProportion` has them. */
export function rootProportionPair(netuid: i32): v128 {
  const issuance = alphaIssuancePair(netuid);
  if (i64x2.all_true(i64x2.eq(scratchPair(KNOWN_ISSUANCE, netuid), issuance))) {
    return scratchPair(KNOWN_PROPORTION, netuid);
  }
  const estimate = f64x2.mul(rootPartPair(issuance), f64x2.splat(TWO_32));
  const whole = f64x2.floor(estimate);
  const certain = between(UNCERTAIN, f64x2.sub(estimate, whole), 1.0 - UNCERTAIN);
  if (!i64x2.all_true(v128.and(certain, i64x2.ne(issuance, i64x2.splat(0))))) {
    return lanesOf(rootProportion(netuid), rootProportion(netuid + 1));
  }
  const proportion = toIntegers(whole);
  setScratchPair(KNOWN_ISSUANCE, netuid, issuance);
  setScratchPair(KNOWN_PROPORTION, netuid, proportion);
  return proportion;
}

/** The proportion of a subnet; what was found for an issuance is kept while root's stake stays. */
export function rootProportion(netuid: i32): u64 {
  const issuance = alphaIssuance(netuid);
  if (scratch(KNOWN_ISSUANCE, netuid) === issuance) return scratch(KNOWN_PROPORTION, netuid);
  const proportion = proportionOf(issuance);
  setScratch(KNOWN_ISSUANCE, netuid, issuance);
  setScratch(KNOWN_PROPORTION, netuid, proportion);
  return proportion;
}

/** floor(t * 2^32 / (t + issuance * 2^32)); 0 where both are 0. Below 2^63 rao on either side. */
function proportionOf(issuanceRao: u64): u64 {
  if (issuanceRao === 0) return (weightHigh | weightLow) === 0 ? 0 : 1 << 32;
  const estimate = (weight / (weight + <f64>(<i64>issuanceRao) * TWO_32)) * TWO_32;
  const quotient = <u64>(<i64>estimate);
  const fraction = estimate - <f64>(<i64>quotient);
  if (fraction > UNCERTAIN && fraction < 1.0 - UNCERTAIN) return quotient;
  return settled(issuanceRao, quotient);
}

/** The floor among `guess` - 1, `guess` and `guess` + 1, by the exact remainder. */
function settled(issuanceRao: u64, guess: u64): u64 {
  const low = weightLow + (issuanceRao << 32);
  const high = weightHigh + (issuanceRao >> 32) + <u64>(low < weightLow);
  const numeratorHigh = (weightHigh << 32) | (weightLow >> 32);
  const numeratorLow = weightLow << 32;
  let quotient = guess === 0 ? 0 : guess - 1;
  for (let next = quotient + 1; next <= guess + 1; next++) {
    const productLow = next * low;
    const productHigh = next * high + mulHigh(next, low);
    if (
      productHigh > numeratorHigh ||
      (productHigh === numeratorHigh && productLow > numeratorLow)
    ) {
      break;
    }
    quotient = next;
  }
  return quotient;
}
