/**
 * Swaps against a subnet's pool in the chain's state, of whatever kind the era has: what leaves and
 * enters the reserves, and who gets the fee. Source: spec/token-economics.md sections 4.1 to 4.6.
 */
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { readPosition, writePosition } from "../coinbase/position-columns.ts";
import { balancerPriceBits, EVEN_WEIGHT, type Reserves, taoForAlpha } from "../pools/balancer.ts";
import { injectIntoPosition } from "../pools/concentrated.ts";
import { FLAT_STAKING_FEE_RAO, removalFeeRao } from "../pools/constant-product.ts";
import {
  largestMoveBetweenPools,
  largestMoveIntoPool,
  largestStableRemove,
  largestSwap,
} from "../pools/limits.ts";
import {
  depthOf,
  type OlderPool,
  olderOutput,
  olderPriceBits,
  positionAfter,
  quoteOlderSwap,
} from "../pools/older-swap.ts";
import {
  HIGHEST_PRICE_LIMIT_RAO,
  isRefused,
  LOWEST_PRICE_LIMIT_RAO,
  quoteSwap,
  type SwapFill,
  type SwapOrder,
  type SwapOutcome,
  type SwapRefusal,
} from "../pools/swap.ts";
import type { ChainState } from "../state.ts";
import type { ChainParameters } from "./parameters.ts";
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
  /** What the TAO is paid for; absent = stake. */
  readonly reason?: TaoReason;
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
    private readonly parameters: () => Pick<ChainParameters, "era" | "swapFee">,
  ) {}

  reserves(netuid: number): Reserves {
    const { subnet } = this.state;
    return {
      alphaInRao: subnet.alphaInRao[netuid],
      taoRao: subnet.taoReserveRao[netuid],
      quoteWeight: subnet.quoteWeightParts[netuid],
    };
  }

  /** The pool as the rules before June 2026 see it; null since then. */
  private olderPool(netuid: number): OlderPool | null {
    const { pool } = this.parameters().era;
    if (pool === "balancer") return null;
    const { taoRao, alphaInRao } = this.reserves(netuid);
    if (pool === "constant product") return { taoRao, alphaInRao };
    return { taoRao, alphaInRao, position: readPosition(this.state, netuid) };
  }

  /** The pool as a weighted one that trades alike: a constant product is one of even weights. */
  private depth(netuid: number): Reserves {
    const older = this.olderPool(netuid);
    if (!older) return this.reserves(netuid);
    const { taoRao, alphaRao } = depthOf(older);
    return { taoRao, alphaInRao: alphaRao, quoteWeight: EVEN_WEIGHT };
  }

  /** TAO per alpha, U64F64. */
  priceBits(netuid: number): bigint {
    const older = this.olderPool(netuid);
    return older ? olderPriceBits(older) : balancerPriceBits(this.reserves(netuid));
  }

  /** TAO per alpha; 1 on root. For views and records. */
  spotPrice(netuid: number): number {
    return netuid === 0 ? 1 : toFloat(U64F64, this.priceBits(netuid));
  }

  /** What a fee-free sale would bring, without doing it. */
  quoteSaleRao(netuid: number, alphaRao: bigint): bigint {
    if (alphaRao === 0n) return 0n;
    const older = this.olderPool(netuid);
    if (!older) return taoForAlpha(this.reserves(netuid), alphaRao);
    const taoRao = olderOutput(older, "sell", alphaRao);
    return taoRao < older.taoRao ? taoRao : older.taoRao;
  }

  private quote(netuid: number, order: SwapOrder): SwapOutcome {
    const older = this.olderPool(netuid);
    return older ? quoteOlderSwap(older, order) : quoteSwap(this.reserves(netuid), order);
  }

  /**
   * The largest move between two subnets (0: root) within a limit on origin price / destination
   * price, in units of the origin; 0 where the pools refuse any.
   */
  largestMove(origin: number, destination: number, limitPriceRao: bigint): bigint {
    if (origin !== 0 && destination !== 0) {
      return largestMoveBetweenPools(this.depth(origin), this.depth(destination), limitPriceRao);
    }
    if (origin === destination) return largestStableRemove(limitPriceRao);
    const order = { limitPriceRao, feeRateU16: this.parameters().swapFee };
    const largest =
      origin === 0
        ? largestMoveIntoPool(this.depth(destination), order)
        : largestSwap(this.depth(origin), { ...order, side: "sell" });
    return "refusal" in largest ? 0n : largest.amountRao;
  }

  /** A coldkey's TAO for alpha. The alpha received is out of the pool and belongs to nobody yet. */
  buy(netuid: number, coldkey: string, taoRao: bigint, terms: SwapTerms = {}): SwapResult {
    const flatRao = this.flatFeeRao(terms);
    if (taoRao <= flatRao) return { ok: false, reason: "ReservesTooLow" };
    const fill = this.quote(netuid, {
      side: "buy",
      amountRao: taoRao - flatRao,
      limitPriceRao: terms.limitPriceRao ?? HIGHEST_PRICE_LIMIT_RAO,
      feeRateU16: terms.free ? 0 : this.parameters().swapFee,
    });
    if (isRefused(fill)) return { ok: false, reason: fill.refusal };
    if (fill.hitLimit && !terms.allowPartial) return { ok: false, reason: "SlippageTooHigh" };
    const { paidInRao, paidOutRao } = fill;
    this.movePrice(netuid, "buy", fill);
    this.ledger.move(walletOf(coldkey), poolOf(netuid), paidInRao, terms.reason ?? "stake");
    this.alphaIntoPool(netuid, -paidOutRao);
    this.payTaoFee(netuid, coldkey, fill.feeRao + flatRao);
    this.state.subnet.userFlowRao[netuid] += paidInRao;
    const feeRao = fill.feeRao + flatRao;
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
    const fill = this.quote(netuid, {
      side: "sell",
      amountRao: alphaRao,
      limitPriceRao: terms.limitPriceRao ?? LOWEST_PRICE_LIMIT_RAO,
      feeRateU16: terms.free ? 0 : this.parameters().swapFee,
    });
    if (isRefused(fill)) return { ok: false, reason: fill.refusal };
    if (fill.hitLimit && !terms.allowPartial) return { ok: false, reason: "SlippageTooHigh" };
    const { paidInRao, paidOutRao, feeRao } = fill;
    this.movePrice(netuid, "sell", fill);
    const keptRao = this.removalFeeRao(paidOutRao, terms);
    const receivedRao = paidOutRao - keptRao;
    this.payOut(netuid, coldkey, paidInRao, receivedRao, reason);
    this.takeAlphaFee(netuid, feeRao);
    const { userFlowRao, protocolFlowRao } = this.state.subnet;
    if (reason === "root_claim") protocolFlowRao[netuid] -= paidOutRao;
    else userFlowRao[netuid] -= paidOutRao;
    if (reason === "unstake") count(this.soldRao, netuid, receivedRao);
    return { ok: true, receivedRao, feeRao, paidRao: paidInRao + feeRao };
  }

  /** A pool of concentrated liquidity remembers its own price. */
  private movePrice(netuid: number, side: SwapOrder["side"], { paidInRao }: SwapFill): void {
    const older = this.olderPool(netuid);
    const position = older && positionAfter(older, side, paidInRao);
    if (position) writePosition(this.state, netuid, position);
  }

  /** What staking cost before pools had a fee. */
  private flatFeeRao({ free, reason }: SwapTerms): bigint {
    if (free || reason === "registration") return 0n;
    return this.parameters().era.swapFees !== "none" ? 0n : FLAT_STAKING_FEE_RAO;
  }

  /** What unstaking cost then, of the proceeds; it stays in the pool. */
  private removalFeeRao(taoRao: bigint, { free }: SwapTerms): bigint {
    if (free || this.parameters().era.swapFees !== "none") return 0n;
    // By the hotkey's last yield where that is more than 0.005 per cent, which no pool knows.
    const feeRao = removalFeeRao(taoRao, 0n, 0n);
    return feeRao < taoRao ? feeRao : taoRao;
  }

  /** A fee in TAO: to the block's author, or to the pool before March 2026. */
  private payTaoFee(netuid: number, coldkey: string, feeRao: bigint): void {
    if (this.parameters().era.swapFees === "block author") {
      this.ledger.move(walletOf(coldkey), walletOf(BLOCK_AUTHOR), feeRao, "swap_fee");
      return;
    }
    this.ledger.move(walletOf(coldkey), poolOf(netuid), feeRao, "swap_fee");
    this.deepen(netuid, feeRao, 0n);
  }

  /** A fee in alpha: sold fee-free for the block's author, or left in the pool. */
  private takeAlphaFee(netuid: number, feeRao: bigint): void {
    if (this.parameters().era.swapFees !== "block author") {
      this.alphaIntoPool(netuid, feeRao);
      this.deepen(netuid, 0n, feeRao);
      return;
    }
    const taoRao = this.quoteSaleRao(netuid, feeRao);
    const older = this.olderPool(netuid);
    const position = older && positionAfter(older, "sell", feeRao);
    if (position) writePosition(this.state, netuid, position);
    this.payOut(netuid, BLOCK_AUTHOR, feeRao, taoRao, "swap_fee");
  }

  /** Fees that stay deepen the protocol's position, at the price as it is. */
  private deepen(netuid: number, taoRao: bigint, alphaRao: bigint): void {
    const position = this.olderPool(netuid)?.position;
    if (!position || taoRao + alphaRao === 0n) return;
    writePosition(this.state, netuid, injectIntoPosition(position, taoRao, alphaRao));
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
