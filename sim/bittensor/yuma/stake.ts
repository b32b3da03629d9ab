/** The stake that consensus counts: those above the threshold, as shares (spec 5.2, 5.4). */
import { convert, I32F32, I64F64, safeDiv } from "../../fixed/fixed-point.ts";
import type { EpochInput } from "./types.ts";
import { maskVector, normalize } from "./vectors.ts";

/** 0 where the whole rao lie below the threshold; the owner's stake always counts. */
export const filterStake = (
  { totalStakeBits, ownerUid }: Pick<EpochInput, "totalStakeBits" | "ownerUid">,
  thresholdRao: bigint,
): bigint[] =>
  Array.from(totalStakeBits, (bits, uid) =>
    bits >> I64F64.fractionBits >= thresholdRao || uid === ownerUid ? bits : 0n,
  );

/** I64F64 stakes divided by their sum; a vector that sums to 0 stays as it is. */
export function normalizeStake(stakeBits: readonly bigint[]): bigint[] {
  const total = stakeBits.reduce((sum, bits) => sum + bits, 0n);
  return total === 0n ? [...stakeBits] : stakeBits.map((bits) => safeDiv(I64F64, bits, total));
}

/** Shares of the stake as I32F32; they sum to 1 or a few bits less. */
export const stakeShares = (stakeBits: readonly bigint[]): bigint[] =>
  normalizeStake(stakeBits).map((bits) => convert(I64F64, I32F32, bits));

/** The shares of those who are active and hold a permit, normalised again. */
export function activeStake(
  shares: readonly bigint[],
  active: readonly boolean[],
  permit: readonly boolean[],
): bigint[] {
  const not = (flags: readonly boolean[]) => flags.map((flag) => !flag);
  return normalize(maskVector(maskVector(shares, not(active)), not(permit)));
}
