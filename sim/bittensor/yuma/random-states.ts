/** Random states of a subnet, sound or odd, for tests and measurements. */
import { randomSource, type Stream } from "../../random.ts";
import type { EpochInput, EpochParameters, SparseRow } from "./types.ts";

/** What kind of state; chances are of 0 ... 1. */
export interface StateShape {
  readonly seed: number;
  readonly n: number;
  /** Uids with stake, from 0 upwards. */
  readonly validators: number;
  /** The chance that a validator weighs a uid. */
  readonly density: number;
  /** The chance that a row is not sorted by uid. */
  readonly unsorted?: number;
  /** The chance that an entry is followed by another one of any uid, n and above included. */
  readonly stray?: number;
  /** Weights and stakes are drawn from so few values that ties are common. */
  readonly ties?: boolean;
  /** The chance that a validator gives all weight, and has full bonds, to one uid. */
  readonly single?: number;
  /** The chance that a validator's row is the same as that of the one before. */
  readonly agreement?: number;
  /** The chance that masks, permits and activity spare nobody in particular. */
  readonly disorder?: number;
}

const NONE: SparseRow = { columns: [], values: [] };

/** A state whose validators weigh uids at random and hold bonds from before. */
export function randomState(shape: StateShape): EpochInput {
  const { n, validators, disorder = 0, agreement = 0 } = shape;
  const random = randomSource(String(shape.seed)).stream("state");
  const chance = (p: number) => random.uniform() < p;
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const block = 10_000;
  const blocks = (usual: number) =>
    uids.map(() => (chance(disorder / 3) ? block - random.below(6000) : usual));
  const isValidator = uids.map((uid) => uid < validators);
  const matrix = () => {
    let last = NONE;
    return isValidator.map((is) => {
      if (!is || chance(disorder / 4)) return NONE;
      if (last === NONE || !chance(agreement)) last = randomRow(random, shape);
      return last;
    });
  };
  return {
    n,
    block,
    tempoBlocks: 360,
    lastMechanismStepBlock: chance(disorder) ? 0 : block - 361,
    raoEmission: (BigInt(random.uint32()) << 20n) + 1n,
    totalStakeBits: isValidator.map((is) =>
      is && !chance(disorder / 8) ? randomStake(random, shape.ties ?? false) : 0n,
    ),
    lastUpdate: blocks(block - 10),
    blockAtRegistration: blocks(1),
    validatorPermit: isValidator
      .map((is) => is && !chance(disorder / 4))
      .slice(0, chance(disorder / 4) ? random.below(n + 1) : n),
    weights: matrix(),
    bonds: matrix(),
    commitBlocks: chance(0.5)
      ? uids.map(() => (chance(0.5) ? null : block - random.below(6000)))
      : null,
    ownerUid: chance(0.5) ? random.below(n) : null,
    previousConsensus: chance(0.5) ? uids.map(() => random.below(65_536)) : null,
  };
}

const randomStake = (random: Stream, ties: boolean): bigint =>
  ties
    ? BigInt(1 + random.below(3)) << 64n
    : (BigInt(random.uint32()) << BigInt(20 + random.below(60))) + BigInt(random.uint32());

function randomRow(random: Stream, shape: StateShape): SparseRow {
  const { n, density, unsorted = 0, stray = 0, ties = false, single = 0 } = shape;
  const columns: number[] = [];
  for (let column = 0; column < n; column++) {
    if (random.uniform() < density) columns.push(column);
    if (random.uniform() < stray) columns.push(random.below(n + 2));
  }
  if (random.uniform() < unsorted) shuffle(random, columns);
  if (random.uniform() < single) {
    const chosen = random.below(n);
    return { columns, values: columns.map((column) => (column === chosen ? 65_535 : 0)) };
  }
  const levels = ties ? 4 : 65_536;
  const values = columns.map(() => Math.floor((random.below(levels) * 65_535) / (levels - 1)));
  return { columns, values };
}

function shuffle(random: Stream, items: number[]): void {
  for (let k = items.length - 1; k > 0; k--) {
    const other = random.below(k + 1);
    [items[k], items[other]] = [items[other], items[k]];
  }
}

/** Hyperparameters at random, often at the ends of their ranges. */
export function randomParameters(seed: number): EpochParameters {
  const random = randomSource(String(seed)).stream("parameters");
  const one = <T>(...choices: T[]): T => choices[random.below(choices.length)];
  const u16 = () => one(0, 65_535, 32_767, random.below(65_536), random.below(65_536));
  return {
    kappa: one(32_767, 32_768, u16()),
    bondsPenalty: one(0, 65_535, u16()),
    bondsMovingAverage: one(
      900_000,
      975_000,
      0,
      1_000_000,
      random.below(1_000_001),
      2_500_000,
      2 ** 53 - 1,
    ),
    yuma3: one(true, false),
    liquidAlpha: one(true, true, false),
    alphaLow: one(45_875, u16()),
    alphaHigh: one(58_982, u16()),
    alphaSigmoidSteepness: one(1000, 0, random.below(65_536) - 32_768, random.below(4000) - 2000),
    liquidAlphaConsensusMode: one(undefined, "current", "previous", "auto"),
    commitReveal: one(true, false),
    maxAllowedValidators: one(64, 0, 1, random.below(20)),
    activityCutoffBlocks: one(5000, 1, random.below(5000)),
    stakeThresholdRao: one(0n, 0n, 2n, BigInt(random.uint32())),
  };
}
