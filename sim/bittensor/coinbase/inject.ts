/**
 * How a subnet's TAO emission enters its weighted pool: the chain buy, and the injection that moves
 * the weights and leaves the price. Source: spec/token-economics.md section 3.2 and
 * spec/recent-rules.md section 2.1 (run_coinbase.rs, swap impls.rs); the order of the two and what
 * becomes of a refused injection changed after spec 425.
 */
import { type Reserves, weightForInjection } from "../pools/balancer.ts";
import type { Position } from "../pools/concentrated.ts";
import { HIGHEST_PRICE_LIMIT_RAO, isRefused, quoteSwap } from "../pools/swap.ts";

export type InjectionOrder =
  /** Spec 423 to 425: new weights, then the buy at the old reserves, then the injection. */
  | "weights, buy, reserves"
  /** Since spec 432 to 441: the buy, then weights and injection; what is refused waits. */
  | "buy, weights and reserves";

export interface WaitingPool extends Reserves {
  readonly taoReservoirRao: bigint;
  readonly alphaReservoirRao: bigint;
  /** The concentrated pool's own state; only that era has one. */
  readonly position?: Position;
}

export interface Injection {
  readonly pool: WaitingPool;
  /** Alpha that the chain bought out of the pool. */
  readonly boughtAlphaRao: bigint;
  /** TAO of the block's credit that was used, buy included. */
  readonly spentRao: bigint;
  readonly excessTaoRao: bigint;
  /** What became part of the reserves, from this block or out of the reservoirs. */
  readonly taoInRao: bigint;
  readonly alphaInRao: bigint;
}

export interface WholeTerms {
  readonly taoInRao: bigint;
  readonly alphaInRao: bigint;
  readonly excessTaoRao: bigint;
}

/** One subnet's chain buy and injection, in the order of its time. */
export const inject = (pool: WaitingPool, terms: WholeTerms, order: InjectionOrder): Injection =>
  order === "weights, buy, reserves" ? injectAroundBuy(pool, terms) : injectAfterBuy(pool, terms);

/** Alpha for TAO without fee or limit; null where the pool refuses. */
function chainBuy(pool: Reserves, taoRao: bigint): bigint | null {
  if (taoRao === 0n) return 0n;
  const outcome = quoteSwap(pool, {
    side: "buy",
    amountRao: taoRao,
    limitPriceRao: HIGHEST_PRICE_LIMIT_RAO,
    feeRateU16: 0,
  });
  return isRefused(outcome) ? null : outcome.paidOutRao;
}

/** Specs 423 to 425. A failed buy leaves its TAO on the subnet's account, outside the pool. */
function injectAroundBuy(pool: WaitingPool, terms: WholeTerms): Injection {
  const weight = weightForInjection(pool, terms.taoInRao, terms.alphaInRao);
  const [taoInRao, alphaInRao] = weight === null ? [0n, 0n] : [terms.taoInRao, terms.alphaInRao];
  const weighted = { ...pool, quoteWeight: weight ?? pool.quoteWeight };
  const bought = chainBuy(weighted, terms.excessTaoRao);
  const excessTaoRao = bought === null ? 0n : terms.excessTaoRao;
  const boughtAlphaRao = bought ?? 0n;
  return {
    pool: {
      ...weighted,
      taoRao: pool.taoRao + excessTaoRao + taoInRao,
      alphaInRao: pool.alphaInRao - boughtAlphaRao + alphaInRao,
    },
    boughtAlphaRao,
    spentRao: terms.excessTaoRao + taoInRao,
    excessTaoRao,
    taoInRao,
    alphaInRao,
  };
}

/** Since spec 441 at the latest: nothing is refused for good, it waits in a reservoir. */
function injectAfterBuy(pool: WaitingPool, terms: WholeTerms): Injection {
  const bought = chainBuy(pool, terms.excessTaoRao);
  const excessTaoRao = bought === null ? 0n : terms.excessTaoRao;
  const boughtAlphaRao = bought ?? 0n;
  const afterBuy = {
    ...pool,
    taoRao: pool.taoRao + excessTaoRao,
    alphaInRao: pool.alphaInRao - boughtAlphaRao,
    taoReservoirRao: pool.taoReservoirRao + terms.taoInRao,
    alphaReservoirRao: pool.alphaReservoirRao + terms.alphaInRao,
  };
  const injected = drainReservoirs(afterBuy);
  return {
    pool: injected,
    boughtAlphaRao,
    spentRao: excessTaoRao + terms.taoInRao,
    excessTaoRao,
    taoInRao: injected.taoRao - afterBuy.taoRao,
    alphaInRao: injected.alphaInRao - afterBuy.alphaInRao,
  };
}

/** Both reservoirs into the reserves, else the alpha alone, else the TAO alone, else neither. */
function drainReservoirs(pool: WaitingPool): WaitingPool {
  const { taoReservoirRao: tao, alphaReservoirRao: alpha } = pool;
  for (const [taoRao, alphaRao] of [
    [tao, alpha],
    [0n, alpha],
    [tao, 0n],
  ]) {
    const quoteWeight = weightForInjection(pool, taoRao, alphaRao);
    if (quoteWeight === null) continue;
    return {
      ...pool,
      quoteWeight,
      taoRao: pool.taoRao + taoRao,
      alphaInRao: pool.alphaInRao + alphaRao,
      taoReservoirRao: tao - taoRao,
      alphaReservoirRao: alpha - alphaRao,
    };
  }
  return pool;
}
