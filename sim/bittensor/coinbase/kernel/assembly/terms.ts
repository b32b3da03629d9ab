/**
 * What each eligible subnet gets in this block, from the state before any injection: tao_in and
 * alpha_in in proportion to the price, alpha_in under the era's cap, and what the era does with the
 * rest of the TAO. Source: spec/token-economics.md 2.3 and 3.1. All in U96F32.
 */
import { blockEmission } from "./block-emission";
import { eligibleCount, netuidAt } from "./eligible";
import { raiseFault } from "./fault";
import {
  ALPHA_IN_CAP,
  ALPHA_IN_EMISSION_RAO,
  ALPHA_OUT_EMISSION_RAO,
  BLOCK_EMISSION_RAO,
  EXCESS_TAO_RAO,
  FAULT_PRICE,
  SUBSIDISED,
  SURPLUS,
  TAO_IN_EMISSION_RAO,
} from "./layout";
import { global, scratch, setField, TAO_EMISSION } from "./memory";
import { spotPriceU96F32 } from "./pool-price";
import { alphaIssuance, rootProportion } from "./root-proportion";
import { divideHalf, mulHigh } from "./wide";

/** 2^19 TAO per alpha. */
const LARGEST_PRICE: u64 = 1 << 51;

/** The values of ALPHA_IN_CAP and SURPLUS. */
export const BY_ROOT_PROPORTION: u64 = 0;
export const BY_LESSER_EMISSION: u64 = 2;
export const BUYS_ALPHA: u64 = 0;
export const INJECTED: u64 = 1;
export const SUBSIDY: u64 = 2;

export function subnetTerms(): void {
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    const alphaEmission = blockEmission(alphaIssuance(netuid));
    const taoEmission = scratch(TAO_EMISSION, place);
    setField(ALPHA_OUT_EMISSION_RAO, netuid, alphaEmission);
    setField(SUBSIDISED, netuid, 0);
    if (taoEmission === 0) setTerms(netuid, 0, 0, 0);
    else if (global(SURPLUS) === SUBSIDY) subsidisedTerms(netuid, taoEmission, alphaEmission);
    else termsOf(netuid, taoEmission, alphaInCap(netuid, alphaEmission));
  }
}

function alphaInCap(netuid: i32, alphaEmission: u64): u64 {
  const cap = global(ALPHA_IN_CAP);
  if (cap === BY_ROOT_PROPORTION) return rootProportion(netuid) * alphaEmission;
  return cappedEmission(alphaEmission) << 32;
}

/** Alpha emission, or the block's TAO emission where the rules say so and it is less. */
export function cappedEmission(alphaEmission: u64): u64 {
  if (global(ALPHA_IN_CAP) !== BY_LESSER_EMISSION) return alphaEmission;
  return min(alphaEmission, global(BLOCK_EMISSION_RAO));
}

/** Below the share of emission TAO enters at the price, beside a full alpha emission. */
function subsidisedTerms(netuid: i32, taoEmission: u64, alphaEmission: u64): void {
  const price = spotPriceU96F32(netuid);
  const minted = global(BLOCK_EMISSION_RAO);
  if (price >= LARGEST_PRICE) return raiseFault(FAULT_PRICE, netuid);
  if (price < taoEmission / minted) {
    const taoIn = price * minted;
    setField(SUBSIDISED, netuid, 1);
    return setTerms(netuid, taoIn, alphaEmission << 32, taoEmission - taoIn);
  }
  setTerms(netuid, taoEmission, price === 0 ? 0 : quotient(taoEmission, price), 0);
}

/** floor(tao * 2^32 / price), for a result below 2^64. */
function quotient(taoEmission: u64, price: u64): u64 {
  const whole = taoEmission / price;
  return (whole << 32) | divideHalf(taoEmission - whole * price, price);
}

function termsOf(netuid: i32, taoEmission: u64, alphaCap: u64): void {
  const price = spotPriceU96F32(netuid);
  if (price >= LARGEST_PRICE) return raiseFault(FAULT_PRICE, netuid);
  if (price === 0) return setTerms(netuid, taoEmission, 0, 0);
  // alpha_in = floor(tao * 2^32 / price) is over the cap when tao * 2^32 >= (cap + 1) * price.
  const capHigh = mulHigh(alphaCap + 1, price);
  const capLow = (alphaCap + 1) * price;
  const taoHigh = taoEmission >> 32;
  if (taoHigh > capHigh || (taoHigh === capHigh && taoEmission << 32 >= capLow)) {
    const taoIn = (mulHigh(alphaCap, price) << 32) | ((alphaCap * price) >> 32);
    if (global(SURPLUS) === INJECTED) setTerms(netuid, taoEmission, alphaCap, 0);
    else setTerms(netuid, taoIn, alphaCap, taoEmission - taoIn);
  } else {
    setTerms(netuid, taoEmission, quotient(taoEmission, price), 0);
  }
}

/** Keeps the floors in rao, which is what is moved. */
function setTerms(netuid: i32, taoIn: u64, alphaIn: u64, excess: u64): void {
  setField(TAO_IN_EMISSION_RAO, netuid, taoIn >> 32);
  setField(ALPHA_IN_EMISSION_RAO, netuid, alphaIn >> 32);
  setField(EXCESS_TAO_RAO, netuid, excess >> 32);
}
