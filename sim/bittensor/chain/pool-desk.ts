/**
 * Swaps against a subnet's pool in the chain's state: what leaves and enters the reserves, and who
 * gets the fee. Source: spec/token-economics.md sections 4.3 and 4.6.
 */
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { balancerPriceBits, type Reserves, taoForAlpha } from "../pools/balancer.ts";
import {
  largestMoveBetweenPools,
  largestMoveIntoPool,
  largestStableRemove,
  largestSwap,
} from "../pools/limits.ts";
import {
  HIGHEST_PRICE_LIMIT_RAO,
  isRefused,
  LOWEST_PRICE_LIMIT_RAO,
  quoteSwap,
  type SwapRefusal,
} from "../pools/swap.ts";
import type { ChainState } from "../state.ts";
import { poolOf, type TaoLedger, type TaoReason, walletOf } from "./tao-ledger.ts";

/** Who produces blocks, and is paid the swap fees. */
export const BLOCK_AUTHOR = "block_author";

export type SwapResult =
  | {
      readonly ok: true;
      readonly receivedRao: bigint;
      readonly feeRao: bigint;
      readonly paidRao: bigint;
    }
  | { readonly ok: false; readonly reason: SwapRefusal | "SlippageTooHigh" };

export interface SwapTerms {
  /** Rao of TAO per alpha that the price must not pass; absent = no limit. */
  readonly limitPriceRao?: bigint;
  /** Fill as much as the limit allows; otherwise an order that it cuts short is refused. */
  readonly allowPartial?: boolean;
  /** Without fee: root claims, and the second leg of a move. */
  readonly free?: boolean;
}

export class PoolDesk {
  /** TAO paid and received by agents, per netuid, since the start: for the records. */
  readonly boughtRao = new Map<number, bigint>();
  readonly soldRao = new Map<number, bigint>();

  constructor(
    private readonly state: ChainState,
    private readonly ledger: TaoLedger,
    private readonly swapFee: () => number,
  ) {}

  reserves(netuid: number): Reserves {
    const { subnet } = this.state;
    return {
      alphaInRao: subnet.alphaInRao[netuid],
      taoRao: subnet.taoReserveRao[netuid],
      quoteWeight: subnet.quoteWeightParts[netuid],
    };
  }

  /** TAO per alpha; 1 on root. For views and records. */
  spotPrice(netuid: number): number {
    return netuid === 0 ? 1 : toFloat(U64F64, balancerPriceBits(this.reserves(netuid)));
  }

  /** What a fee-free sale would bring, without doing it. */
  quoteSaleRao(netuid: number, alphaRao: bigint): bigint {
    return alphaRao === 0n ? 0n : taoForAlpha(this.reserves(netuid), alphaRao);
  }

  /**
   * The largest move between two subnets (0: root) within a limit on origin price / destination
   * price, in units of the origin; 0 where the pools refuse any.
   */
  largestMove(origin: number, destination: number, limitPriceRao: bigint): bigint {
    if (origin !== 0 && destination !== 0) {
      return largestMoveBetweenPools(
        this.reserves(origin),
        this.reserves(destination),
        limitPriceRao,
      );
    }
    if (origin === destination) return largestStableRemove(limitPriceRao);
    const order = { limitPriceRao, feeRateU16: this.swapFee() };
    const largest =
      origin === 0
        ? largestMoveIntoPool(this.reserves(destination), order)
        : largestSwap(this.reserves(origin), { ...order, side: "sell" });
    return "refusal" in largest ? 0n : largest.amountRao;
  }

  /** A coldkey's TAO for alpha. The alpha received is out of the pool and belongs to nobody yet. */
  buy(netuid: number, coldkey: string, taoRao: bigint, terms: SwapTerms = {}): SwapResult {
    const fill = quoteSwap(this.reserves(netuid), {
      side: "buy",
      amountRao: taoRao,
      limitPriceRao: terms.limitPriceRao ?? HIGHEST_PRICE_LIMIT_RAO,
      feeRateU16: terms.free ? 0 : this.swapFee(),
    });
    if (isRefused(fill)) return { ok: false, reason: fill.refusal };
    if (fill.hitLimit && !terms.allowPartial) return { ok: false, reason: "SlippageTooHigh" };
    const { paidInRao, paidOutRao, feeRao } = fill;
    this.ledger.move(walletOf(coldkey), poolOf(netuid), paidInRao, "stake");
    this.ledger.move(walletOf(coldkey), walletOf(BLOCK_AUTHOR), feeRao, "swap_fee");
    this.alphaIntoPool(netuid, -paidOutRao);
    const paidRao = paidInRao + feeRao;
    count(this.boughtRao, netuid, paidRao);
    return { ok: true, receivedRao: paidOutRao, feeRao, paidRao };
  }

  /**
   * Alpha for TAO, paid to a coldkey's wallet. The caller takes `paidRao` of alpha from its holder.
   */
  sell(
    netuid: number,
    coldkey: string,
    alphaRao: bigint,
    reason: TaoReason,
    terms: SwapTerms = {},
  ): SwapResult {
    const fill = quoteSwap(this.reserves(netuid), {
      side: "sell",
      amountRao: alphaRao,
      limitPriceRao: terms.limitPriceRao ?? LOWEST_PRICE_LIMIT_RAO,
      feeRateU16: terms.free ? 0 : this.swapFee(),
    });
    if (isRefused(fill)) return { ok: false, reason: fill.refusal };
    if (fill.hitLimit && !terms.allowPartial) return { ok: false, reason: "SlippageTooHigh" };
    const { paidInRao, paidOutRao, feeRao } = fill;
    this.payOut(netuid, coldkey, paidInRao, paidOutRao, reason);
    // The alpha fee is sold fee-free into the same pool, for the block's author.
    this.payOut(netuid, BLOCK_AUTHOR, feeRao, this.quoteSaleRao(netuid, feeRao), "swap_fee");
    if (reason === "unstake") count(this.soldRao, netuid, paidOutRao);
    return { ok: true, receivedRao: paidOutRao, feeRao, paidRao: paidInRao + feeRao };
  }

  private payOut(
    netuid: number,
    coldkey: string,
    alphaRao: bigint,
    taoRao: bigint,
    reason: TaoReason,
  ): void {
    this.alphaIntoPool(netuid, alphaRao);
    this.ledger.move(poolOf(netuid), walletOf(coldkey), taoRao, reason);
  }

  /** What one side gains the other loses; a negative amount leaves the pool. */
  private alphaIntoPool(netuid: number, alphaRao: bigint): void {
    this.state.subnet.alphaInRao[netuid] += alphaRao;
    this.state.subnet.alphaOutRao[netuid] -= alphaRao;
  }
}

function count(totals: Map<number, bigint>, netuid: number, rao: bigint): void {
  totals.set(netuid, (totals.get(netuid) ?? 0n) + rao);
}
