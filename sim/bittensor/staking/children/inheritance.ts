/**
 * Stake that a parent hotkey lends to its children on a subnet: it counts for consensus there.
 * Source: spec/token-economics.md section 3.6 (stake_utils.rs).
 */
import {
  convert,
  fromInteger,
  I64F64,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U96F32,
} from "../../../fixed/fixed-point.ts";
import { u64RatioBits } from "../../ratios.ts";
import { totalStakeBits } from "../../yuma/stake-weight.ts";

export interface LentStake {
  /** u64, of 2^64 - 1. */
  readonly proportionU64: bigint;
  /** The parent's own stake of the kind that is inherited, rao. */
  readonly stakeRao: bigint;
}

const lentBits = ({ proportionU64, stakeRao }: LentStake): bigint =>
  satMul(U96F32, fromInteger(U96F32, stakeRao), u64RatioBits(proportionU64));

/**
 * A hotkey's stake with what it lends taken off and what it is lent added, rao. Only raw stakes are
 * lent, so a chain of parents does not pass stake on.
 */
export function inheritedRao(
  ownRao: bigint,
  childProportionsU64: readonly bigint[],
  parents: readonly LentStake[],
): bigint {
  const sum = (terms: readonly LentStake[]) =>
    terms.reduce((total, term) => satAdd(U96F32, total, lentBits(term)), 0n);
  const lent = sum(
    childProportionsU64.map((proportionU64) => ({ proportionU64, stakeRao: ownRao })),
  );
  const kept = satSub(U96F32, fromInteger(U96F32, ownRao), lent);
  return toUnsigned(U96F32, satAdd(U96F32, kept, sum(parents)));
}

/**
 * What the epoch weighs a hotkey by: inherited alpha + inherited root TAO * tao weight, I64F64 bits.
 * `taoWeightBits` is U96F32.
 */
export const stakeWeightBits = (
  inheritedAlphaRao: bigint,
  inheritedRootRao: bigint,
  taoWeightBits: bigint,
): bigint =>
  totalStakeBits(inheritedAlphaRao, inheritedRootRao, convert(U96F32, I64F64, taoWeightBits));
