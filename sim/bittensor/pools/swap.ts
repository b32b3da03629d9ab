/**
 * A whole swap against the weighted pool: fee, price limit and partial fill. Refusals bear the
 * chain's error names. Source: spec/token-economics.md section 4.3 (swap_step.rs, impls.rs).
 */
import { RAO_PER_TAO } from "../../amounts.ts";
import {
  fromInteger,
  safeDiv,
  satMul,
  toUnsigned,
  U64_MAX,
  U64F64,
} from "../../fixed/fixed-point.ts";
import {
  alphaForTao,
  alphaToReachPrice,
  balancerPriceBits,
  type Reserves,
  taoForAlpha,
  taoToReachPrice,
} from "./balancer.ts";

export const DEFAULT_FEE_RATE_U16 = 33;
export const MINIMUM_RESERVE_RAO = 1_000_000n;
/** Limits that stop no order: rao of TAO per alpha. */
export const HIGHEST_PRICE_LIMIT_RAO = 1_000_000_000_000_000n;
export const LOWEST_PRICE_LIMIT_RAO = 1_000n;
/** An order's input, net of its fee, is at most this many times the reserve it enters. */
export const LARGEST_INPUT_MULTIPLE = 1_000n;

export interface SwapOrder {
  /** buy: TAO in, alpha out; sell: alpha in, TAO out. */
  readonly side: "buy" | "sell";
  /** TAO of a buy or alpha of a sell, fee included. */
  readonly amountRao: bigint;
  /** Rao of TAO per alpha that the price must not pass. */
  readonly limitPriceRao: bigint;
  /** Of the input, in 65535ths; 0 for the chain's own buys. */
  readonly feeRateU16: number;
  readonly minimumReserveRao?: bigint;
}

export interface SwapFill {
  /** Input that enters the pool: the fee is not in it. */
  readonly paidInRao: bigint;
  readonly paidOutRao: bigint;
  readonly feeRao: bigint;
  /** The limit cut the order short. */
  readonly hitLimit: boolean;
}

export type SwapRefusal = "ReservesTooLow" | "SwapInputTooLarge" | "PriceLimitExceeded";
export interface RefusedSwap {
  readonly refusal: SwapRefusal;
}
export type SwapOutcome = SwapFill | RefusedSwap;

export const isRefused = (outcome: SwapOutcome): outcome is RefusedSwap => "refusal" in outcome;

/** A price limit in rao per alpha as U64F64. */
export const limitPriceBits = (limitPriceRao: bigint): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, limitPriceRao), fromInteger(U64F64, RAO_PER_TAO));

const ratioBits = (numerator: number, denominator: number): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, BigInt(numerator)), fromInteger(U64F64, BigInt(denominator)));

const timesRatio = (amountRao: bigint, bits: bigint): bigint =>
  toUnsigned(U64F64, satMul(U64F64, fromInteger(U64F64, amountRao), bits));

/** The fee inside an amount. */
export const swapFeeRao = (amountRao: bigint, feeRateU16: number): bigint =>
  timesRatio(amountRao, ratioBits(feeRateU16, 65_535));

/** The fee on top of a net input. */
const feeOnTopRao = (netRao: bigint, feeRateU16: number): bigint =>
  timesRatio(netRao, ratioBits(feeRateU16, 65_535 - feeRateU16));

/** What an order would do to the pool, which is not changed. */
export function quoteSwap(pool: Reserves, order: SwapOrder): SwapOutcome {
  const buying = order.side === "buy";
  const [inputReserve, outputReserve] = buying
    ? [pool.taoRao, pool.alphaInRao]
    : [pool.alphaInRao, pool.taoRao];
  if (outputReserve < (order.minimumReserveRao ?? MINIMUM_RESERVE_RAO)) {
    return { refusal: "ReservesTooLow" };
  }
  const wholeFee = swapFeeRao(order.amountRao, order.feeRateU16);
  const wholeNet = order.amountRao - wholeFee;
  if (wholeNet > saturatedU64(inputReserve * LARGEST_INPUT_MULTIPLE)) {
    return { refusal: "SwapInputTooLarge" };
  }
  const price = balancerPriceBits(pool);
  const limit = limitPriceBits(order.limitPriceRao);
  if (buying ? price >= limit : price <= limit) return { refusal: "PriceLimitExceeded" };

  const fits = withinLimit(pool, order.side, wholeNet, limit);
  const netRao = fits ? wholeNet : netToLimit(pool, order.side, price, limit);
  const feeRao = fits ? wholeFee : feeOnTopRao(netRao, order.feeRateU16);
  const paidOutRao = outputFor(pool, order.side, netRao);
  if (netRao > 0n && paidOutRao === 0n) return { refusal: "ReservesTooLow" };
  return { paidInRao: netRao, paidOutRao, feeRao, hitLimit: !fits };
}

const saturatedU64 = (value: bigint): bigint => (value < U64_MAX ? value : U64_MAX);

const outputFor = (pool: Reserves, side: SwapOrder["side"], netRao: bigint): bigint =>
  side === "buy" ? alphaForTao(pool, netRao) : taoForAlpha(pool, netRao);

const netToLimit = (pool: Reserves, side: SwapOrder["side"], price: bigint, limit: bigint) =>
  side === "buy" ? taoToReachPrice(pool, price, limit) : alphaToReachPrice(pool, price, limit);

function withinLimit(pool: Reserves, side: SwapOrder["side"], netRao: bigint, limit: bigint) {
  const end = balancerPriceBits(poolAfter(pool, side, netRao, outputFor(pool, side, netRao)));
  return side === "buy" ? end <= limit : end >= limit;
}

/** The pool after a fill: weights do not change in a swap. */
export function poolAfter(
  pool: Reserves,
  side: SwapOrder["side"],
  paidInRao: bigint,
  paidOutRao: bigint,
): Reserves {
  const [taoDelta, alphaDelta] =
    side === "buy" ? [paidInRao, -paidOutRao] : [-paidOutRao, paidInRao];
  return {
    taoRao: pool.taoRao + taoDelta,
    alphaInRao: pool.alphaInRao + alphaDelta,
    quoteWeight: pool.quoteWeight,
  };
}
