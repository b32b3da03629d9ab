/**
 * A child hotkey's dividends, shared with the parents whose stake earned them.
 * Source: spec/token-economics.md section 3.6 (run_coinbase.rs).
 */
import {
  fromInteger,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U96F32,
} from "../../../fixed/fixed-point.ts";
import { ratioBits } from "../../coinbase/terms.ts";
import { u64RatioBits } from "../../ratios.ts";

/** A hotkey's own stake on a subnet and on root, rao. */
export interface OwnStake {
  readonly alphaRao: bigint;
  readonly rootRao: bigint;
}

export interface ParentStake extends OwnStake {
  /** u64, of 2^64 - 1. */
  readonly proportionU64: bigint;
  /** The parent has the child's owner: it pays no child take. */
  readonly sameOwner: boolean;
}

export interface DividendSplit {
  /** Alpha rao for each parent, in the order given. */
  readonly parentsRao: readonly bigint[];
  /** Alpha rao for the child itself, its takes included. */
  readonly childRao: bigint;
  /** Alpha rao that leaves AlphaOut (CKBurn, 0 on the chain). */
  readonly recycledRao: bigint;
}

/** U96F32 bits of a stake scaled by a proportion: alpha * p + root * p * tau. */
function contributionBits(stake: OwnStake, proportion: bigint, taoWeightBits: bigint): bigint {
  const alpha = satMul(U96F32, fromInteger(U96F32, stake.alphaRao), proportion);
  const root = satMul(U96F32, fromInteger(U96F32, stake.rootRao), proportion);
  return satAdd(U96F32, alpha, satMul(U96F32, root, taoWeightBits));
}

/** What a hotkey contributes to its own weight after what it lends out, rao (floored). */
export function selfContributionRao(
  own: OwnStake,
  childProportionsU64: readonly bigint[],
  taoWeightBits: bigint,
): bigint {
  const kept = childProportionsU64.reduce(
    (left, proportion) => satSub(U96F32, left, u64RatioBits(proportion)),
    U96F32.oneBits,
  );
  return toUnsigned(U96F32, contributionBits(own, kept, taoWeightBits));
}

export interface SplitTerms {
  /** u16, of 65,535: the child's take from parents with another owner. */
  readonly childTakeU16: number;
  /** u64, of 2^64 - 1. */
  readonly childBurnU64: bigint;
  /** U96F32 bits. */
  readonly taoWeightBits: bigint;
}

/** Splits a hotkey's dividend between its parents and itself in proportion to contributed stake. */
export function splitWithParents(
  dividendRao: bigint,
  own: OwnStake,
  childProportionsU64: readonly bigint[],
  parents: readonly ParentStake[],
  terms: SplitTerms,
): DividendSplit {
  const dividend = fromInteger(U96F32, dividendRao);
  const take = ratioBits(terms.childTakeU16);
  const burn = u64RatioBits(terms.childBurnU64);
  const contributions = parents.map((parent) =>
    contributionBits(parent, u64RatioBits(parent.proportionU64), terms.taoWeightBits),
  );
  const self = selfContributionRao(own, childProportionsU64, terms.taoWeightBits);
  const total = contributions.reduce(
    (sum, bits) => satAdd(U96F32, sum, bits),
    fromInteger(U96F32, self),
  );
  let remaining = dividend;
  let takes = 0n;
  let burned = 0n;
  const parentsRao = parents.map((parent, index) => {
    const earned = satMul(U96F32, dividend, safeDiv(U96F32, contributions[index], total));
    remaining = satSub(U96F32, remaining, earned);
    if (parent.sameOwner) return toUnsigned(U96F32, earned);
    const burnedHere = satMul(U96F32, burn, earned);
    const takenHere = satMul(U96F32, take, earned);
    burned = satAdd(U96F32, burned, burnedHere);
    takes = satAdd(U96F32, takes, takenHere);
    return toUnsigned(U96F32, satSub(U96F32, satSub(U96F32, earned, burnedHere), takenHere));
  });
  return {
    parentsRao,
    childRao: toUnsigned(U96F32, satAdd(U96F32, remaining, takes)),
    recycledRao: toUnsigned(U96F32, burned),
  };
}
