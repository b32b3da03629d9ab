/**
 * A whole swap against the pools before June 2026: fee, price limit and partial fill. Refusals bear
 * the names of the weighted pool's. Source: spec/token-economics.md section 4.1.
 */
import { integerRoot } from "./big-power.ts";
import {
  buyFromPosition,
  type Position,
  positionPriceBits,
  sellToPosition,
  virtualReserves,
} from "./concentrated.ts";
import { productAlphaForTao, productPriceBits, productTaoForAlpha } from "./constant-product.ts";
import {
  LARGEST_INPUT_MULTIPLE,
  limitPriceBits,
  MINIMUM_RESERVE_RAO,
  type SwapOrder,
  type SwapOutcome,
  swapFeeRao,
} from "./swap.ts";

/** A pool as its swaps see it: what it holds, and what it would hold at its price and depth. */
export interface OlderPool {
  readonly taoRao: bigint;
  readonly alphaInRao: bigint;
  /** Absent: constant product. */
  readonly position?: Position;
}

export const olderPriceBits = ({ position, ...reserves }: OlderPool): bigint =>
  position ? positionPriceBits(position) : productPriceBits(reserves);

/** Output of an input that is net of fees. */
export function olderOutput(pool: OlderPool, side: SwapOrder["side"], netRao: bigint): bigint {
  const { position } = pool;
  if (!position) {
    return side === "buy" ? productAlphaForTao(pool, netRao) : productTaoForAlpha(pool, netRao);
  }
  const fill =
    side === "buy" ? buyFromPosition(position, netRao) : sellToPosition(position, netRao);
  return fill.paidOutRao;
}

/** The position after a fill; undefined for a constant product. */
export function positionAfter(
  { position }: OlderPool,
  side: SwapOrder["side"],
  netRao: bigint,
): Position | undefined {
  if (!position) return undefined;
  const fill =
    side === "buy" ? buyFromPosition(position, netRao) : sellToPosition(position, netRao);
  return fill.position;
}

/** What an order would do to the pool, which is not changed. */
export function quoteOlderSwap(pool: OlderPool, order: SwapOrder): SwapOutcome {
  const buying = order.side === "buy";
  const [inputReserve, outputReserve] = buying
    ? [pool.taoRao, pool.alphaInRao]
    : [pool.alphaInRao, pool.taoRao];
  const smallest = order.minimumReserveRao ?? MINIMUM_RESERVE_RAO;
  if (outputReserve < smallest) return { refusal: "ReservesTooLow" };
  const wholeFee = swapFeeRao(order.amountRao, order.feeRateU16);
  const wholeNet = order.amountRao - wholeFee;
  if (wholeNet > inputReserve * LARGEST_INPUT_MULTIPLE) return { refusal: "SwapInputTooLarge" };
  const price = olderPriceBits(pool);
  const limit = limitPriceBits(order.limitPriceRao);
  if (buying ? price >= limit : price <= limit) return { refusal: "PriceLimitExceeded" };

  const most = netToLimit(pool, order.side, limit);
  const hitLimit = wholeNet > most;
  const netRao = hitLimit ? most : wholeNet;
  const feeRao = hitLimit ? feeOnTop(netRao, order.feeRateU16) : wholeFee;
  const paidOutRao = olderOutput(pool, order.side, netRao);
  const emptied = paidOutRao > outputReserve - smallest;
  if (emptied || (netRao > 0n && paidOutRao === 0n)) return { refusal: "ReservesTooLow" };
  return { paidInRao: netRao, paidOutRao, feeRao, hitLimit };
}

const feeOnTop = (netRao: bigint, feeRateU16: number): bigint =>
  (netRao * BigInt(feeRateU16)) / BigInt(65_535 - feeRateU16);

/** Net input that moves the price to the limit: the product of the reserves stays. */
function netToLimit(pool: OlderPool, side: SwapOrder["side"], limitBits: bigint): bigint {
  const { taoRao, alphaRao } = depthOf(pool);
  const product = taoRao * alphaRao;
  const reached =
    side === "buy"
      ? integerRoot((product * limitBits) >> 64n, 2n) - taoRao
      : integerRoot((product << 64n) / limitBits, 2n) - alphaRao;
  return reached > 0n ? reached : 0n;
}

/** What the pool holds, or would hold at its price and depth. */
export const depthOf = ({ position, taoRao, alphaInRao }: OlderPool) =>
  position ? virtualReserves(position) : { taoRao, alphaRao: alphaInRao };
