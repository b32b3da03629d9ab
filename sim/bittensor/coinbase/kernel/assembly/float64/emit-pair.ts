/**
 * emit.ts for two subnets side by side, in the rules of today: weighted pools, alpha_in under the root
 * proportion's cap, a chain buy before the injection. What is out of the ordinary in either of them
 * goes the way of one. To the last bit the same.
 */
import { blockEmission } from "../block-emission";
import { spend } from "../injection";
import { between, floors, lanesOf, sumOfLanes, toDoubles, toIntegers } from "../lanes";
import {
  ALPHA_IN_CAP,
  ALPHA_IN_EMISSION_RAO,
  ALPHA_IN_RAO,
  ALPHA_MINTED_TOTAL_RAO,
  ALPHA_OUT_EMISSION_RAO,
  ALPHA_OUT_RAO,
  ALPHA_RECYCLED_TOTAL_RAO,
  ALPHA_RESERVOIR_RAO,
  BOUGHT_RECYCLED_TOTAL_RAO,
  CHAIN_BUYS_TOTAL_RAO,
  EXCESS_TAO_RAO,
  INJECTED_TOTAL_RAO,
  POOL_KIND,
  PROTOCOL_ALPHA_RAO,
  PROTOCOL_FLOW_RAO,
  QUOTE_WEIGHT_PARTS,
  RECYCLE_BOUGHT,
  SUBSIDISED,
  SURPLUS,
  TAO_IN_EMISSION_RAO,
  TAO_RESERVE_RAO,
  TAO_RESERVOIR_RAO,
} from "../layout";
import { addFieldPair, fieldPair, global, SHARE, scratchPair, setFieldPair } from "../memory";
import { spotPricePair, WEIGHTED } from "../pool-price";
import { alphaIssuancePair, rootWeight } from "../root-proportion";
import { BUYS_ALPHA, BY_ROOT_PROPORTION } from "../terms";
import { PERQUINTILL, TWO_32 } from "../wide";
import { LARGEST_PRICE, MINIMUM_RESERVE_RAO, MINIMUM_WEIGHT, ONE } from "./emit";
import { isTiny, oneMinusPowerPair } from "./math";

/** Whole numbers from here on do not pass through `toIntegers`. */
const TWO_51: f64 = 2251799813685248.0;

/** Whether the rules are those that this file knows. */
export function pairsApply(): bool {
  return (
    global(POOL_KIND) === WEIGHTED &&
    global(SURPLUS) === BUYS_ALPHA &&
    global(ALPHA_IN_CAP) === BY_ROOT_PROPORTION
  );
}

// The terms of the pair in hand: whole rao, as doubles.
let taoIn: v128 = i64x2.splat(0);
let alphaIn: v128 = i64x2.splat(0);
let excess: v128 = i64x2.splat(0);

/** Terms, buy and injection of the subnets at `place` and the next; false, with nothing changed, if not. */
export function emitToPair(place: i32, netuid: i32, minted: f64): bool {
  const waiting = v128.or(
    fieldPair(TAO_RESERVOIR_RAO, netuid),
    fieldPair(ALPHA_RESERVOIR_RAO, netuid),
  );
  if (v128.any_true(waiting)) return false;
  const units = f64x2.floor(f64x2.mul(spotPricePair(netuid), f64x2.splat(TWO_32)));
  const price = f64x2.mul(units, f64x2.splat(1.0 / TWO_32));
  if (!i64x2.all_true(between(0.0, price, LARGEST_PRICE))) return false;
  const issuance = alphaIssuancePair(netuid);
  const alphaEmission = alphaEmissionPair(issuance);
  const share = scratchPair(SHARE, place);
  const taoEmission = f64x2.mul(f64x2.splat(minted), share);
  findTerms(toDoubles(issuance), taoEmission, price, toDoubles(alphaEmission));
  if (!inject(netuid)) return false;
  setFieldPair(SUBSIDISED, netuid, i64x2.splat(0));
  setFieldPair(ALPHA_OUT_EMISSION_RAO, netuid, alphaEmission);
  return true;
}

function alphaEmissionPair(issuance: v128): v128 {
  return lanesOf(
    blockEmission(i64x2.extract_lane(issuance, 0)),
    blockEmission(i64x2.extract_lane(issuance, 1)),
  );
}

function findTerms(issuance: v128, taoEmission: v128, price: v128, alphaEmission: v128): void {
  const root = f64x2.splat(rootWeight());
  const whole = f64x2.add(root, issuance);
  const cap = f64x2.mul(f64x2.div(root, whole), alphaEmission);
  const wanted = f64x2.div(taoEmission, price);
  const over = f64x2.gt(wanted, cap);
  const injected = v128.bitselect(f64x2.mul(cap, price), taoEmission, over);
  taoIn = f64x2.floor(injected);
  alphaIn = f64x2.floor(v128.bitselect(cap, wanted, over));
  excess = f64x2.floor(f64x2.pmax(f64x2.splat(0.0), f64x2.sub(taoEmission, injected)));
}

