/**
 * A subnet's terms, chain buy and injection in double, amounts floored to rao: ../terms.ts,
 * ../chain-buy.ts and ../quote-weight.ts in one pass. What is out of the ordinary (a stable subnet,
 * a filled reservoir, a refused weight, a pool before weights) goes the exact way. Rules since spec
 * 432.
 */
import { blockEmission } from "../block-emission";
import { eligibleCount, isStable, netuidAt } from "../eligible";
import { raiseFault } from "../fault";
import {
  countInflow,
  injectExactly,
  keepOrRecycle,
  setCredit,
  spend,
  unspentCredit,
} from "../injection";
import { isPaired } from "../lanes";
import {
  ALPHA_IN_CAP,
  ALPHA_IN_EMISSION_RAO,
  ALPHA_IN_RAO,
  ALPHA_MINTED_TOTAL_RAO,
  ALPHA_OUT_EMISSION_RAO,
  ALPHA_RESERVOIR_RAO,
  BLOCK_EMISSION_RAO,
  BUY_FIRST,
  CHAIN_BUYS_TOTAL_RAO,
  EXCESS_TAO_RAO,
  FAULT_PRICE,
  INJECTED_TOTAL_RAO,
  POOL_KIND,
  QUOTE_WEIGHT_PARTS,
  SUBSIDISED,
  SURPLUS,
  TAO_IN_EMISSION_RAO,
  TAO_RESERVE_RAO,
  TAO_RESERVOIR_RAO,
} from "../layout";
import { addField, field, global, SHARE, scratchF64, setField } from "../memory";
import { spotPriceF64, WEIGHTED } from "../pool-price";
import { alphaIssuance, rootWeight } from "../root-proportion";
import { BY_ROOT_PROPORTION, cappedEmission, INJECTED, SUBSIDY } from "../terms";
import { PERQUINTILL, TWO_32 } from "../wide";
import { emitToPair, pairsApply } from "./emit-pair";
import { oneMinusPower } from "./math";

export const ONE: f64 = 1e18;
export const LARGEST_PRICE: f64 = 524288.0;
export const MINIMUM_RESERVE_RAO: u64 = 1000000;
export const MINIMUM_WEIGHT: u64 = PERQUINTILL / 100;

/** Spends the credit on all eligible subnets; returns what is left, to be recycled. */
export function emitToSubnetsF64(mintedRao: u64): u64 {
  setCredit(mintedRao);
  const minted = <f64>(<i64>mintedRao);
  const buyFirst = global(BUY_FIRST) !== 0;
  const inPairs = buyFirst && pairsApply();
  for (let place = 0; place < eligibleCount; place++) {
    const netuid = netuidAt(place);
    if (inPairs && isPaired(place) && emitToPair(place, netuid, minted)) {
      place++;
      continue;
    }
    termsOf(netuid, minted * scratchF64(SHARE, place));
    if (!buyFirst || !injectF64(netuid)) injectExactly(netuid, buyFirst);
    else countInflow(netuid);
  }
  return unspentCredit();
}

function amount(column: i32, netuid: i32): f64 {
  return <f64>(<i64>field(column, netuid));
}

function termsOf(netuid: i32, taoEmission: f64): void {
  const issuanceRao = alphaIssuance(netuid);
  const alphaEmission = blockEmission(issuanceRao);
  const surplus = global(SURPLUS);
  let taoIn = taoEmission;
  let alphaIn: f64 = 0.0;
  let subsidised = false;
  if (taoEmission > 0.0) {
    // As the chain keeps it: a thin pool's price has few units of 2^-32.
    const price = floor(spotPriceF64(netuid) * TWO_32) / TWO_32;
    if (price >= LARGEST_PRICE) raiseFault(FAULT_PRICE, netuid);
    if (surplus === SUBSIDY) {
      const minted = <f64>(<i64>global(BLOCK_EMISSION_RAO));
      subsidised = price < taoEmission / minted;
      if (subsidised) taoIn = price * minted;
      alphaIn = subsidised ? <f64>(<i64>alphaEmission) : taoEmission / price;
    } else if (price > 0.0) {
      const cap = alphaInCap(<f64>(<i64>issuanceRao), alphaEmission);
      alphaIn = taoEmission / price;
      if (alphaIn > cap) {
        alphaIn = cap;
        if (surplus !== INJECTED) taoIn = cap * price;
      }
    }
  }
  setField(SUBSIDISED, netuid, <u64>subsidised);
  setField(TAO_IN_EMISSION_RAO, netuid, <u64>(<i64>taoIn));
  setField(ALPHA_IN_EMISSION_RAO, netuid, <u64>(<i64>alphaIn));
  setField(EXCESS_TAO_RAO, netuid, <u64>(<i64>max(0.0, taoEmission - taoIn)));
  setField(ALPHA_OUT_EMISSION_RAO, netuid, alphaEmission);
}

