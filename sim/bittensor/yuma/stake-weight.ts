/**
 * The stake of a uid as the epoch counts it: alpha plus weighted root stake, both after what parents
 * lend to children (staking/children/inheritance.ts). Source: spec/yuma-epoch.md section 2.
 */
import {
  convert,
  fromInteger,
  I64F64,
  safeDiv,
  satAdd,
  satMul,
  U64_MAX,
  U96F32,
} from "../../fixed/fixed-point.ts";
import { checkU64, EpochInputError } from "./check-input.ts";

/** The weight of root stake as I64F64 bits; `taoWeight` is a u64 fraction of 2^64 - 1. */
export const taoWeightBits = (taoWeight: bigint): bigint =>
  convert(
    U96F32,
    I64F64,
    safeDiv(U96F32, fromInteger(U96F32, taoWeight), fromInteger(U96F32, U64_MAX)),
  );

/** I64F64 bits of alpha + tao * weight, saturating. `weightBits` comes from `taoWeightBits`. */
export const totalStakeBits = (alphaRao: bigint, taoRao: bigint, weightBits: bigint): bigint =>
  satAdd(
    I64F64,
    fromInteger(I64F64, alphaRao),
    satMul(I64F64, fromInteger(I64F64, taoRao), weightBits),
  );

/**
 * The total stakes of n uids as I64F64 bits, from rao: what EpochInput wants.
 * Throws EpochInputError, which names the field, where a stake is no u64 or the lengths differ.
 */
export function totalStakes(
  alphaStakeRao: ArrayLike<bigint>,
  taoStakeRao: ArrayLike<bigint>,
  taoWeight: bigint,
): bigint[] {
  if (taoStakeRao.length !== alphaStakeRao.length) {
    throw new EpochInputError(
      "taoStakeRao",
      `must have as many elements as alphaStakeRao, ${alphaStakeRao.length}, has ${taoStakeRao.length}`,
    );
  }
  checkU64("taoWeight", taoWeight);
  const weightBits = taoWeightBits(taoWeight);
  return Array.from(alphaStakeRao, (alphaRao, uid) => {
    checkU64(`alphaStakeRao[${uid}]`, alphaRao);
    checkU64(`taoStakeRao[${uid}]`, taoStakeRao[uid]);
    return totalStakeBits(alphaRao, taoStakeRao[uid], weightBits);
  });
}
