/**
 * What `hivelab yuma guarantees` computes: one full map, and for each published threshold the stake
 * shares that it speaks of under its own parameters. Source: docs/consensus.md of the chain, as
 * quoted in spec/yuma-epoch.md section 11.4 and spec/validation-targets.md B.1.
 */
import type { RetentionRules } from "../../sim/bittensor/yuma/guarantees/retention.ts";
import { GRID_STEPS } from "../../sim/bittensor/yuma/guarantees/weight-rows.ts";

/** Stake shares of the map. */
export const MAJOR_STAKES = [0.51, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99];

/** The parameters under which teams play; the validators' part of the emission is applied later. */
export interface Setting extends RetentionRules {
  /** Standard deviation of weights. */
  readonly sigma: number;
}

/** The published bonds penalty "1.0": the chain's test multiplies with 65,534. */
export const FULL_PENALTY = 65_534;
const CHAIN_KAPPA = 32_767;
/** Validators' part of the emission, xi, on the chain. */
const CHAIN_SHARE = 0.5;

export const mainSetting = (sigma: number): Setting => ({
  sigma,
  bondsPenalty: FULL_PENALTY,
  kappa: CHAIN_KAPPA,
  yuma3: false,
});

export interface Published {
  readonly name: string;
  readonly setting: Setting;
  readonly majorStake: number;
  /** The validators' part of the emission, xi. */
  readonly validatorShare: number;
  /** The self weight of the major team that it needs at worst. */
  readonly published: number;
  readonly source: string;
}

const DOCS = "docs/consensus.md";
const DERIVED = "a run of the chain's code";

const at04 = mainSetting(0.4);
const penalty = (share: number) => ({ ...at04, bondsPenalty: Math.floor(share * FULL_PENALTY) });
const threshold = (
  name: string,
  setting: Setting,
  published: number,
  { majorStake = 0.6, validatorShare = CHAIN_SHARE, source = DOCS } = {},
): Published => ({ name, setting, majorStake, validatorShare, published, source });

/** Every published threshold: of the chain's documentation first, then of runs of its code. */
export const publishedThresholds: readonly Published[] = [
  threshold("sigma 0", mainSetting(0), 0.6),
  threshold("sigma 0.2", mainSetting(0.2), 0.67),
  threshold("sigma 0.4", at04, 0.73),
  threshold("beta 0", penalty(0), 0.78),
  threshold("beta 0.5", penalty(0.5), 0.76),
  threshold("beta 1", at04, 0.73),
  threshold("xi 0", at04, 0.82, { validatorShare: 0 }),
  threshold("xi 0.25", at04, 0.78, { validatorShare: 0.25 }),
  threshold("xi 0.5", at04, 0.73),
  threshold("kappa 0.4", { ...at04, kappa: 26_214 }, 0.712, { source: DERIVED }),
  threshold("kappa 0.5", at04, 0.732, { source: DERIVED }),
  threshold("kappa 0.6", { ...at04, kappa: 39_321 }, 1),
  threshold("kappa 0.6, S_H 0.55", { ...at04, kappa: 39_321 }, 1, { majorStake: 0.55 }),
  threshold("S_H 0.7", at04, 0.75, { majorStake: 0.7 }),
  threshold("Yuma 3, beta 1", { ...at04, yuma3: true }, 0.732, { source: DERIVED }),
  threshold("Yuma 3, beta 0", { ...penalty(0), yuma3: true }, 0.786, { source: DERIVED }),
];

/** Differences beyond this are failures; the documentation rounds to a point. */
export const TOLERANCE = 0.015;

/** One piece of work: some columns and rows of the grid for one stake share. */
export interface Task {
  readonly setting: Setting;
  readonly majorStake: number;
  readonly seed: bigint;
  readonly majorSteps: readonly number[];
  readonly minorSteps: readonly number[];
  /** The validators' parts of the emission for which lines are drawn. */
  readonly validatorShares: readonly number[];
  /** Every cell, each computed exactly; else those on both sides of each line. */
  readonly isWhole: boolean;
}

const COARSE_STRIDE = 5;

const every = (stride: number): number[] =>
  Array.from({ length: Math.floor(GRID_STEPS / stride) + 1 }, (_, k) => k * stride);

export interface PlanOptions {
  /** Of the map. */
  readonly sigma: number;
  readonly seed: bigint;
  /** Every fifth choice of the minor team only. */
  readonly quick: boolean;
  /** Every cell of the map into its table; else those on both sides of each line. */
  readonly wholeGrid: boolean;
}

/** The tasks, the longest first: the whole grid for the map, thresholds beside it on a coarser one. */
export function plan({ sigma, seed, quick, wholeGrid }: PlanOptions): Task[] {
  const wanted = new Map<string, Pick<Task, "setting" | "majorStake"> & { shares: Set<number> }>();
  const add = (setting: Setting, majorStake: number, validatorShare: number) => {
    const key = keyOf(setting, majorStake);
    const found = wanted.get(key) ?? { setting, majorStake, shares: new Set() };
    found.shares.add(validatorShare);
    wanted.set(key, found);
  };
  for (const majorStake of MAJOR_STAKES) add(mainSetting(sigma), majorStake, CHAIN_SHARE);
  for (const one of publishedThresholds) add(one.setting, one.majorStake, one.validatorShare);
  const map = keysOf(sigma);
  return [...wanted].map(([key, { setting, majorStake, shares }]) => {
    const isOfMap = map.has(key);
    const minorSteps = every(isOfMap && !quick ? 1 : COARSE_STRIDE);
    return {
      ...{ setting, majorStake, seed, majorSteps: every(1), minorSteps },
      ...{ validatorShares: [...shares], isWhole: isOfMap && wholeGrid },
    };
  });
}

const keysOf = (sigma: number): Set<string> =>
  new Set(MAJOR_STAKES.map((majorStake) => keyOf(mainSetting(sigma), majorStake)));

/**
 * Enough for a published threshold: every fifth choice of the minor team, and the upper half of the
 * major team's, where all of them lie.
 */
export const thresholdTask = ({ setting, majorStake, validatorShare }: Published): Task => ({
  ...{ setting, majorStake, seed: 0n, validatorShares: [validatorShare], isWhole: true },
  ...{ majorSteps: every(1).slice(GRID_STEPS / 2), minorSteps: every(COARSE_STRIDE) },
});

export const keyOf = (setting: Setting, majorStake: number): string =>
  [setting.sigma, setting.bondsPenalty, setting.kappa, setting.yuma3, majorStake].join(" ");
