/**
 * The golden epoch sequences: one record is one case, its epochs run in order, each on the bonds
 * that the one before gave where the record does not give its own.
 */
import {
  type CommitTime,
  earliestLiveCommitBlock,
} from "../../sim/bittensor/weights/commit-windows.ts";
import { traceEpoch } from "../../sim/bittensor/yuma/epoch.ts";
import {
  createEpochKernel,
  type EpochKernel,
} from "../../sim/bittensor/yuma/kernel/epoch-kernel.ts";
import { taoWeightBits, totalStakeBits } from "../../sim/bittensor/yuma/stake-weight.ts";
import type {
  EpochInput,
  EpochInternals,
  EpochOutput,
  EpochParameters,
  FixedRow,
  SparseRow,
} from "../../sim/bittensor/yuma/types.ts";
import { differs, firstDifference, isObject, type VectorFormat } from "../format.ts";
import { bigints, flatRows, sparseRows } from "./matrices.ts";

export const goldenEpochs: VectorFormat = {
  name: "golden epochs",
  recognises: (document) => isObject(document) && document.format === "bittensor-epoch-golden/1",
  groups: (document) => [
    { name: "epochs", records: (document as { cases: unknown[] }).cases, check: checkCase },
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, as in RecordCheck.
type Json = any;

function checkCase(record: Json): string | null {
  const parameters = readParameters(record);
  let weights: SparseRow[] = [];
  let bonds: readonly SparseRow[] = [];
  for (const [index, epoch] of record.epochs.entries()) {
    const given = epoch.input;
    weights = rowsUpTo(given.n, given.weights ? sparseRows(given.weights) : weights);
    bonds = rowsUpTo(given.n, given.bonds ? sparseRows(given.bonds) : bonds);
    const input = { ...readInput(record, given), weights, bonds };
    const trace = traceEpoch(input, parameters);
    const fast = kernelFor(input).runTrustedEpoch(input, parameters);
    bonds = trace.output.bonds;
    const failure =
      checkStake(record, given) ??
      checkCommitBlocks(record, given) ??
      checkOutput("", epoch.output, trace.output) ??
      checkOutput("kernel: ", epoch.output, fast) ??
      (epoch.internal && checkInternals(epoch.internal, trace.internals));
    if (failure) return `${record.id}: epoch ${index}: ${failure}`;
  }
  return null;
}

let kernel: EpochKernel | null = null;

/** One kernel for all cases, made anew where a case needs a larger one. */
function kernelFor({ n, weights, bonds }: EpochInput): EpochKernel {
  const entries = [...weights, ...bonds].reduce((total, row) => total + row.columns.length, 1);
  if (!kernel || kernel.maxNeurons < n || kernel.maxEntries < entries) {
    kernel = createEpochKernel({ maxNeurons: 2 * n, maxEntries: 2 * entries });
  }
  return kernel;
}

/** With empty rows for the uids that have joined since. */
const rowsUpTo = (n: number, rows: readonly SparseRow[]): SparseRow[] =>
  Array.from({ length: n }, (_, uid) => rows[uid] ?? { columns: [], values: [] });

function readParameters({ hyperparameters: h, activity_cutoff_blocks }: Json): EpochParameters {
  return {
    kappa: h.kappa,
    bondsPenalty: h.bonds_penalty,
    bondsMovingAverage: h.bonds_moving_average,
    yuma3: h.yuma3_enabled,
    liquidAlpha: h.liquid_alpha_enabled,
    alphaLow: h.alpha_low,
    alphaHigh: h.alpha_high,
    alphaSigmoidSteepness: h.alpha_sigmoid_steepness,
    commitReveal: h.commit_reveal_enabled,
    maxAllowedValidators: h.max_allowed_validators,
    activityCutoffBlocks: activity_cutoff_blocks,
    stakeThresholdRao: BigInt(h.min_stake),
  };
}

const readInput = (record: Json, given: Json): Omit<EpochInput, "weights" | "bonds"> => ({
  n: given.n,
  block: given.block,
  tempoBlocks: record.tempo,
  lastMechanismStepBlock: given.last_mechanism_step_block,
  raoEmission: BigInt(given.rao_emission),
  totalStakeBits: bigints(given.total_stake_i64f64),
  // The chain reads what it has not stored as 0.
  lastUpdate: Array.from({ length: given.n }, (_, uid) => given.last_update[uid] ?? 0),
  blockAtRegistration: given.block_at_registration,
  validatorPermit: given.validator_permit,
  commitBlocks: liveCommitBlocks(record, given) ?? given.commit_blocks ?? null,
  ownerUid: record.hyperparameters.owner_uid,
});

function checkStake({ hyperparameters }: Json, given: Json): string | null {
  const weight = taoWeightBits(BigInt(hyperparameters.tao_weight));
  const total = given.alpha_stake.map((alpha: string, uid: number) =>
    totalStakeBits(BigInt(alpha), BigInt(given.tao_stake?.[uid] ?? 0), weight),
  );
  return differs("total_stake_i64f64", given.total_stake_i64f64, total);
}

const commitTimes = (pairs: readonly [number, number][] = []): CommitTime[] =>
  pairs.map(([epoch, block]) => ({ epoch, block }));

function liveCommitBlocks({ hyperparameters }: Json, given: Json): (number | null)[] | null {
  if (!given.commits_v2 && !given.commits_v4) return null;
  return Array.from({ length: given.n }, (_, uid) => {
    const hashed = (given.commits_v2 ?? []).find(([owner]: [number]) => owner === uid)?.[1];
    const timelocked = (given.commits_v4 ?? []).flatMap(
      ([epoch, commits]: [number, [number, number][]]) =>
        commits.filter(([owner]) => owner === uid).map(([, block]) => [epoch, block]),
    );
    return earliestLiveCommitBlock(
      commitTimes(hashed),
      commitTimes(timelocked),
      given.current_epoch,
      hyperparameters.reveal_period,
    );
  });
}

function checkCommitBlocks(record: Json, given: Json): string | null {
  const resolved = liveCommitBlocks(record, given);
  if (!resolved || !given.commit_blocks) return null;
  return differs("commit_blocks", given.commit_blocks, resolved);
}

const checkOutput = (form: string, wanted: Json, got: EpochOutput): string | null =>
  firstDifference(
    [`${form}active`, wanted.active, got.active],
    [`${form}stake_weight`, wanted.stake_weight, got.stakeWeight],
    [`${form}consensus`, wanted.consensus, got.consensus],
    [`${form}incentive`, wanted.incentive, got.incentive],
    [`${form}dividends`, wanted.dividends, got.dividends],
    [`${form}validator_trust`, wanted.validator_trust, got.validatorTrust],
    [`${form}emission`, wanted.emission, got.emissionRao],
    [`${form}server_emission`, wanted.server_emission, got.serverEmissionRao],
    [`${form}validator_emission`, wanted.validator_emission, got.validatorEmissionRao],
    [`${form}validator_permit`, wanted.validator_permit, got.validatorPermit],
    [`${form}bonds`, wanted.bonds, flatRows(got.bonds)],
  );

/** The stages; the matrices are there for small networks and first epochs only. */
function checkInternals(wanted: Json, got: EpochInternals): string | null {
  const vectors: Record<string, unknown> = {
    stake: got.stake,
    active_stake: got.activeStake,
    consensus: got.consensus,
    validator_trust: got.validatorTrust,
    ranks: got.ranks,
    incentive: got.incentive,
    dividends: got.dividends,
    emission_sum: got.emissionSum,
    normalized_server_emission: got.normalizedServerEmission,
    normalized_validator_emission: got.normalizedValidatorEmission,
    normalized_combined_emission: got.normalizedCombinedEmission,
  };
  const matrices: Record<string, readonly FixedRow[]> = {
    weights: got.weights,
    clipped_weights: got.clippedWeights,
    weights_for_bonds: got.weightsForBonds,
    bonds_masked: got.bondsMasked,
    bonds_delta: got.bondsDelta,
    ema_bonds: got.emaBonds,
  };
  for (const [name, stage] of Object.entries(wanted)) {
    const have =
      name === "liquid_alphas"
        ? liquidAlphas(got)
        : name in matrices
          ? flatRows(matrices[name])
          : vectors[name];
    const difference = differs(`internal.${name}`, stage, have);
    if (difference) return difference;
  }
  return null;
}

function liquidAlphas({ liquidAlphaOf, stake }: EpochInternals): bigint[][] | null {
  return liquidAlphaOf && stake.map((_, i) => stake.map((_, j) => liquidAlphaOf(i, j)));
}
