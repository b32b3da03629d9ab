/**
 * How far a backend's numbers may lie from the exact ones: derived here from the precision and the
 * size of a problem, checked on random and adversarial batches in contract.test.ts, and printed by
 * `hivelab doctor` and in manifests. u is the unit roundoff; a sum of n rounded terms is off by at
 * most about n u of the sum of its terms (Higham, Accuracy and Stability, section 4.2).
 */
import type { Backend, ConsensusBatch, ConsensusScores } from "./types.ts";

export const UNIT_ROUNDOFF = { float32: 2 ** -24, float64: 2 ** -53 };
/** What the exact epoch itself rounds away: I32F32 in its sums and quotients. */
const FIXED_BIT = 2 ** -32;
/** It stores u16 fractions, floored. */
const STORED_STEP = 1 / 65_535;

const isGpujs = ({ name }: Pick<Backend, "name">): boolean => name.startsWith("gpujs");
/**
 * What gpu.js's weights are off by: they are products of a rounded factor, those within 2^-21 of each
 * other count as one, and halving stops at 2^-26 of a column's largest.
 */
const GPUJS_WEIGHT = 2 ** -23 + 2 ** -21 + 2 ** -26;

export interface ConsensusBounds {
  /** Below this margin a problem's consensus is not certain and must be confirmed. */
  readonly undecidedMargin: number;
  /** Largest absolute difference from the stored u16 fraction, for decided problems. */
  readonly consensus: number;
  readonly incentive: number;
  readonly dividends: number;
  readonly validatorTrust: number;
}

/**
 * `totalRank` is the problem's sum of ranks (stake times validator trust, summed): where little of
 * all weight is in consensus, the exact epoch's own rounding weighs more in what it divides by it.
 */
export function consensusBounds(
  backend: Pick<Backend, "precision" | "name">,
  { validators, miners }: { readonly validators: number; readonly miners: number },
  totalRank = 1,
): ConsensusBounds {
  const u = UNIT_ROUNDOFF[backend.precision];
  const perWeight = isGpujs(backend) ? GPUJS_WEIGHT : 4 * u;
  const sums = 2 * (validators + miners + 8) * u;
  // The exact epoch keeps a tenth of a weight as bond, so that its bit weighs ten times.
  const exact = (10 * miners * FIXED_BIT) / Math.max(totalRank, FIXED_BIT);
  return {
    undecidedMargin: validators * (stakeError(backend) + 2 * FIXED_BIT) + 2 ** -29,
    consensus: STORED_STEP + perWeight + FIXED_BIT * miners,
    incentive: STORED_STEP + sums + perWeight + exact,
    dividends: STORED_STEP + 2 * sums + perWeight + 2 * exact,
    validatorTrust: STORED_STEP + sums + perWeight + FIXED_BIT * miners,
  };
}

/** Of one validator's share in sums of stake; kappa's is no larger. */
function stakeError({ precision, name }: Pick<Backend, "precision" | "name">): number {
  // WebAssembly sums integers of 2^-30 and gpu.js exact parts of 2^-32, each rounded by half of one.
  if (name.startsWith("wasm")) return 2 ** -31;
  return name.startsWith("gpujs") ? 2 ** -33 : 2 * UNIT_ROUNDOFF[precision];
}

/** Of a group's part of all incentives, and of all dividends, in decided problems. */
export interface GroupBounds {
  readonly incentive: number;
  readonly dividends: number;
}

/**
 * A group's part of a total is N / (N + R), of sums with terms of one sign: where each is off by a
 * part e of itself, the quotient is off by e / 2 at most. Here, e comes from the precision (sums over
 * validators, then over miners), from consensus weights that a backend approaches, from bonds under a
 * penalty near 1 (w - (w - c), which keeps an error of w; summed with incentives over all columns,
 * that is a part of all weight in consensus), and from the exact epoch's own bit in each product.
 */
export function groupShareBounds(
  backend: Pick<Backend, "precision" | "name">,
  { validators, miners }: { readonly validators: number; readonly miners: number },
  totalRank: number,
): GroupBounds {
  const u = UNIT_ROUNDOFF[backend.precision];
  const rank = Math.max(totalRank, FIXED_BIT);
  const sums = (validators + miners + 8) * u;
  const approached = isGpujs(backend) ? (miners * GPUJS_WEIGHT) / rank : 0;
  const exact = (2 * (validators + 1) * miners * FIXED_BIT) / rank;
  return {
    incentive: sums + approached + exact,
    // A tenth of a weight is kept as bond, and bonds are rounded twice.
    dividends: 2 * (sums + approached) + (6 * validators * u) / rank + 20 * exact,
  };
}

/** The stake-weighted sum of validators' trust: how much of all weight is in consensus, 0 ... 1. */
export function totalRankOf(
  { validators, stake }: Pick<ConsensusBatch, "validators" | "stake">,
  { validatorTrust }: Pick<ConsensusScores, "validatorTrust">,
  problem: number,
): number {
  let ranks = 0;
  let total = 0;
  for (let k = problem * validators; k < (problem + 1) * validators; k++) {
    ranks += stake[k] * validatorTrust[k];
    total += stake[k];
  }
  return ranks / total;
}

/** Largest difference of a score from the exact one, relative to the score. */
export function answerBound(
  { precision }: Pick<Backend, "precision">,
  { validators, miners, sharpness }: { validators: number; miners: number; sharpness: number },
): number {
  return (validators + miners + 2 * sharpness + 8) * 2 * UNIT_ROUNDOFF[precision];
}
