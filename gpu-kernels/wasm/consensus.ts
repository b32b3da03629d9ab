import type { ConsensusBatch, ConsensusScores } from "../types.ts";
import { floatsOf, type SimdKernel, viewOf } from "./backend.ts";
import { paddedMatrices } from "./problems.ts";

/** Stake shares are integers of this many parts inside the kernel. */
const STAKE_PARTS = 2 ** 30;

export function solveConsensus(kernel: SimdKernel, batch: ConsensusBatch): ConsensusScores {
  const { exports, isFloat32 } = kernel;
  const { problems, validators, miners, yuma3 } = batch;
  const matrices = paddedMatrices(kernel, validators, miners, batch.weights, batch.stake);
  const blocks = matrices.paddedColumns / (isFloat32 ? 16 : 8);
  const solve = isFloat32 ? exports.consensusF32 : exports.consensusF64;
  const scores = {
    consensus: floatsOf(kernel, problems * miners),
    incentive: floatsOf(kernel, problems * miners),
    dividends: floatsOf(kernel, problems * validators),
    validatorTrust: floatsOf(kernel, problems * validators),
    margin: new Float64Array(problems),
  };
  const results = {
    consensus: viewOf(kernel, exports.consensusAt(), miners),
    incentive: viewOf(kernel, exports.incentiveAt(), miners),
    dividends: viewOf(kernel, exports.dividendsAt(), validators),
    validatorTrust: viewOf(kernel, exports.validatorTrustAt(), validators),
  };
  for (let p = 0; p < problems; p++) {
    matrices.load(p);
    const kappaParts = Math.max(1, Math.round(batch.kappa[p] * STAKE_PARTS));
    const margin = solve(validators, blocks, kappaParts, batch.bondsPenalty[p], yuma3);
    scores.margin[p] = margin / STAKE_PARTS;
    scores.consensus.set(results.consensus, p * miners);
    scores.incentive.set(results.incentive, p * miners);
    scores.dividends.set(results.dividends, p * validators);
    scores.validatorTrust.set(results.validatorTrust, p * validators);
  }
  return scores;
}
