/** Cells of the guarantee map as problems for gpu-kernels, and what its scores say of a cell. */
import {
  type Backend,
  type ConsensusBatch,
  consensusBounds,
  type Floats,
  type GroupBounds,
  groupShareBounds,
  totalRankOf,
} from "../../gpu-kernels/index.ts";
import {
  type Cell,
  EMISSION_RAO,
  majorShare,
  type RetentionExperiment,
} from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { NEURONS, SERVERS, VALIDATORS } from "../../sim/bittensor/yuma/guarantees/two-teams.ts";
import type { Setting } from "./plan.ts";

const U16 = 65_535;
/** A ratio of emissions that are whole rao each. */
const FLOORED = (2 * NEURONS) / Number(EMISSION_RAO);

/** A cell as screened: its exact ratios lie within the bounds; null where nothing is certain. */
export interface RoughCell {
  readonly cell: Cell;
  readonly bounds: GroupBounds | null;
}

/** What a rough cell says of the major team's share of the emission; see `majorShare`. */
export const roughShare = ({ cell, bounds }: RoughCell, validatorShare: number) => ({
  score: majorShare(cell, validatorShare),
  bound:
    bounds === null
      ? Infinity
      : validatorShare * bounds.dividends + (1 - validatorShare) * bounds.incentive + FLOORED,
});

/** One step of the major team against several of the minor team, by a backend. */
export async function roughCells(
  backend: Backend,
  experiment: RetentionExperiment,
  setting: Setting,
  majorStep: number,
  minorSteps: readonly number[],
): Promise<RoughCell[]> {
  const batch = batchOf(experiment, setting, majorStep, minorSteps);
  const scores = await backend.consensus(batch);
  const { undecidedMargin } = consensusBounds(backend, batch);
  const { majorValidators, majorServers } = experiment.teams;
  return minorSteps.map((minorStep, p) => {
    const totalRank = totalRankOf(batch, scores, p);
    const validatorRatio = partOf(scores.dividends, p * VALIDATORS, majorValidators, VALIDATORS);
    const servers = p * NEURONS + VALIDATORS;
    const serverRatio = partOf(scores.incentive, servers, majorServers, SERVERS);
    const ratio = (validatorRatio + serverRatio) / 2;
    // Where nothing is in consensus the epoch pays by other rules.
    const isDecided = scores.margin[p] >= undecidedMargin && totalRank > 0;
    return {
      cell: { majorStep, minorStep, ratio, validatorRatio, serverRatio },
      bounds: isDecided ? groupShareBounds(backend, batch, totalRank) : null,
    };
  });
}

/** Servers are uids 64 to 511, so that a validator's weights begin behind 64 empty columns. */
function batchOf(
  experiment: RetentionExperiment,
  { kappa, bondsPenalty, yuma3 }: Setting,
  majorStep: number,
  minorSteps: readonly number[],
): ConsensusBatch {
  const problems = minorSteps.length;
  const { stakeRao, majorValidators } = experiment.teams;
  const weights = new Uint16Array(problems * VALIDATORS * NEURONS);
  const stake = new Float64Array(problems * VALIDATORS);
  const major = experiment.rowsAt(majorStep);
  minorSteps.forEach((minorStep, p) => {
    const minor = experiment.rowsAt(minorStep);
    for (let validator = 0; validator < VALIDATORS; validator++) {
      const rows = validator < majorValidators ? major : minor;
      const row = rows.subarray(validator * SERVERS, (validator + 1) * SERVERS);
      weights.set(row, (p * VALIDATORS + validator) * NEURONS + VALIDATORS);
      stake[p * VALIDATORS + validator] = Number(stakeRao[validator]);
    }
  });
  return {
    ...{ problems, validators: VALIDATORS, miners: NEURONS, weights, stake, yuma3 },
    kappa: new Float64Array(problems).fill(kappa / U16),
    bondsPenalty: new Float64Array(problems).fill(bondsPenalty / U16),
  };
}

/** The part of the first `count` of `length` scores; no number where all are 0. */
function partOf(scores: Floats, from: number, count: number, length: number): number {
  let part = 0;
  let total = 0;
  for (let k = 0; k < length; k++) {
    if (k < count) part += scores[from + k];
    total += scores[from + k];
  }
  return part / total;
}
