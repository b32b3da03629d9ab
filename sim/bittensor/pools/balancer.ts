/**
 * The weighted pool since spec 423: price, exponents and weights. x is the alpha reserve, y the TAO
 * reserve; the quote weight w2 is stored as parts of 10^18 and w1 = 1 - w2.
 * Source: spec/token-economics.md sections 4.2 to 4.5 (pallets/swap balancer.rs).
 */
import { PERQUINTILL, perquintillFromRational } from "../../amounts.ts";
import {
  exactDiv,
  fromInteger,
  safeDiv,
  satMul,
  satSub,
  toUnsigned,
  U64_MAX,
  U64F64,
} from "../../fixed/fixed-point.ts";
import { powRatioScaled } from "./big-power.ts";
import { powParts } from "./fast-power.ts";

/** The largest integer of the U64F64's 128 bits: products of reserves saturate here. */
const U128_MAX = (1n << 128n) - 1n;
const SWAP_PRECISION_BITS = 256;
const LIMIT_PRECISION_BITS = 1024;

/** Both weights stay between one and ninety-nine hundredths. */
export const MIN_WEIGHT = PERQUINTILL / 100n;
export const EVEN_WEIGHT = PERQUINTILL / 2n;

export interface Reserves {
  /** SubnetAlphaIn. */
  readonly alphaInRao: bigint;
  /** SubnetTAO. */
  readonly taoRao: bigint;
  /** Weight of TAO, parts of 10^18. */
  readonly quoteWeight: bigint;
}

export const weightIsValid = (quoteWeight: bigint): boolean =>
  quoteWeight >= MIN_WEIGHT && PERQUINTILL - quoteWeight >= MIN_WEIGHT;

const baseWeight = (pool: Reserves): bigint => PERQUINTILL - pool.quoteWeight;

/** Spot price (w1/w2) * (y/x) in TAO per alpha, U64F64; 0 for an empty alpha reserve. */
export function balancerPriceBits(pool: Reserves): bigint {
  const ofWeights = safeDiv(U64F64, baseWeight(pool), pool.quoteWeight);
  const ofReserves = safeDiv(
    U64F64,
    fromInteger(U64F64, pool.taoRao),
    fromInteger(U64F64, pool.alphaInRao),
  );
  return satMul(U64F64, ofWeights, ofReserves);
}

/** (reserve / (reserve + delta))^(numerator / denominator), at most one, U64F64. */
export function exponentBits(
  reserve: bigint,
  delta: bigint,
  numerator: bigint,
  denominator: bigint,
): bigint {
  const sum = reserve + delta < U64_MAX ? reserve + delta : U64_MAX;
  if (sum === 0n) return 0n;
  return partsToBits(powParts(reserve, sum, numerator, denominator));
}

/** Parts of 10^18 as U64F64, at most one; 0 where the parts are none or beyond u64. */
function partsToBits(parts: bigint | null): bigint {
  if (parts === null || parts > U64_MAX) return 0n;
  const bits = exactDiv(U64F64, parts, PERQUINTILL);
  return bits < U64F64.oneBits ? bits : U64F64.oneBits;
}

/** The part of the TAO reserve that stays when `alphaRao` is sold. */
export const sellExponentBits = (pool: Reserves, alphaRao: bigint): bigint =>
  exponentBits(pool.alphaInRao, alphaRao, baseWeight(pool), pool.quoteWeight);

/** The part of the alpha reserve that stays when `taoRao` buys. */
export const buyExponentBits = (pool: Reserves, taoRao: bigint): bigint =>
  exponentBits(pool.taoRao, taoRao, pool.quoteWeight, baseWeight(pool));

const leaving = (reserve: bigint, stayingBits: bigint): bigint =>
  toUnsigned(
    U64F64,
    satMul(U64F64, fromInteger(U64F64, reserve), satSub(U64F64, U64F64.oneBits, stayingBits)),
  );

/** TAO out for alpha in, without fee or limit. */
export const taoForAlpha = (pool: Reserves, alphaRao: bigint): bigint =>
  leaving(pool.taoRao, sellExponentBits(pool, alphaRao));

