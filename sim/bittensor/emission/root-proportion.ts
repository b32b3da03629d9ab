/**
 * Root's part of a subnet: its TAO, weighed down, against the alpha that the subnet has issued.
 * Source: spec/token-economics.md section 3.1 (block_step.rs).
 */
import { fromInteger, safeDiv, satAdd, satMul, U64_MAX, U96F32 } from "../../fixed/fixed-point.ts";

/** The stored u64 ratio TaoWeight as U96F32. */
export const taoWeightBits = (stored: bigint): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, stored), fromInteger(U96F32, U64_MAX));

/** AlphaIn + AlphaOut + what waits in the alpha reservoir. */
export const alphaIssuanceRao = (
  alphaInRao: bigint,
  alphaOutRao: bigint,
  alphaReservoirRao = 0n,
): bigint => alphaInRao + alphaOutRao + alphaReservoirRao;

/** root_tao * tau / (root_tao * tau + alpha issuance), U96F32; 0 where both are 0. */
export function rootProportionBits(
  rootTaoRao: bigint,
  weightBits: bigint,
  alphaIssuance: bigint,
): bigint {
  const weighted = satMul(U96F32, fromInteger(U96F32, rootTaoRao), weightBits);
  return safeDiv(U96F32, weighted, satAdd(U96F32, weighted, fromInteger(U96F32, alphaIssuance)));
}
