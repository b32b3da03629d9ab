/**
 * How much of the emission the major team earns: one epoch from empty bonds for each pair of self
 * weights, and the self weight from which on the team keeps its share of the stake.
 * Source: spec/yuma-epoch.md sections 11.1 and 11.3.
 */
import { createEpochKernel, type EpochKernel } from "../kernel/epoch-kernel.ts";
import { totalStakes } from "../stake-weight.ts";
import type { EpochParameters } from "../types.ts";
import { defaultParameters } from "../versions.ts";
import { NEURONS, SERVERS, type TwoTeams, VALIDATORS } from "./two-teams.ts";
import { weightRows } from "./weight-rows.ts";

/** Shares of the major team in what the epoch pays. */
export interface Cell {
  /** Steps of self weight, 0 ... GRID_STEPS: W_H and W_C times 50. */
  readonly majorStep: number;
  readonly minorStep: number;
  /** In the emission to all. */
  readonly ratio: number;
  /** In the emission to validators, and to servers. */
  readonly validatorRatio: number;
  readonly serverRatio: number;
}

export interface RetentionRules {
  /** u16. The published "1.0" is 65,534. */
  readonly bondsPenalty: number;
  /** u16 */
  readonly kappa: number;
  readonly yuma3: boolean;
}

export const EMISSION_RAO = 1_000_000_000n;
const TEMPO_BLOCKS = 65_534;

/** A kernel that holds two teams and is given their weights cell by cell. */
export class RetentionExperiment {
  readonly #kernel: EpochKernel;
  readonly teams: TwoTeams;
  readonly #rows: Uint16Array[] = [];
  /** The emissions of an epoch of 10^9 rao fit 32 bits; these are their low halves. */
  readonly #emission: Uint32Array;

  constructor(teams: TwoTeams, kernel: EpochKernel = experimentKernel()) {
    this.#kernel = kernel;
    this.teams = teams;
    const { emissionRao } = kernel.memory;
    this.#emission = new Uint32Array(emissionRao.buffer, emissionRao.byteOffset, 2 * NEURONS);
    this.#load();
  }

  /** All cells of these steps, in their order: minor steps within major ones. */
  run(rules: RetentionRules, majorSteps: readonly number[], minorSteps: readonly number[]): Cell[] {
    this.#kernel.setParameters(experimentParameters(rules));
    const split = this.teams.majorValidators * SERVERS;
    const { values } = this.#kernel.memory.weights;
    const cells: Cell[] = [];
    for (const majorStep of majorSteps) {
      values.set(this.rowsAt(majorStep).subarray(0, split));
      for (const minorStep of minorSteps) {
        values.set(this.rowsAt(minorStep).subarray(split), split);
        this.#kernel.clearBonds();
        this.#kernel.compute();
        cells.push({ majorStep, minorStep, ...this.#shares() });
      }
    }
    return cells;
  }

  /** All validators' weights where each team gives itself this step; kept, so not to be changed. */
  rowsAt(step: number): Uint16Array {
    this.#rows[step] ??= weightRows(this.teams, step);
    return this.#rows[step];
  }

  #load(): void {
    const { stakeRao } = this.teams;
    const alpha = Array.from({ length: NEURONS }, (_, uid) => stakeRao[uid] ?? 0n);
    const isValidator = Array.from({ length: NEURONS }, (_, uid) => uid < VALIDATORS);
    const columns = Uint16Array.from({ length: SERVERS }, (_, server) => VALIDATORS + server);
    const none = { columns: [], values: [] };
    const row = { columns, values: new Uint16Array(SERVERS) };
    this.#kernel.load(
      {
        n: NEURONS,
        block: 2,
        tempoBlocks: TEMPO_BLOCKS,
        lastMechanismStepBlock: 0,
        raoEmission: EMISSION_RAO,
        totalStakeBits: totalStakes(alpha, new Array(NEURONS).fill(0n), 0n),
        lastUpdate: isValidator.map(Number),
        blockAtRegistration: new Array(NEURONS).fill(0),
        validatorPermit: isValidator,
        // The servers weigh themselves, which the epoch masks.
        weights: isValidator.map((is) => (is ? row : none)),
        bonds: new Array(NEURONS).fill(none),
        ownerUid: null,
      },
      defaultParameters,
    );
  }

  #shares(): Pick<Cell, "ratio" | "validatorRatio" | "serverRatio"> {
    const { majorValidators, majorServers } = this.teams;
    const paid = (from: number, count: number): number => {
      let sum = 0;
      for (let uid = from; uid < from + count; uid++) sum += this.#emission[2 * uid];
      return sum;
    };
    const majorDividends = paid(0, majorValidators);
    const dividends = majorDividends + paid(majorValidators, VALIDATORS - majorValidators);
    const majorIncentive = paid(VALIDATORS, majorServers);
    const incentive = majorIncentive + paid(VALIDATORS + majorServers, SERVERS - majorServers);
    return {
      ratio: (majorDividends + majorIncentive) / (dividends + incentive),
      validatorRatio: majorDividends / dividends,
      serverRatio: majorIncentive / incentive,
    };
  }
}

export const experimentKernel = (): EpochKernel =>
  createEpochKernel({ maxNeurons: NEURONS, maxEntries: VALIDATORS * SERVERS });

const experimentParameters = (rules: RetentionRules): EpochParameters => ({
  ...defaultParameters,
  ...rules,
  activityCutoffBlocks: Math.floor((13_889 * TEMPO_BLOCKS) / 1000),
});

/** E_H for a validators' part xi of the emission; the chain pays a half, which is `ratio`. */
export const majorShare = (cell: Cell, validatorShare: number): number =>
  validatorShare === 0.5
    ? cell.ratio
    : validatorShare * cell.validatorRatio + (1 - validatorShare) * cell.serverRatio;
