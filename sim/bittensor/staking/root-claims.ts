/**
 * Root dividends from November 2025 to August 2026: they accrue as subnet alpha, a rate per rao of
 * root stake, until the staker claims. Source: spec/token-economics.md section 3.7 (claim_root.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import { fromInteger, I96F32, safeDiv, satMul, toUnsigned } from "../../fixed/fixed-point.ts";

/** Alpha rao below which a claim is skipped; root may set it up to the maximum. */
export const CLAIM_THRESHOLD_RAO = { default: 500_000n, max: 10_000_000n } as const;
/** Coldkeys that are claimed for automatically in a block. */
export const CLAIMS_PER_BLOCK = { default: 5, max: 50 } as const;
/** Subnets in one manual claim. */
export const MAX_SUBNET_CLAIMS = 5;

/**
 * What a dividend adds to the hotkey's claim rate, I96F32 bits: floor(amount / root stake), to
 * 2^-32. Null where the amount exceeds the root stake: then the hotkey's owner gets the alpha.
 */
export function claimRateIncreaseBits(amountRao: bigint, rootStakeRao: bigint): bigint | null {
  if (amountRao > rootStakeRao) return null;
  return safeDiv(I96F32, fromInteger(I96F32, amountRao), fromInteger(I96F32, rootStakeRao));
}

/** Alpha rao that a rate has earned for a root stake, claimed or not. */
export const earnedRao = (rateBits: bigint, rootStakeRao: bigint): bigint =>
  toUnsigned(I96F32, satMul(I96F32, rateBits, fromInteger(I96F32, rootStakeRao)));

/** Alpha rao that is still owed. `claimedRao` is the staker's watermark. */
export const owedRao = (rateBits: bigint, rootStakeRao: bigint, claimedRao: bigint): bigint =>
  saturatingSub(earnedRao(rateBits, rootStakeRao), claimedRao);

/**
 * The watermark after root stake was added (negative: removed), so that a change of stake neither
 * makes nor loses dividends of the past. It may stop at zero on removal.
 */
export const movedWatermarkRao = (
  claimedRao: bigint,
  rateBits: bigint,
  stakeDeltaRao: bigint,
): bigint =>
  stakeDeltaRao >= 0n
    ? claimedRao + earnedRao(rateBits, stakeDeltaRao)
    : saturatingSub(claimedRao, earnedRao(rateBits, -stakeDeltaRao));

/** How a coldkey wants its root dividends. */
export type ClaimType =
  /** Sold for TAO, without fee or limit, which is staked on root: the default. */
  | { readonly kind: "swap" }
  /** Kept as subnet alpha. */
  | { readonly kind: "keep" }
  /** Kept on these subnets, sold on the others. */
  | { readonly kind: "keepSubnets"; readonly netuids: ReadonlySet<number> };

export interface Claim {
  readonly netuid: number;
  readonly owedRao: bigint;
  readonly action: "sell" | "keep";
}

/** What a claim does on a subnet, or null where too little is owed. */
export function claimOn(
  netuid: number,
  owed: bigint,
  type: ClaimType,
  thresholdRao: bigint = CLAIM_THRESHOLD_RAO.default,
): Claim | null {
  if (owed === 0n || owed < thresholdRao) return null;
  const keeps = type.kind === "keep" || (type.kind === "keepSubnets" && type.netuids.has(netuid));
  return { netuid, owedRao: owed, action: keeps ? "keep" : "sell" };
}

const U64_MAX = (1n << 64n) - 1n;

function bigEndianU64(bytes: Uint8Array, offset: number): bigint {
  let value = 0n;
  for (let i = 0; i < 8; i++) value = (value << 8n) | BigInt(bytes[(offset + i) % bytes.length]);
  return value;
}

/**
 * The places in the list of `stakers` root stakers that a block claims for, ascending and without
 * repeats, drawn from the 32 bytes of the parent block's hash.
 */
export function claimIndices(parentHash: Uint8Array, claims: number, stakers: number): number[] {
  const indices = new Set<number>();
  let place = bigEndianU64(parentHash, 0);
  for (let i = 0; i < claims; i++) {
    const sum = place + bigEndianU64(parentHash, (i * 8) % parentHash.length);
    const capped = sum > U64_MAX ? U64_MAX : sum;
    place = stakers === 0 ? 0n : capped % BigInt(stakers);
    indices.add(Number(place));
  }
  return [...indices].sort((a, b) => a - b);
}
