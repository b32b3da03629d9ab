/** Consensus on gpu.js: sums over whole matrices there, vectors here. */
import type { ConsensusBatch, ConsensusScores } from "../types.ts";
import type { GpuRunner } from "./backend.ts";
import { bondEarnings, bondSum, decisionMargin, median, rank, rowSum, trust } from "./kernels.ts";
import { type Slice, slicesOf } from "./slices.ts";

export async function consensusOnGpu(
  runner: GpuRunner,
  batch: ConsensusBatch,
): Promise<ConsensusScores> {
  const { problems, validators, miners } = batch;
  const scores = {
    consensus: new Float32Array(problems * miners),
    incentive: new Float32Array(problems * miners),
    dividends: new Float32Array(problems * validators),
    validatorTrust: new Float32Array(problems * validators),
    margin: new Float64Array(problems),
  };
  for (const slice of slicesOf(batch, batch.weights)) {
    const own = await solveSlice(runner, batch, slice);
    scores.consensus.set(own.consensus, slice.first * miners);
    scores.incentive.set(own.incentive, slice.first * miners);
    scores.dividends.set(own.dividends, slice.first * validators);
    scores.validatorTrust.set(own.validatorTrust, slice.first * validators);
    scores.margin.set(own.margin, slice.first);
  }
  return scores;
}

async function solveSlice(
  { input, run }: GpuRunner,
  batch: ConsensusBatch,
  slice: Slice,
): Promise<ConsensusScores> {
  const { validators, miners, yuma3 } = batch;
  const height = slice.problems;
  const byMiner = { width: miners, height };
  const byValidator = { width: validators, height };
  const of = (values: Float64Array) =>
    Float32Array.from(values.subarray(slice.first, slice.first + height));
  const kappa = of(batch.kappa);
  const penalty = of(batch.bondsPenalty);
  const rows = (values: Float32Array, width: number) => input(values, [width, height]);
  const weights = input(slice.matrices, [miners, validators, height]);
  const stake = rows(slice.stake, validators);
  const sums = rows(await run(rowSum, byValidator, weights, miners), validators);
  const consensus = await run(median, byMiner, weights, sums, stake, kappa, validators);
  const tops = rows(consensus, miners);
  const margins = await run(
    ...([decisionMargin, byMiner, weights, sums, stake, kappa, tops, validators] as const),
  );
  const ranks = await run(rank, byMiner, weights, sums, stake, tops, validators);
  const byShare = yuma3 ? 1 : 0;
  const bonds = await run(
    ...([bondSum, byMiner, weights, sums, stake, tops, penalty, byShare, validators] as const),
  );
  const incentive = rowsNormalized(ranks, miners);
  const earning = incentive.map((own, k) => (bonds[k] === 0 ? 0 : own / bonds[k]));
  const earned = await run(
    ...([bondEarnings, byValidator, weights, sums, tops, rows(earning, miners)] as const),
    ...([penalty, miners] as const),
  );
  return {
    consensus,
    incentive,
    dividends: rowsNormalized(
      earned.map((own, k) => own * slice.stake[k]),
      validators,
    ),
    validatorTrust: await run(trust, byValidator, weights, sums, tops, miners),
    margin: Float64Array.from({ length: height }, (_, p) =>
      margins.subarray(p * miners, (p + 1) * miners).reduce((a, b) => Math.min(a, b), 1),
    ),
  };
}

function rowsNormalized(values: Float32Array, width: number): Float32Array {
  const shares = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    let total = 0;
    for (let k = from; k < from + width; k++) total += values[k];
    for (let k = from; k < from + width; k++) shares[k] = total === 0 ? 0 : values[k] / total;
  }
  return shares;
}
