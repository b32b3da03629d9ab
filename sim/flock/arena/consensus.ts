/**
 * What validators make of submissions: the consensus score of each, how far every validator is
 * from it, and the weight F that follows. Real numbers: the protocol computes this off chain. The
 * published text names closeness to consensus but not its formula; this is the form of
 * spec/flock.md 2.5 (grade U), with every choice of it a parameter.
 */
import { exp } from "../../portable-math.ts";

/** One validation: `validator` gave `submission` the loss `score`. Columns of equal length. */
export interface Validations {
  readonly count: number;
  readonly validator: Int32Array;
  readonly submission: Int32Array;
  readonly score: Float64Array;
}

/** Stake-weighted mean score of each submission; NaN where nobody with stake validated it. */
export function consensusScores(
  validations: Validations,
  submissions: number,
  validatorStakes: ArrayLike<number>,
): Float64Array {
  const sums = new Float64Array(submissions);
  const weights = new Float64Array(submissions);
  for (let k = 0; k < validations.count; k++) {
    const stake = validatorStakes[validations.validator[k]];
    sums[validations.submission[k]] += stake * validations.score[k];
    weights[validations.submission[k]] += stake;
  }
  for (let i = 0; i < submissions; i++) sums[i] /= weights[i];
  return sums;
}

export interface Closeness {
  /** Sum over a validator's validations of |score - consensus|. */
  readonly distanceSum: Float64Array;
  readonly count: Int32Array;
}

export function closeness(
  validations: Validations,
  consensus: ArrayLike<number>,
  validators: number,
): Closeness {
  const distanceSum = new Float64Array(validators);
  const count = new Int32Array(validators);
  for (let k = 0; k < validations.count; k++) {
    const distance = Math.abs(validations.score[k] - consensus[validations.submission[k]]);
    distanceSum[validations.validator[k]] += distance;
    count[validations.validator[k]]++;
  }
  return { distanceSum, count };
}

export interface FRules {
  readonly closenessLambda: number;
  readonly closenessDistance: "mean" | "sum";
  readonly closenessEffort: "off" | "completed" | "count";
}

/**
 * F of each validator, summing to 1; 0 for one who validated nothing, all 0 if nobody did.
 * `assigned` is how many validations each was given.
 */
export function closenessWeights(
  { distanceSum, count }: Closeness,
  assigned: ArrayLike<number>,
  rules: FRules,
): Float64Array {
  const weights = new Float64Array(count.length);
  let total = 0;
  for (let j = 0; j < weights.length; j++) {
    if (count[j] === 0) continue;
    const distance = rules.closenessDistance === "sum" ? distanceSum[j] : distanceSum[j] / count[j];
    weights[j] = exp(-rules.closenessLambda * distance) * effortOf(rules, count[j], assigned[j]);
    total += weights[j];
  }
  if (total > 0) for (let j = 0; j < weights.length; j++) weights[j] /= total;
  return weights;
}

const effortOf = ({ closenessEffort }: FRules, count: number, assigned: number): number => {
  if (closenessEffort === "off") return 1;
  return closenessEffort === "count" ? count : count / assigned;
};

/**
 * Rank of each submission by its consensus loss, 0 the best; the earlier index first among
 * equals. A submission without a score comes last.
 */
export function ranksByLoss(consensus: ArrayLike<number>): Int32Array {
  const order = Array.from({ length: consensus.length }, (_, i) => i);
  const loss = (i: number) => (Number.isNaN(consensus[i]) ? Infinity : consensus[i]);
  order.sort((a, b) => (loss(a) === loss(b) ? a - b : loss(a) - loss(b)));
  const ranks = new Int32Array(consensus.length);
  for (const [rank, i] of order.entries()) ranks[i] = rank;
  return ranks;
}