function inject(netuid: i32): bool {
  const tao = fieldPair(TAO_RESERVE_RAO, netuid);
  const alpha = fieldPair(ALPHA_IN_RAO, netuid);
  const weight = fieldPair(QUOTE_WEIGHT_PARTS, netuid);
  const paidRao = toIntegers(excess);
  const taoInRao = toIntegers(taoIn);
  const boughtLanes = alphaBought(tao, alpha, weight, paidRao);
  if (!isPossible) return false;
  const bought = toIntegers(boughtLanes);
  const taoNow = i64x2.add(tao, paidRao);
  const alphaNow = i64x2.sub(alpha, bought);
  const newWeight = balancedWeight(taoNow, alphaNow, weight);
  const least = i64x2.ge_s(newWeight, i64x2.splat(MINIMUM_WEIGHT));
  const most = i64x2.le_s(newWeight, i64x2.splat(PERQUINTILL - MINIMUM_WEIGHT));
  if (!isPossible || !i64x2.all_true(v128.and(least, most))) return false;
  const inflow = i64x2.add(paidRao, taoInRao);
  if (!spend(sumOfLanes(inflow))) return false;
  const alphaInRao = toIntegers(alphaIn);
  setFieldPair(QUOTE_WEIGHT_PARTS, netuid, newWeight);
  setFieldPair(TAO_RESERVE_RAO, netuid, i64x2.add(taoNow, taoInRao));
  setFieldPair(ALPHA_IN_RAO, netuid, i64x2.add(alphaNow, alphaInRao));
  keepOrRecyclePair(netuid, bought);
  addFieldPair(CHAIN_BUYS_TOTAL_RAO, netuid, paidRao);
  addFieldPair(INJECTED_TOTAL_RAO, netuid, taoInRao);
  addFieldPair(ALPHA_MINTED_TOTAL_RAO, netuid, alphaInRao);
  addFieldPair(PROTOCOL_FLOW_RAO, netuid, inflow);
  setFieldPair(TAO_IN_EMISSION_RAO, netuid, taoInRao);
  setFieldPair(ALPHA_IN_EMISSION_RAO, netuid, alphaInRao);
  setFieldPair(EXCESS_TAO_RAO, netuid, paidRao);
  return true;
}

/** Set by the two functions below: whether what they return holds for both subnets. */
let isPossible: bool = false;

/** Alpha out of the pools for the excess, whole rao in double. */
function alphaBought(tao: v128, alpha: v128, weight: v128, paidRao: v128): v128 {
  const quote = toDoubles(weight);
  const t = f64x2.div(excess, toDoubles(i64x2.add(tao, paidRao)));
  const ratio = f64x2.div(quote, f64x2.sub(f64x2.splat(ONE), quote));
  const bought = f64x2.floor(f64x2.mul(toDoubles(alpha), oneMinusPowerPair(t, ratio)));
  const isDeep = i64x2.ge_s(alpha, i64x2.splat(MINIMUM_RESERVE_RAO));
  const nothing = f64x2.splat(0.0);
  const isBuy = v128.or(f64x2.eq(excess, nothing), f64x2.gt(bought, nothing));
  isPossible = isTiny && i64x2.all_true(v128.and(isDeep, isBuy));
  return bought;
}

/** The weights after an injection of taoIn and alphaIn that leaves the price alone. */
function balancedWeight(taoRao: v128, alphaRao: v128, weight: v128): v128 {
  const tao = toDoubles(taoRao);
  const alpha = toDoubles(alphaRao);
  const quote = toDoubles(weight);
  const base = f64x2.sub(f64x2.splat(ONE), quote);
  const sides = f64x2.add(
    f64x2.mul(base, f64x2.mul(tao, f64x2.add(alpha, alphaIn))),
    f64x2.mul(quote, f64x2.mul(alpha, f64x2.add(tao, taoIn))),
  );
  const apart = f64x2.sub(f64x2.mul(alpha, taoIn), f64x2.mul(tao, alphaIn));
  const move = f64x2.floor(f64x2.div(f64x2.mul(f64x2.mul(base, quote), apart), sides));
  isPossible = i64x2.all_true(f64x2.lt(f64x2.abs(move), f64x2.splat(TWO_51)));
  return i64x2.add(weight, toIntegers(move));
}

function keepOrRecyclePair(netuid: i32, boughtRao: v128): void {
  if (global(RECYCLE_BOUGHT) === 0) {
    addFieldPair(ALPHA_OUT_RAO, netuid, boughtRao);
    addFieldPair(PROTOCOL_ALPHA_RAO, netuid, boughtRao);
  } else {
    addFieldPair(ALPHA_RECYCLED_TOTAL_RAO, netuid, boughtRao);
    addFieldPair(BOUGHT_RECYCLED_TOTAL_RAO, netuid, boughtRao);
  }
}
