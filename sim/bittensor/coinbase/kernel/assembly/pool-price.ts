/**
 * The spot price, U64F64. Of a weighted pool: floor(w1 / w2) times floor(y / x), floored; y TAO and
 * x alpha in reserve, w2 the weight of TAO. A constant product is the same at even weights. Of
 * concentrated liquidity: the square of its own root. Source: spec/token-economics.md 4.1 and 4.2.
 */

import { isStable } from "./eligible";
import { toDoubles } from "./lanes";
import {
  ALPHA_IN_RAO,
  POOL_KIND,
  QUOTE_WEIGHT_PARTS,
  SQRT_PRICE_HIGH,
  SQRT_PRICE_LOW,
  TAO_RESERVE_RAO,
} from "./layout";
import { field, fieldPair, global } from "./memory";
import { divideFraction, mulHigh, PERQUINTILL, TWO_32, TWO_64 } from "./wide";

/** The values of POOL_KIND. */
export const WEIGHTED: u64 = 0;
export const CONSTANT_PRODUCT: u64 = 1;
export const CONCENTRATED: u64 = 2;

/** The two words of the last `spotPrice`. */
export let priceHigh: u64 = 0;
export let priceLow: u64 = 0;

export function spotPrice(netuid: i32): void {
  if (isStable(netuid)) return setPrice(1, 0);
  if (global(POOL_KIND) === CONCENTRATED) {
    return squarePrice(field(SQRT_PRICE_HIGH, netuid), field(SQRT_PRICE_LOW, netuid));
  }
  poolPrice(field(TAO_RESERVE_RAO, netuid), field(ALPHA_IN_RAO, netuid), quoteWeight(netuid));
}

function quoteWeight(netuid: i32): u64 {
  return global(POOL_KIND) === WEIGHTED ? field(QUOTE_WEIGHT_PARTS, netuid) : PERQUINTILL / 2;
}

/** floor(s^2) of a root below 2^31. */
function squarePrice(high: u64, low: u64): void {
  const twice = high << 1;
  const square = mulHigh(low, low);
  const sum = square + twice * low;
  setPrice(high * high + mulHigh(twice, low) + <u64>(sum < square), sum);
}

function setPrice(high: u64, low: u64): void {
  priceHigh = high;
  priceLow = low;
}

function poolPrice(taoRao: u64, alphaRao: u64, quoteWeight: u64): void {
  if (alphaRao === 0 || quoteWeight === 0) return setPrice(0, 0);
  const baseWeight = PERQUINTILL - quoteWeight;
  const weightHigh = baseWeight / quoteWeight;
  const weightLow = divideFraction(baseWeight - weightHigh * quoteWeight, quoteWeight);
  const reserveHigh = taoRao / alphaRao;
  const reserveLow = divideFraction(taoRao - reserveHigh * alphaRao, alphaRao);
  let low = mulHigh(weightLow, reserveLow);
  let high =
    weightHigh * reserveHigh + mulHigh(weightHigh, reserveLow) + mulHigh(weightLow, reserveHigh);
  const first = weightHigh * reserveLow;
  low += first;
  high += <u64>(low < first);
  const second = weightLow * reserveHigh;
  low += second;
  high += <u64>(low < second);
  setPrice(high, low);
}

/** The price in double, to 2^-49 of itself; 0 for an empty pool. */
export function spotPriceF64(netuid: i32): f64 {
  if (isStable(netuid)) return 1.0;
  if (global(POOL_KIND) === CONCENTRATED) {
    const root = sqrtPriceF64(netuid);
    return root * root;
  }
  const weight = quoteWeight(netuid);
  const bottom = <f64>(<i64>weight) * <f64>(<i64>field(ALPHA_IN_RAO, netuid));
  if (bottom === 0.0) return 0.0;
  const baseWeight = <f64>(<i64>(PERQUINTILL - weight));
  return (baseWeight * <f64>(<i64>field(TAO_RESERVE_RAO, netuid))) / bottom;
}

/** The prices of two weighted pools in double, as `spotPriceF64` has them; not a number for an empty one. */
export function spotPricePair(netuid: i32): v128 {
  const weight = fieldPair(QUOTE_WEIGHT_PARTS, netuid);
  const bottom = f64x2.mul(toDoubles(weight), toDoubles(fieldPair(ALPHA_IN_RAO, netuid)));
  const baseWeight = toDoubles(i64x2.sub(i64x2.splat(PERQUINTILL), weight));
  return f64x2.div(f64x2.mul(baseWeight, toDoubles(fieldPair(TAO_RESERVE_RAO, netuid))), bottom);
}

/** The square root of a concentrated pool's price. */
export function sqrtPriceF64(netuid: i32): f64 {
  return <f64>field(SQRT_PRICE_HIGH, netuid) + <f64>field(SQRT_PRICE_LOW, netuid) / TWO_64;
}

/**
 * The price as U96F32 bits; all ones for 2^31 and more. Most often by doubles: the exact floors
 * differ by less than (2 + price + weights) 2^-32 bits, which is settled unless the result lies
 * that close to an integer.
 */
export function spotPriceU96F32(netuid: i32): u64 {
  const estimate = spotPriceF64(netuid) * TWO_32;
  if (estimate < 1e10) {
    const floor = <u64>(<i64>estimate);
    const fraction = estimate - <f64>(<i64>floor);
    if (fraction > 1e-4 && fraction < 1.0 - 1e-4) return floor;
  }
  spotPrice(netuid);
  return priceHigh >> 31 ? ~(<u64>0) : (priceHigh << 32) | (priceLow >> 32);
}