function alphaInCap(issuance: f64, alphaEmission: u64): f64 {
  if (global(ALPHA_IN_CAP) !== BY_ROOT_PROPORTION) return <f64>(<i64>cappedEmission(alphaEmission));
  return (rootWeight() / (rootWeight() + issuance)) * <f64>(<i64>alphaEmission);
}

/** The buy and the injection; false, with nothing changed, where the exact way must be taken. */
function injectF64(netuid: i32): bool {
  const excess = field(EXCESS_TAO_RAO, netuid);
  const taoIn = field(TAO_IN_EMISSION_RAO, netuid);
  const alphaIn = field(ALPHA_IN_EMISSION_RAO, netuid);
  if (
    isStable(netuid) ||
    global(POOL_KIND) !== WEIGHTED ||
    (field(TAO_RESERVOIR_RAO, netuid) | field(ALPHA_RESERVOIR_RAO, netuid)) !== 0
  ) {
    return false;
  }
  if ((excess | taoIn | alphaIn) === 0) return true;
  const tao = field(TAO_RESERVE_RAO, netuid);
  const alpha = field(ALPHA_IN_RAO, netuid);
  const weight = field(QUOTE_WEIGHT_PARTS, netuid);
  const bought = excess === 0 ? 0 : alphaBoughtF64(tao, alpha, weight, excess);
  if (excess !== 0 && bought === 0) return false;
  const newWeight = balancedWeightF64(tao + excess, alpha - bought, weight, taoIn, alphaIn);
  if (newWeight < MINIMUM_WEIGHT || newWeight > PERQUINTILL - MINIMUM_WEIGHT) return false;
  if (!spend(excess + taoIn)) return false;
  setField(QUOTE_WEIGHT_PARTS, netuid, newWeight);
  setField(TAO_RESERVE_RAO, netuid, tao + excess + taoIn);
  setField(ALPHA_IN_RAO, netuid, alpha - bought + alphaIn);
  keepOrRecycle(netuid, bought);
  addField(CHAIN_BUYS_TOTAL_RAO, netuid, excess);
  addField(INJECTED_TOTAL_RAO, netuid, taoIn);
  addField(ALPHA_MINTED_TOTAL_RAO, netuid, alphaIn);
  return true;
}

/** Alpha out of a pool for TAO; 0 where the chain may refuse the swap. */
function alphaBoughtF64(tao: u64, alpha: u64, weight: u64, paid: u64): u64 {
  if (alpha < MINIMUM_RESERVE_RAO || paid / 1000 >= tao) return 0;
  const t = <f64>(<i64>paid) / <f64>(<i64>(tao + paid));
  const quote = <f64>(<i64>weight);
  return <u64>(<i64>(<f64>(<i64>alpha) * oneMinusPower(t, quote / (ONE - quote))));
}

/** ../quote-weight.ts without its roundings. */
function balancedWeightF64(taoRao: u64, alphaRao: u64, weight: u64, dTao: u64, dAlpha: u64): u64 {
  const tao = <f64>(<i64>taoRao);
  const alpha = <f64>(<i64>alphaRao);
  const moreTao = <f64>(<i64>dTao);
  const moreAlpha = <f64>(<i64>dAlpha);
  const quote = <f64>(<i64>weight);
  const base = ONE - quote;
  const sides = base * (tao * (alpha + moreAlpha)) + quote * (alpha * (tao + moreTao));
  return weight + <u64>(<i64>floor((base * quote * (alpha * moreTao - tao * moreAlpha)) / sides));
}
