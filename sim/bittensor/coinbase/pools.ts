/** The pool of each era as the coinbase needs it: its price, and how emission enters it. */
import { U64F64 } from "../../fixed/fixed-point.ts";
import { balancerPriceBits } from "../pools/balancer.ts";
import { positionPriceBits } from "../pools/concentrated.ts";
import { productPriceBits } from "../pools/constant-product.ts";
import type { PoolKind } from "../rules/rule-set.ts";
import {
  type Injection,
  type InjectionOrder,
  inject,
  type WaitingPool,
  type WholeTerms,
} from "./inject.ts";
import {
  injectIntoConcentrated,
  injectIntoProduct,
  injectIntoStable,
  positionOf,
} from "./inject-older.ts";

interface PricedPool extends WaitingPool {
  readonly stable?: boolean;
}

/** TAO per alpha, U64F64: one for mechanism 0 and before there were pools. */
export function spotPriceBits(pool: PricedPool, kind: PoolKind = "balancer"): bigint {
  if (pool.stable || kind === "none") return U64F64.oneBits;
  if (kind === "balancer") return balancerPriceBits(pool);
  return kind === "concentrated" ? positionPriceBits(positionOf(pool)) : productPriceBits(pool);
}

/** One subnet's chain buy and injection; a stable pool trades one for one. */
export function injectByKind(
  pool: PricedPool,
  terms: WholeTerms,
  order: InjectionOrder,
  kind: PoolKind = "balancer",
): Injection {
  if (pool.stable) return injectIntoStable(pool, terms);
  if (kind === "balancer") return inject(pool, terms, order);
  return kind === "concentrated"
    ? injectIntoConcentrated(pool, terms)
    : injectIntoProduct(pool, terms);
}
