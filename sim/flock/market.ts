/**
 * Where FLOCK trades for dollars: one constant-product pool. Nothing is published about the real
 * venues' depth; it is a parameter. USD are integers of a millionth. The fee stays in the pool.
 */

import { scaledFraction, WEI_PER_FLOCK, weiFromFlock } from "./amounts.ts";
import { amountOut, integerSqrt } from "./constant-product.ts";
import type { FlockParameters } from "./parameters.ts";

export const MICRO_PER_USD = 1_000_000n;
const FEE_BASE = 1_000_000n;

export interface FlockMarket {
  readonly flockWei: bigint;
  readonly usdMicro: bigint;
  readonly feePart: bigint;
}

export const usdFromMicro = (micro: bigint): number => Number(micro) / 1e6;
/** Rounded down to a millionth. Throws RangeError when it is not finite or is negative. */
export function microFromUsd(usd: number): bigint {
  if (!Number.isFinite(usd) || usd < 0) {
    throw new RangeError(`an amount of USD must be a number of at least 0, got ${usd}`);
  }
  return BigInt(Math.floor(usd * 1e6));
}

export function flockMarket(rules: FlockParameters["market"]): FlockMarket {
  return {
    flockWei: weiFromFlock(rules.depthUsd / rules.priceUsd),
    usdMicro: microFromUsd(rules.depthUsd),
    feePart: scaledFraction(rules.swapFee, FEE_BASE),
  };
}

/** USD per FLOCK at the margin. */
export const priceUsd = ({ flockWei, usdMicro }: FlockMarket): number =>
  usdFromMicro(usdMicro) / (Number(flockWei) / Number(WEI_PER_FLOCK));

export interface Trade {
  readonly outAmount: bigint;
  readonly market: FlockMarket;
}

const lessFee = (amount: bigint, { feePart }: FlockMarket): bigint =>
  (amount * (FEE_BASE - feePart)) / FEE_BASE;

/** Sells FLOCK: micro-USD out, and the pool after it. */
export function sellFlock(market: FlockMarket, flockWei: bigint): Trade {
  const outAmount = amountOut(market.flockWei, market.usdMicro, lessFee(flockWei, market));
  return {
    outAmount,
    market: {
      ...market,
      flockWei: market.flockWei + flockWei,
      usdMicro: market.usdMicro - outAmount,
    },
  };
}

/** Buys FLOCK: wei out, and the pool after it. */
export function buyFlock(market: FlockMarket, usdMicro: bigint): Trade {
  const outAmount = amountOut(market.usdMicro, market.flockWei, lessFee(usdMicro, market));
  return {
    outAmount,
    market: {
      ...market,
      flockWei: market.flockWei - outAmount,
      usdMicro: market.usdMicro + usdMicro,
    },
  };
}

export type Correction =
  | { readonly side: "buy"; readonly usdMicro: bigint }
  | { readonly side: "sell"; readonly flockWei: bigint };

/**
 * The trade that would move the price to a target, leaving the fee out of account. What traders
 * outside the simulation do when they hold the token to be worth something else.
 */
export function tradeTowards(market: FlockMarket, targetUsd: number): Correction {
  const product = market.flockWei * market.usdMicro;
  // usdMicro per wei, as a ratio of integers: target * 10^6 / 10^18.
  const targetMicro = BigInt(Math.max(1, Math.round(targetUsd * 1e12)));
  const usdAtTarget = integerSqrt((product * targetMicro) / (1_000_000n * WEI_PER_FLOCK));
  if (usdAtTarget >= market.usdMicro) {
    return { side: "buy", usdMicro: usdAtTarget - market.usdMicro };
  }
  const flockAtTarget = usdAtTarget === 0n ? market.flockWei : product / usdAtTarget;
  return { side: "sell", flockWei: flockAtTarget - market.flockWei };
}