/** Alpha out for TAO in, without fee or limit. */
export const alphaForTao = (pool: Reserves, taoRao: bigint): bigint =>
  leaving(pool.alphaInRao, buyExponentBits(pool, taoRao));

/** Parts of a number, rounded half up; the parts are of 10^18. */
export const mulPerquintillRound = (parts: bigint, value: bigint): bigint =>
  (parts * value + PERQUINTILL / 2n) / PERQUINTILL;

const saturatingProduct = (a: bigint, b: bigint): bigint => (a * b < U128_MAX ? a * b : U128_MAX);

/**
 * The quote weight at which adding (taoRao, alphaRao) leaves the price where it is; null where a
 * weight would fall below one hundredth, which refuses the injection.
 */
export function weightForInjection(
  pool: Reserves,
  taoRao: bigint,
  alphaRao: bigint,
): bigint | null {
  const base = saturatingProduct(pool.taoRao, pool.alphaInRao + alphaRao);
  const quote = saturatingProduct(pool.alphaInRao, pool.taoRao + taoRao);
  const q1 = mulPerquintillRound(baseWeight(pool), base);
  const q2 = mulPerquintillRound(pool.quoteWeight, quote);
  const weight = q1 + q2 === 0n ? EVEN_WEIGHT : perquintillFromRational(q2, q1 + q2);
  return weightIsValid(weight) ? weight : null;
}

/** The quote weight at which reserves show a price (U64F64), and whether it is within bounds. */
export function weightForPrice(
  priceBits: bigint,
  alphaInRao: bigint,
  taoRao: bigint,
): { readonly quoteWeight: bigint; readonly accepted: boolean } {
  const value = (priceBits * alphaInRao) >> U64F64.fractionBits;
  const quoteWeight = perquintillFromRational(taoRao, value + taoRao);
  return { quoteWeight, accepted: weightIsValid(quoteWeight) };
}

/** TAO in, net of fees, that lifts the price to the target; 0 where it is not above the price. */
export function taoToReachPrice(pool: Reserves, priceBits: bigint, targetBits: bigint): bigint {
  return growth(pool.taoRao, targetBits, priceBits, baseWeight(pool));
}

/** Alpha in, net of fees, that lowers the price to the target; 0 where it is not below. */
export function alphaToReachPrice(pool: Reserves, priceBits: bigint, targetBits: bigint): bigint {
  return growth(pool.alphaInRao, priceBits, targetBits, pool.quoteWeight);
}

/** floor(reserve * ((numerator/denominator)^weight - 1)); 0 for a ratio of at most one. */
function growth(
  reserve: bigint,
  numeratorBits: bigint,
  denominatorBits: bigint,
  weight: bigint,
): bigint {
  const parts = powRatioScaled(
    numeratorBits,
    denominatorBits,
    weight,
    PERQUINTILL,
    LIMIT_PRECISION_BITS,
    PERQUINTILL,
  );
  // The library's answer is read as u64: a growth of more than 18.4 times counts as 18.4 times.
  const grown = parts === null ? 0n : parts < U64_MAX ? parts : U64_MAX;
  return entering(reserve, grown);
}

/** floor(reserve * (parts/10^18 - 1)) through U64F64; 0 where the parts are below one. */
function entering(reserve: bigint, parts: bigint): bigint {
  const excess = satSub(U64F64, exactDiv(U64F64, parts, PERQUINTILL), U64F64.oneBits);
  return toUnsigned(U64F64, satMul(U64F64, fromInteger(U64F64, reserve), excess));
}

/** Alpha whose sale brings `taoRao` out; 0 where the pool cannot give so much. */
export function alphaNeededForTao(pool: Reserves, taoRao: bigint): bigint {
  if (taoRao >= pool.taoRao) return 0n;
  const parts = powRatioScaled(
    pool.taoRao,
    pool.taoRao - taoRao,
    pool.quoteWeight,
    baseWeight(pool),
    SWAP_PRECISION_BITS,
    PERQUINTILL,
  );
  return parts === null || parts > U64_MAX ? 0n : entering(pool.alphaInRao, parts);
}
