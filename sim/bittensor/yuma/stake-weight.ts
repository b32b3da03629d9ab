/** The stake of a uid as the epoch counts it: alpha plus weighted root stake (spec 2). */
import {
  convert,
  fromInteger,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  satSub,
  toUnsigned,
  U64_MAX,
  U96F32,
} from "../../fixed/fixed-point.ts";

/** A parent or child link: which part of the parent's stake it moves, as a u64 of 2^64 - 1. */
export interface StakeLink {
  readonly proportion: bigint;
  /** The parent's own stake; for a link to a child, this hotkey's own. */
  readonly parentStakeRao: bigint;
}

const fraction = (proportion: bigint): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, proportion), fromInteger(U96F32, U64_MAX));

const linkedBits = (links: readonly StakeLink[]): bigint =>
  links.reduce((total, { proportion, parentStakeRao }) => {
    const part = satMul(U96F32, fromInteger(U96F32, parentStakeRao), fraction(proportion));
    return satAdd(U96F32, total, part);
  }, 0n);

/**
 * What a hotkey's stake counts for after its children took their parts and its parents gave theirs,
 * in whole rao. `children` are the proportions given away.
 */
export function inheritedStakeRao(
  ownRao: bigint,
  children: readonly bigint[],
  parents: readonly StakeLink[],
): bigint {
  const given = children.map((proportion) => ({ proportion, parentStakeRao: ownRao }));
  const kept = satSub(U96F32, fromInteger(U96F32, ownRao), linkedBits(given));
  return toUnsigned(U96F32, satAdd(U96F32, kept, linkedBits(parents)));
}

/** The weight of root stake as I64F64 bits; `taoWeight` is a u64 fraction of 2^64 - 1. */
export const taoWeightBits = (taoWeight: bigint): bigint =>
  convert(U96F32, I64F64, fraction(taoWeight));

/** I64F64 bits of alpha + tao * weight. `weightBits` comes from `taoWeightBits`. */
export const totalStakeBits = (alphaRao: bigint, taoRao: bigint, weightBits: bigint): bigint =>
  satAdd(
    I64F64,
    fromInteger(I64F64, alphaRao),
    satMul(I64F64, fromInteger(I64F64, taoRao), weightBits),
  );
