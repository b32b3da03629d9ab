/**
 * What each eligible subnet gets in this block, from the state before any injection: tao_in and
 * alpha_in in proportion to the price, alpha_in capped by root's part, the rest of the TAO for a
 * chain buy. Source: spec/token-economics.md 3.1. All in U96F32.
 */
import { blockEmission } from "./block-emission";
import { eligibleCount, netuidAt } from "./eligible";
import { raiseFault } from "./fault";
import {
  ALPHA_IN_EMISSION_RAO,
  ALPHA_OUT_EMISSION_RAO,
  EXCESS_TAO_RAO,
  FAULT_PRICE,
  TAO_IN_EMISSION_RAO,
} from "./layout";
import { scratch, setField, TAO_EMISSION } from "./memory";
import { spotPriceU96F32 } from "./pool-price";
import { alphaIssuance, rootProportion } from "./root-proportion";
import { divideHalf, mulHigh } from "./wide";

/** 2^19 TAO per alpha. */
const LARGEST_PRICE: u64 = 1 << 51;

export function subnetTerms(): void {
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    const alphaEmission = blockEmission(alphaIssuance(netuid));
    const taoEmission = scratch(TAO_EMISSION, place);
    setField(ALPHA_OUT_EMISSION_RAO, netuid, alphaEmission);
    if (taoEmission === 0) setTerms(netuid, 0, 0, 0);
    else termsOf(netuid, taoEmission, rootProportion(netuid) * alphaEmission);
  }
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
    setTerms(netuid, taoIn, alphaCap, taoEmission - taoIn);
  } else {
    const whole = taoEmission / price;
    const alphaIn = (whole << 32) | divideHalf(taoEmission - whole * price, price);
    setTerms(netuid, taoEmission, alphaIn, 0);
  }
}

/** Keeps the floors in rao, which is what is moved. */
function setTerms(netuid: i32, taoIn: u64, alphaIn: u64, excess: u64): void {
  setField(TAO_IN_EMISSION_RAO, netuid, taoIn >> 32);
  setField(ALPHA_IN_EMISSION_RAO, netuid, alphaIn >> 32);
  setField(EXCESS_TAO_RAO, netuid, excess >> 32);
}
