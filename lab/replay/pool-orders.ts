/**
 * What users did to a pool in a block, told from how its reserves differ from the coinbase's own
 * result: a buy, a sale, or a registration, whose alpha vanishes.
 */
import type { CoinbaseSubnet } from "../../sim/bittensor/coinbase/state.ts";
import { alphaForTao, type Reserves } from "../../sim/bittensor/pools/balancer.ts";
import {
  DEFAULT_FEE_RATE_U16,
  isRefused,
  LOWEST_PRICE_LIMIT_RAO,
  poolAfter,
  quoteSwap,
  swapFeeRao,
} from "../../sim/bittensor/pools/swap.ts";

export type OrderKind =
  | "buy"
  | "sale"
  /** A buy whose alpha is recycled at once. */
  | "registration"
  /** Alpha outside the pool was recycled; the pool was not touched. */
  | "recycled alpha"
  | "several orders";

export interface PoolOrder {
  readonly netuid: number;
  readonly kind: OrderKind;
  /** Captured minus ours. */
  readonly taoRao: bigint;
  readonly alphaInRao: bigint;
  readonly alphaOutRao: bigint;
  /** One order of this kind against our pool moves the reserves by just these amounts. */
  readonly exact: boolean;
}

/** The order behind a difference of reserves, or null where there is none. */
export function orderBehind(ours: CoinbaseSubnet, captured: CoinbaseSubnet): PoolOrder | null {
  const taoRao = captured.taoRao - ours.taoRao;
  const alphaInRao = captured.alphaInRao - ours.alphaInRao;
  const alphaOutRao = captured.alphaOutRao - ours.alphaOutRao;
  if (taoRao === 0n && alphaInRao === 0n && alphaOutRao === 0n) return null;
  const kind = kindOf(taoRao, alphaInRao, alphaOutRao);
  const exact = isExact(kind, ours, taoRao, alphaInRao);
  return { netuid: ours.netuid, kind, taoRao, alphaInRao, alphaOutRao, exact };
}

function kindOf(tao: bigint, alphaIn: bigint, alphaOut: bigint): OrderKind {
  if (tao > 0n && alphaIn < 0n && alphaOut === -alphaIn) return "buy";
  if (tao > 0n && alphaIn < 0n && alphaOut === 0n) return "registration";
  if (tao < 0n && alphaIn > 0n && alphaOut === -alphaIn) return "sale";
  if (tao === 0n && alphaIn === 0n && alphaOut < 0n) return "recycled alpha";
  return "several orders";
}

function isExact(kind: OrderKind, pool: Reserves, taoRao: bigint, alphaInRao: bigint): boolean {
  if (kind === "buy" || kind === "registration") return alphaForTao(pool, taoRao) === -alphaInRao;
  return kind === "sale" && saleProceedsRao(pool, alphaInRao) === -taoRao;
}

/** TAO that leaves the pool for a sale: the seller's, and what the fee's own sale brings. */
function saleProceedsRao(pool: Reserves, alphaRao: bigint): bigint {
  const feeRao = swapFeeRao(alphaRao, DEFAULT_FEE_RATE_U16);
  const sold = saleWithoutFee(pool, alphaRao - feeRao);
  const rest = poolAfter(pool, "sell", alphaRao - feeRao, sold);
  return sold + (feeRao === 0n ? 0n : saleWithoutFee(rest, feeRao));
}

function saleWithoutFee(pool: Reserves, alphaRao: bigint): bigint {
  const outcome = quoteSwap(pool, {
    side: "sell",
    amountRao: alphaRao,
    limitPriceRao: LOWEST_PRICE_LIMIT_RAO,
    feeRateU16: 0,
  });
  return isRefused(outcome) ? 0n : outcome.paidOutRao;
}
