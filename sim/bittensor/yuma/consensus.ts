/** Consensus: for each miner the largest weight that kappa of the active stake supports (spec 5.6). */
import { denseRow } from "./matrices.ts";
import type { FixedRow } from "./types.ts";
import { normalize, sum } from "./vectors.ts";

/** An interval of cumulative stake, in I32F32 bits. */
export interface StakeInterval {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * The score at which the cumulative stake, by ascending score, first exceeds `minority`. It is
 * found as the chain finds it, by halving `candidates` around a pivot, since that decides ties.
 * `interval` is the stake that the candidates cover; 0 without a candidate.
 */
export function weightedMedian(
  stake: readonly bigint[],
  scores: readonly bigint[],
  candidates: readonly number[],
  minority: bigint,
  interval: StakeInterval,
): bigint {
  let current = candidates;
  let { low, high } = interval;
  while (current.length > 1) {
    const pivot = scores[current[current.length >> 1]];
    const lower = current.filter((k) => scores[k] < pivot);
    const higher = current.filter((k) => scores[k] > pivot);
    const lowerTop = low + stakeOf(stake, lower);
    const higherBottom = high - stakeOf(stake, higher);
    if (lower.length > 0 && minority < lowerTop) {
      current = lower;
      high = lowerTop;
    } else if (higher.length > 0 && higherBottom <= minority) {
      current = higher;
      low = higherBottom;
    } else {
      return pivot;
    }
  }
  return current.length === 1 ? scores[current[0]] : 0n;
}

const stakeOf = (stake: readonly bigint[], members: readonly number[]): bigint =>
  members.reduce((total, k) => total + stake[k], 0n);

/**
 * The weighted median of each of n columns, over the rows with stake. Only a share of the stake
 * that is at least `kappaBits` lifts a weight into consensus.
 */
export function consensusOf(
  stake: readonly bigint[],
  weights: readonly FixedRow[],
  n: number,
  kappaBits: bigint,
): bigint[] {
  const voters = weights.map((_, i) => i).filter((i) => stake[i] > 0n);
  const votes = normalize(voters.map((i) => stake[i]));
  const rows = voters.map((i) => denseRow(weights[i], n));
  const total = sum(votes);
  const everyone = voters.map((_, k) => k);
  return Array.from({ length: n }, (_, column) =>
    weightedMedian(
      votes,
      rows.map((row) => row[column]),
      everyone,
      total - kappaBits,
      { low: 0n, high: total },
    ),
  );
}
