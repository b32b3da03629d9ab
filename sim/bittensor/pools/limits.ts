/**
 * The largest amount that a stake operation with a price limit may move.
 * Source: spec/token-economics.md section 5.2 (add_stake.rs, remove_stake.rs, move_stake.rs).
 */
import { RAO_PER_TAO } from "../../amounts.ts";
import {
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U64_MAX,
  U64F64,
} from "../../fixed/fixed-point.ts";
import type { Reserves } from "./balancer.ts";
import {
  isRefused,
  LARGEST_INPUT_MULTIPLE,
  limitPriceBits,
  quoteSwap,
  type SwapOrder,
  type SwapRefusal,
} from "./swap.ts";

export type LargestAmount = { readonly amountRao: bigint } | { readonly refusal: SwapRefusal };

const amount = (amountRao: bigint): LargestAmount => ({ amountRao });

/** TAO (buy) or alpha (sell), fee included, that takes a pool's price to the limit. */
export function largestSwap(
  pool: Reserves,
  order: Pick<SwapOrder, "side" | "limitPriceRao" | "feeRateU16" | "minimumReserveRao">,
): LargestAmount {
  const inputReserve = order.side === "buy" ? pool.taoRao : pool.alphaInRao;
  const all = inputReserve * LARGEST_INPUT_MULTIPLE;
  const outcome = quoteSwap(pool, { ...order, amountRao: all < U64_MAX ? all : U64_MAX });
  return isRefused(outcome) ? outcome : amount(outcome.paidInRao + outcome.feeRao);
}

/** Staking to root or a stable subnet: the price is one, so all or nothing. */
export const largestStableAdd = (limitPriceRao: bigint): bigint =>
  limitPriceRao >= RAO_PER_TAO ? U64_MAX : 0n;

/** Unstaking from root or a stable subnet, and moving between two of them. */
export const largestStableRemove = (limitPriceRao: bigint): bigint =>
  limitPriceRao <= RAO_PER_TAO ? U64_MAX : 0n;

/** A move out of root or a stable subnet into a pool: the limit is on 1 / the pool's price. */
export const largestMoveIntoPool = (
  destination: Reserves,
  order: Pick<SwapOrder, "limitPriceRao" | "feeRateU16" | "minimumReserveRao">,
): LargestAmount =>
  order.limitPriceRao === 0n
    ? amount(U64_MAX)
    : largestSwap(destination, {
        ...order,
        side: "buy",
        limitPriceRao: (RAO_PER_TAO * RAO_PER_TAO) / order.limitPriceRao,
      });

/**
 * Alpha to move between two dynamic subnets until origin price / destination price falls to the
 * limit. The chain still counts with the constant product here, without weights or fees.
 */
export function largestMoveBetweenPools(
  origin: Reserves,
  destination: Reserves,
  limitPriceRao: bigint,
): bigint {
  const reserves = [origin.taoRao, origin.alphaInRao, destination.taoRao, destination.alphaInRao];
  if (reserves.includes(0n)) return 0n;
  if (limitPriceRao === 0n) return U64_MAX;
  const limit = limitPriceBits(limitPriceRao);
  const [tao1, alpha1, tao2, alpha2] = reserves.map((rao) => fromInteger(U64F64, rao));
  const currentRatio = safeDiv(
    U64F64,
    safeDiv(U64F64, tao1, alpha1),
    safeDiv(U64F64, tao2, alpha2),
  );
  if (limit > currentRatio) return 0n;
  const taoSum = satAdd(U64F64, tao1, tao2);
  const fromDestination = satMul(U64F64, alpha2, safeDiv(U64F64, tao1, taoSum));
  const fromOrigin = satMul(U64F64, alpha1, safeDiv(U64F64, tao2, taoSum));
  return toUnsigned(U64F64, satSub(U64F64, safeDiv(U64F64, fromDestination, limit), fromOrigin));
}
