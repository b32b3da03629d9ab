/**
 * What holders get when a subnet is dissolved.
 * Source: spec/token-economics.md section 6.4, spec/recent-rules.md section 3.6 (remove_stake.rs).
 */
import { saturatingSub } from "../../amounts.ts";
import { fromInteger, satMul, toUnsigned, U96F32 } from "../../fixed/fixed-point.ts";
import { ratioBits } from "../coinbase/terms.ts";

/** Subnets registered after this block put their AlphaIn into the protocol's part. */
export const TAO_IN_REFUND_DEPLOYMENT_BLOCK = 8_334_450;
/** Subnets registered before this block refund what is left of the owner's lock. */
export const NETWORK_REGISTRATION_START_BLOCK = 6_573_966;

/**
 * Divides a pot by weights without losing a rao: floor(pot * weight / sum) each, and what is left
 * one rao each to the largest remainders. Of equal remainders the earlier is served first (the
 * chain's own order among equals is not specified). With no weight at all nobody is paid.
 */
export function largestRemainder(potRao: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (potRao * weight) / sum);
  const left = potRao - parts.reduce((total, part) => total + part, 0n);
  const remainders = weights.map((weight, index) => ({ index, rest: (potRao * weight) % sum }));
  remainders.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of remainders.slice(0, Number(left))) parts[index]++;
  return parts;
}

/** The alpha that the chain itself counts for in a dissolution, rao. */
export const protocolWeightRao = (
  protocolAlphaRao: bigint,
  alphaInRao: bigint,
  registeredBlock: number,
): bigint =>
  registeredBlock > TAO_IN_REFUND_DEPLOYMENT_BLOCK
    ? protocolAlphaRao + alphaInRao
    : protocolAlphaRao;

export interface DissolutionPayout {
  /** TAO rao to each staker's coldkey, in the order of the stakes. */
  readonly stakersRao: readonly bigint[];
  /** The protocol's part, which is recycled. */
  readonly recycledRao: bigint;
}

/**
 * Pays the pool's TAO out to all alpha, the protocol's included. Before: reservoirs have been folded
 * into the pool and the validators' funds sold through it.
 */
export function dissolve(
  potRao: bigint,
  stakesRao: readonly bigint[],
  protocolRao: bigint,
): DissolutionPayout {
  const parts = largestRemainder(potRao, [...stakesRao, protocolRao]);
  const stakersRao = parts.slice(0, stakesRao.length);
  const paidRao = stakersRao.reduce((sum, part) => sum + part, 0n);
  return { stakersRao, recycledRao: potRao - paidRao };
}

/**
 * What the owner of a legacy subnet gets besides: the lock less the value of the owner cuts since,
 * floor(floor(alpha issuance * cut) * price). `priceBits` is U96F32 TAO per alpha. Newer owners get
 * nothing.
 */
export function ownerRefundRao(
  lockRao: bigint,
  alphaIssuanceRao: bigint,
  ownerCutU16: number,
  priceBits: bigint,
  registeredBlock: number,
): bigint {
  if (registeredBlock >= NETWORK_REGISTRATION_START_BLOCK) return 0n;
  const floorOf = (rao: bigint, bits: bigint) =>
    toUnsigned(U96F32, satMul(U96F32, fromInteger(U96F32, rao), bits));
  const cutAlphaRao = floorOf(alphaIssuanceRao, ratioBits(ownerCutU16));
  return saturatingSub(lockRao, floorOf(cutAlphaRao, priceBits));
}
