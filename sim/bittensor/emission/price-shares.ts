/**
 * Shares by the price average: the first stage of every price rule, and the penalty for burning the
 * miners' incentive. Source: spec/token-economics.md section 2.2 (subnet_emissions.rs).
 */
import {
  convert,
  I96F32,
  safeDiv,
  satMul,
  satSub,
  U64F64,
  U96F32,
} from "../../fixed/fixed-point.ts";
import { normalise, type ShareSubnet, sumBits } from "./shares.ts";

const ONE = U64F64.oneBits;

/** The price that the share rules count with: one for mechanism 0. U64F64. */
export const countedPriceBits = (subnet: ShareSubnet): bigint =>
  subnet.stable ? ONE : convert(I96F32, U64F64, subnet.movingPriceBits);

/** s: each moving price over their sum. */
export const priceShares = (subnets: readonly ShareSubnet[]): bigint[] =>
  normalise(subnets.map(countedPriceBits));

/** s * (1 - min(MinerBurned, 1)), not yet normalised. */
export const afterBurnPenalty = (subnet: ShareSubnet, shareBits: bigint): bigint => {
  const burned = convert(U96F32, U64F64, subnet.minerBurnedBits ?? 0n);
  return satMul(U64F64, shareBits, satSub(U64F64, ONE, burned < ONE ? burned : ONE));
};

/** w: the penalised shares over their sum; the price shares themselves where everyone burns all. */
export function burnAdjustedShares(subnets: readonly ShareSubnet[]): bigint[] {
  const prices = priceShares(subnets);
  const penalised = prices.map((share, i) => afterBurnPenalty(subnets[i], share));
  const sum = sumBits(penalised);
  return sum === 0n ? prices : penalised.map((share) => safeDiv(U64F64, share, sum));
}

/**
 * Whether root's alpha is sold or accrued rather than recycled: the moving prices of the eligible
 * subnets sum to more than one, strictly.
 */
export const rootSellFlag = (subnets: readonly ShareSubnet[]): boolean =>
  sumBits(subnets.map(countedPriceBits)) > ONE;
