/**
 * Consensus on gpu.js. The weights of a part go to the device once and stay there, as do what later
 * kernels read; only scores by miner or validator come back.
 */
import type { ConsensusBatch, ConsensusScores } from "../types.ts";
import {
  bondEarnings,
  decisionMargin,
  earning,
  median,
  rank,
  trust,
  weightShare,
} from "./kernels.ts";
import type { GpuRunner, Held } from "./runner.ts";
import {
  exactParts,
  inverseSums,
  matricesOf,
  type Slice,
  slicesOf,
  stakeOf,
  stakePartsOf,
} from "./slices.ts";

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
  for (const slice of slicesOf(problems, validators * miners)) {
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
  runner: GpuRunner,
  batch: ConsensusBatch,
  slice: Slice,
): Promise<ConsensusScores> {
  const { validators, miners } = batch;
  const height = slice.problems;
  const cube = [miners, validators, height];
  const byMiner = [miners, height];
  const byValidator = [validators, height];
  const shares = stakeOf(batch, slice);
  const stake = runner.input(shares, byValidator);
  const parts = partsOf(runner, batch, slice);
  const penalty = Float32Array.from(ownOf(batch.bondsPenalty, slice));
  const weights = await runner.keep(
    weightShare,
    cube,
    runner.input(matricesOf(batch, batch.weights, slice), cube),
    runner.input(inverseSums(batch, batch.weights, slice), byValidator),
  );
  const tops = await runner.keep(median, byMiner, weights, ...parts, validators);
  const byShare = batch.yuma3 ? 1 : 0;
  const earnings = await runner.keep(
    ...([earning, byMiner, weights, stake, tops, penalty, byShare, validators] as const),
  );
  // All of them are under way before the first is waited for.
  const [consensus, margins, ranks, earned, validatorTrust] = await Promise.all([
    runner.read(tops),
    runner.run(decisionMargin, byMiner, weights, ...parts, tops, validators),
    runner.run(rank, byMiner, weights, stake, tops, validators),
    runner.run(bondEarnings, byValidator, weights, tops, earnings, penalty, miners),
    runner.run(trust, byValidator, weights, tops, miners),
  ]);
  const dividends = earned.map((own, k) => own * shares[k]);
  return {
    ...{ consensus, validatorTrust },
    incentive: rowsNormalized(ranks, miners),
    dividends: rowsNormalized(dividends, validators),
    margin: Float64Array.from({ length: height }, (_, p) =>
      margins.subarray(p * miners, (p + 1) * miners).reduce((a, b) => Math.min(a, b), 1),
    ),
  };
}

/** Stakes and kappa in exact parts: coarse, fine, and both of kappa by problem. */
function partsOf(runner: GpuRunner, batch: ConsensusBatch, slice: Slice): [Held, Held, Held] {
  const size = [batch.validators, slice.problems];
  const { coarse, fine } = stakePartsOf(batch, slice);
  const kappa = exactParts(ownOf(batch.kappa, slice));
  const pairs = new Float32Array(2 * slice.problems);
  for (let p = 0; p < slice.problems; p++) pairs.set([kappa.coarse[p], kappa.fine[p]], 2 * p);
  return [
    runner.input(coarse, size),
    runner.input(fine, size),
    runner.input(pairs, [2, slice.problems]),
  ];
}

const ownOf = (values: Float64Array, { first, problems }: Slice): Float64Array =>
  values.subarray(first, first + problems);

function rowsNormalized(values: Float32Array, width: number): Float32Array {
  const shares = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    let total = 0;
    for (let k = from; k < from + width; k++) total += values[k];
    for (let k = from; k < from + width; k++) shares[k] = total === 0 ? 0 : values[k] / total;
  }
  return shares;
}
