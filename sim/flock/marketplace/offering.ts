/**
 * A model's offering (FOMO): a raise in FLOCK on a bonding curve with virtual liquidity. If the
 * minimum is not met in time contributions go back less the platform's fee and no token exists.
 * Otherwise the curve stays the token's market. Source: spec/flock.md section 4; the curve's shape
 * is assumed (U). Token amounts are integers of 10^-18.
 */
import { scaledFraction, weiFromFlock } from "../amounts.ts";
import { amountOut } from "../constant-product.ts";
import type { FlockParameters } from "../parameters.ts";

const FEE_BASE = 1_000_000n;

export interface Curve {
  readonly virtualWei: bigint;
  /** FLOCK that was really paid in. */
  readonly flockWei: bigint;
  /** Model tokens still on the curve. */
  readonly tokens: bigint;
}

export interface Offering {
  readonly openedDay: number;
  readonly closesDay: number;
  readonly minimumWei: bigint;
  readonly feePart: bigint;
  readonly status: "raising" | "launched" | "refunded";
  readonly curve: Curve;
  readonly supply: bigint;
  /** Net contributions while the raise is open: what a refund pays. */
  readonly contributedWei: ReadonlyMap<number, bigint>;
  /** Tokens, or while the raise is open the claim to them. */
  readonly holdings: ReadonlyMap<number, bigint>;
  readonly burnedTokens: bigint;
}

export function openOffering(day: number, rules: FlockParameters["marketplace"]): Offering {
  const supply = weiFromFlock(rules.modelTokenSupply);
  return {
    openedDay: day,
    closesDay: day + rules.raiseDays,
    minimumWei: weiFromFlock(rules.minimumRaiseFlock),
    feePart: scaledFraction(rules.swapFee, FEE_BASE),
    status: "raising",
    curve: { virtualWei: weiFromFlock(rules.virtualFlock), flockWei: 0n, tokens: supply },
    supply,
    contributedWei: new Map(),
    holdings: new Map(),
    burnedTokens: 0n,
  };
}

const added = (map: ReadonlyMap<number, bigint>, who: number, amount: bigint) =>
  new Map(map).set(who, (map.get(who) ?? 0n) + amount);

export interface TokensBought {
  readonly offering: Offering;
  readonly tokens: bigint;
  readonly feeWei: bigint;
}

const onCurve = (curve: Curve, flockWei: bigint): bigint =>
  amountOut(curve.virtualWei + curve.flockWei, curve.tokens, flockWei);

const paidIn = (curve: Curve, flockWei: bigint, tokens: bigint): Curve => ({
  ...curve,
  flockWei: curve.flockWei + flockWei,
  tokens: curve.tokens - tokens,
});

/** FLOCK into model tokens, less the platform's fee; null once the offering was refunded. */
export function buyTokens(offering: Offering, who: number, flockWei: bigint): TokensBought | null {
  if (offering.status === "refunded") return null;
  const feeWei = (flockWei * offering.feePart) / FEE_BASE;
  const netWei = flockWei - feeWei;
  const tokens = onCurve(offering.curve, netWei);
  const raising = offering.status === "raising";
  return {
    feeWei,
    tokens,
    offering: {
      ...offering,
      curve: paidIn(offering.curve, netWei, tokens),
      contributedWei: raising
        ? added(offering.contributedWei, who, netWei)
        : offering.contributedWei,
      holdings: added(offering.holdings, who, tokens),
    },
  };
}

export interface TokensSold {
  readonly offering: Offering;
  readonly flockWei: bigint;
}

/** Model tokens back into FLOCK, without a fee; null before the launch or beyond the holding. */
export function sellTokens(offering: Offering, who: number, tokens: bigint): TokensSold | null {
  const held = offering.holdings.get(who) ?? 0n;
  if (offering.status !== "launched" || tokens > held) return null;
  const { curve } = offering;
  const flockWei = amountOut(curve.tokens, curve.virtualWei + curve.flockWei, tokens);
  return {
    flockWei,
    offering: {
      ...offering,
      curve: { ...curve, flockWei: curve.flockWei - flockWei, tokens: curve.tokens + tokens },
      holdings: added(offering.holdings, who, -tokens),
    },
  };
}

/** Buys tokens off the curve and burns them; no platform fee on the protocol's own buyback. */
export function buyBackTokens(offering: Offering, flockWei: bigint): Offering {
  const tokens = onCurve(offering.curve, flockWei);
  return {
    ...offering,
    curve: paidIn(offering.curve, flockWei, tokens),
    burnedTokens: offering.burnedTokens + tokens,
  };
}

export interface Closed {
  readonly offering: Offering;
  /** What goes back to whom where the raise missed its minimum. */
  readonly refundsWei: ReadonlyMap<number, bigint>;
}

/** The end of the raise: launched, or refunded whole. */
export function closeRaise(offering: Offering): Closed {
  if (offering.curve.flockWei >= offering.minimumWei) {
    const launched = { ...offering, status: "launched" as const, contributedWei: new Map() };
    return { offering: launched, refundsWei: new Map() };
  }
  return {
    refundsWei: offering.contributedWei,
    offering: {
      ...offering,
      status: "refunded",
      curve: { ...offering.curve, flockWei: 0n, tokens: 0n },
      supply: 0n,
      contributedWei: new Map(),
      holdings: new Map(),
    },
  };
}

/** FLOCK per model token at the margin. */
export const tokenPriceFlock = ({ curve }: Offering): number =>
  Number(curve.virtualWei + curve.flockWei) / Number(curve.tokens);
