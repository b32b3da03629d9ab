/**
 * Rewards inside a role, in real numbers: what the off-chain reward operator computes before it
 * uploads percentages, and what an agent expects. Source: spec/flock.md 2.4 and 2.5.
 */
import { pow } from "../../portable-math.ts";

/** q^(k-1) (1-q) / (1-q^n) for ranks 1 to n, the best first; equal weights where q is 1. */
export function rankWeights(count: number, ratio: number): Float64Array {
  const weights = new Float64Array(count);
  let weight = 1;
  let total = 0;
  for (let rank = 0; rank < count; rank++) {
    weights[rank] = weight;
    total += weight;
    weight *= ratio;
  }
  for (let rank = 0; rank < count; rank++) weights[rank] /= total;
  return weights;
}

/** The ratio q at which two ranks have the given weights. */
export const ratioOfTwo = (first: number, second: number): number => second / first;

export const effectiveStake = (own: number, delegated: number, delegationWeight: number): number =>
  own + delegationWeight * delegated;

/** weight * stake^exponent of each, over their sum; all 0 where the sum is. */
export function stakeShares(
  weights: ArrayLike<number>,
  stakes: ArrayLike<number>,
  exponent: number,
): Float64Array {
  const shares = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < shares.length; i++) {
    shares[i] = weights[i] * (exponent === 1 ? stakes[i] : pow(stakes[i], exponent));
    total += shares[i];
  }
  if (total > 0) for (let i = 0; i < shares.length; i++) shares[i] /= total;
  return shares;
}

export interface SharedReward {
  readonly owner: number;
  readonly delegators: number;
}

/**
 * A reward between an operator and the operator's delegators: sigma of it to the operator, the
 * rest by stake. What the interface calls the reward-sharing ratio is 1 - sigma.
 */
export function shareWithDelegators(
  reward: number,
  sigma: number,
  own: number,
  delegated: number,
): SharedReward {
  const all = own + delegated;
  const delegators = all === 0 ? 0 : (reward * (1 - sigma) * delegated) / all;
  return { owner: reward - delegators, delegators };
}
