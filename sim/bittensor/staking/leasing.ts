/**
 * Leased subnets: a crowd has paid the lock and gets part of the owner's cut in return.
 * Source: spec/token-economics.md section 5.7 (leasing.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import { fromInteger, safeDiv, satMul, U64F64 } from "../../fixed/fixed-point.ts";

/** Blocks between two payments to the contributors. */
export const LEASE_PAYMENT_BLOCKS = 100;

/** The contributors' part of an owner cut, alpha rao, rounded up in their favour. */
export const contributorsCutRao = (ownerCutRao: bigint, percent: number): bigint =>
  (ownerCutRao * BigInt(percent) + 99n) / 100n;

/** A contributor's share of the lease, U64F64 bits: contribution / raised. */
export const leaseShareBits = (contributionRao: bigint, raisedRao: bigint): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, contributionRao), fromInteger(U64F64, raisedRao));

/** Whether a lease still pays at a block; a perpetual one (no end block) always does. */
export const leasePays = (endBlock: number | null, block: number): boolean =>
  endBlock === null || block < endBlock;

export interface LeasePayment {
  /** Alpha rao to each contributor, in the order of the shares. */
  readonly contributorsRao: readonly bigint[];
  /** What the contributors leave, alpha rao. */
  readonly beneficiaryRao: bigint;
}

/**
 * Pays out what has been accumulated: ceil(share * pot) to each contributor and the rest to the
 * beneficiary, who has no share in the list. Should the ceilings sum to more than the pot, the
 * excess (less than a rao each) comes out of the lease's own stake.
 */
export function payLease(accumulatedRao: bigint, sharesBits: readonly bigint[]): LeasePayment {
  const contributorsRao = sharesBits.map((share) => {
    const product = satMul(U64F64, share, fromInteger(U64F64, accumulatedRao));
    return (product + U64F64.oneBits - 1n) >> U64F64.fractionBits;
  });
  const paidRao = contributorsRao.reduce((sum, rao) => sum + rao, 0n);
  return { contributorsRao, beneficiaryRao: saturatingSub(accumulatedRao, paidRao) };
}
