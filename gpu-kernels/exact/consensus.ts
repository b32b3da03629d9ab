/** One problem of a batch on the chain's own epoch, to the last bit. */

import { yuma3Defaults } from "../../sim/bittensor/yuma/examples.ts";
import { createEpochKernel } from "../../sim/bittensor/yuma/kernel/epoch-kernel.ts";
import type { EpochInput, EpochOutput, EpochParameters } from "../../sim/bittensor/yuma/types.ts";
import type { ConsensusBatch } from "../types.ts";

const U16 = 65_535;
/** Total stake of a problem, in rao: stakes are rounded to shares of it. */
const TOTAL_STAKE_RAO = 1e15;

/** What the exact epoch stores: u16 fractions of 65,535, floored. */
export interface ExactScores
  extends Pick<EpochOutput, "consensus" | "incentive" | "dividends" | "validatorTrust"> {
  /** By uid: what it pays of EMISSION_RAO, half to incentives and half to dividends. */
  readonly emissionRao: BigUint64Array;
}

export const EMISSION_RAO = 1_000_000_000n;

/** Solves problems of one batch exactly, in one kernel's memory; its answers are copies. */
export function exactConsensus(batch: ConsensusBatch): (problem: number) => ExactScores {
  const { validators, miners } = batch;
  const kernel = createEpochKernel({ maxNeurons: miners, maxEntries: validators * miners });
  kernel.load(epochInputOf(batch, 0), epochParametersOf(batch, 0));
  return (problem) => {
    const cells = validators * miners;
    kernel.setParameters(epochParametersOf(batch, problem));
    kernel.memory.weights.values.set(
      batch.weights.subarray(problem * cells, (problem + 1) * cells),
    );
    stakeSharesOf(batch, problem).forEach((share, uid) => {
      kernel.memory.totalStakeBits[2 * uid + 1] = stakeRao(share);
    });
    kernel.clearBonds();
    kernel.compute();
    const { consensus, incentive, dividends, validatorTrust, emissionRao } = kernel.memory;
    return {
      consensus: consensus.slice(0, miners),
      incentive: incentive.slice(0, miners),
      dividends: dividends.slice(0, validators),
      validatorTrust: validatorTrust.slice(0, validators),
      emissionRao: emissionRao.slice(0, miners),
    };
  };
}

function stakeSharesOf({ validators, stake }: ConsensusBatch, problem: number): Float64Array {
  const own = stake.subarray(problem * validators, (problem + 1) * validators);
  const total = own.reduce((sum, x) => sum + x, 0);
  return own.map((x) => x / total);
}

/** The problem as the chain would store it before an epoch without bonds. */
export function epochInputOf(batch: ConsensusBatch, problem: number): EpochInput {
  const { validators, miners } = batch;
  const shares = stakeSharesOf(batch, problem);
  const columns = Array.from({ length: miners }, (_, j) => j);
  const none = { columns: [], values: [] };
  const isValidator = (uid: number) => uid < validators;
  return {
    ...{ n: miners, block: 1_000_000, tempoBlocks: 360, lastMechanismStepBlock: 999_640 },
    raoEmission: EMISSION_RAO,
    totalStakeBits: columns.map((uid) => (isValidator(uid) ? stakeRao(shares[uid]) << 64n : 0n)),
    lastUpdate: columns.map(() => 999_999),
    blockAtRegistration: columns.map(() => 1),
    validatorPermit: columns.map(isValidator),
    weights: columns.map((uid) => {
      const from = (problem * validators + uid) * miners;
      return isValidator(uid)
        ? { columns, values: batch.weights.subarray(from, from + miners) }
        : none;
    }),
    bonds: columns.map(() => none),
    ownerUid: null,
  };
}

const stakeRao = (share: number): bigint => BigInt(Math.round(share * TOTAL_STAKE_RAO));

export const epochParametersOf = (batch: ConsensusBatch, problem: number): EpochParameters => ({
  ...yuma3Defaults,
  ...{ yuma3: batch.yuma3, liquidAlpha: false, commitReveal: false, stakeThresholdRao: 0n },
  kappa: Math.round(batch.kappa[problem] * U16),
  bondsPenalty: Math.round(batch.bondsPenalty[problem] * U16),
  maxAllowedValidators: batch.validators,
  activityCutoffBlocks: 5_000,
});
