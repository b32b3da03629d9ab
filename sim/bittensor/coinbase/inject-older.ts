/**
 * Chain buys and injections in pools other than the weighted one: the injection deepens the pool at
 * its price, and a buy takes alpha out at the reserves before it.
 * Source: spec/token-economics.md sections 2.3 and 4.1.
 */
import {
  buyFromPosition,
  injectIntoPosition,
  type Position,
  positionOfReserves,
} from "../pools/concentrated.ts";
import { productAlphaForTao } from "../pools/constant-product.ts";
import type { Injection, WaitingPool, WholeTerms } from "./inject.ts";

/** February to July 2025: TAO and alpha simply enter the reserves. */
export function injectIntoProduct(pool: WaitingPool, terms: WholeTerms): Injection {
  const boughtAlphaRao = productAlphaForTao(pool, terms.excessTaoRao);
  return grown(pool, terms, boughtAlphaRao);
}

/** July 2025 to June 2026: the liquidity grows at the price, then the buy moves the price. */
export function injectIntoConcentrated(pool: WaitingPool, terms: WholeTerms): Injection {
  const deeper = injectIntoPosition(positionOf(pool), terms.taoInRao, terms.alphaInRao);
  const bought = buyFromPosition(deeper, terms.excessTaoRao);
  return grown({ ...pool, position: bought.position }, terms, bought.paidOutRao);
}

/** Mechanism 0: a price of one and no pool behind it. */
export const injectIntoStable = (pool: WaitingPool, terms: WholeTerms): Injection => {
  const held = pool.alphaInRao < terms.excessTaoRao ? pool.alphaInRao : terms.excessTaoRao;
  return grown(pool, terms, held);
};

/** A pool's position; one that has had no swap yet stands at its reserves' price. */
export const positionOf = (pool: WaitingPool): Position =>
  pool.position ?? positionOfReserves(pool.taoRao, pool.alphaInRao);

function grown(pool: WaitingPool, terms: WholeTerms, boughtAlphaRao: bigint): Injection {
  return {
    pool: {
      ...pool,
      taoRao: pool.taoRao + terms.excessTaoRao + terms.taoInRao,
      alphaInRao: pool.alphaInRao - boughtAlphaRao + terms.alphaInRao,
    },
    boughtAlphaRao,
    spentRao: terms.excessTaoRao + terms.taoInRao,
    excessTaoRao: terms.excessTaoRao,
    taoInRao: terms.taoInRao,
    alphaInRao: terms.alphaInRao,
  };
}
