/** Batches for tests, benches and the doctor: random ones, and ones made to be hard. All from a seed. */
import { randomSource } from "../sim/random.ts";
import type { AnswerBatch, ConsensusBatch, PathBatch } from "./types.ts";

export interface Shape {
  readonly problems: number;
  readonly validators: number;
  readonly miners: number;
}

/** Unit uniforms of a named stream. */
export function uniforms(seed: string, name: string): () => number {
  const stream = randomSource(seed, 0).stream(name);
  return () => stream.uniform();
}

export function randomConsensusBatch(seed: string, shape: Shape, yuma3 = true): ConsensusBatch {
  const { problems, validators, miners } = shape;
  const next = uniforms(seed, "consensus");
  const cells = problems * validators * miners;
  return {
    ...shape,
    weights: Uint16Array.from({ length: cells }, () => Math.floor(next() * 65_536)),
    stake: Float64Array.from({ length: problems * validators }, () => 0.01 + next()),
    kappa: new Float64Array(problems).fill(32_767 / 65_535),
    bondsPenalty: Float64Array.from(
      { length: problems },
      () => Math.round(next() * 65_535) / 65_535,
    ),
    yuma3,
  };
}

/** Many validators who nearly agree, with small changes from problem to problem. */
export function perturbedConsensusBatch(seed: string, shape: Shape): ConsensusBatch {
  const { problems, validators, miners } = shape;
  const next = uniforms(seed, "perturbed");
  const skill = Float64Array.from({ length: miners }, () => next() ** 3);
  const weights = new Uint16Array(problems * validators * miners);
  for (let k = 0; k < weights.length; k++) {
    weights[k] = Math.floor(60_000 * skill[k % miners] * (0.9 + 0.2 * next()));
  }
  return { ...randomConsensusBatch(seed, shape), weights };
}

/**
 * Hard ones: equal weights and stakes that meet kappa exactly, one stake that holds nearly all,
 * sparse rows, rows without weights, weights of one unit, weights on oneself alone.
 */
export function adversarialConsensusBatch(seed: string, shape: Shape): ConsensusBatch {
  const { problems, validators, miners } = shape;
  const batch = randomConsensusBatch(seed, shape);
  const next = uniforms(seed, "adversarial");
  for (let p = 0; p < problems; p++) {
    const kind = p % 6;
    for (let i = 0; i < validators; i++) {
      const own = p * validators + i;
      if (kind === 0) batch.stake[own] = 1;
      if (kind === 1) batch.stake[own] = i === 0 ? 1e6 : 1e-3;
      if (kind === 2 && i % 3 === 0) batch.stake[own] = 0;
      for (let j = 0; j < miners; j++) {
        const cell = own * miners + j;
        if (kind === 0) batch.weights[cell] = i % 2 === 0 ? 1_000 : 500 + 1_000 * (j % 2);
        if (kind === 3) batch.weights[cell] = next() < 0.05 ? 1 + Math.floor(next() * 65_535) : 0;
        if (kind === 4) batch.weights[cell] = i % 5 === 0 ? 0 : 1;
        if (kind === 5) batch.weights[cell] = i === j ? 65_535 : i % 2;
      }
    }
  }
  return batch;
}

/**
 * Two camps that prefer every other miner; the first one's stake meets kappa, or misses it, by a
 * ten-millionth of all.
 */
export function nearlyMetKappaBatch(seed: string, shape: Shape): ConsensusBatch {
  const { problems, validators, miners } = shape;
  const batch = randomConsensusBatch(seed, shape);
  const camp = Math.ceil(validators / 2);
  for (let p = 0; p < problems; p++) {
    const own = batch.stake.subarray(p * validators, (p + 1) * validators);
    const share = batch.kappa[p] + (p % 2 === 0 ? 1e-7 : -1e-7);
    scaleTo(own.subarray(0, camp), share);
    scaleTo(own.subarray(camp), 1 - share);
    for (let i = 0; i < validators; i++) {
      for (let j = 0; j < miners; j++) {
        const isPreferred = i < camp === (j % 2 === 0);
        batch.weights[(p * validators + i) * miners + j] = isPreferred ? 1_000 : 500;
      }
    }
  }
  return batch;
}

function scaleTo(values: Float64Array, total: number): void {
  const sum = values.reduce((a, b) => a + b, 0);
  for (let k = 0; k < values.length; k++) values[k] *= total / sum;
}

export function randomAnswerBatch(seed: string, shape: Shape, sharpness: number): AnswerBatch {
  const { problems, validators, miners } = shape;
  const next = uniforms(seed, "answers");
  const cells = problems * validators * miners;
  return {
    ...{ ...shape, sharpness },
    grades: Uint16Array.from({ length: cells }, () =>
      next() < 0.1 ? 0 : Math.floor(next() * 65_536),
    ),
    stake: Float64Array.from({ length: problems * validators }, () => 0.01 + next()),
  };
}

/** Every miner answers alike, but for one unit of one grade. */
export function nearlyEqualAnswers(seed: string, shape: Shape): AnswerBatch {
  const batch = randomAnswerBatch(seed, shape, 2);
  batch.grades.fill(40_000);
  for (let p = 0; p < shape.problems; p++) {
    const miner = p % shape.miners;
    batch.grades[p * shape.validators * shape.miners + miner] = 40_001;
  }
  return batch;
}

/** Grades of which the largest power is too small for float32, and rows without any. */
export function lowGradeAnswers(seed: string, shape: Shape): AnswerBatch {
  const batch = randomAnswerBatch(seed, shape, 8);
  const next = uniforms(seed, "low grades");
  const { validators, miners } = shape;
  batch.grades.forEach((_, k) => {
    const validator = Math.floor(k / miners) % validators;
    const low = Math.floor(3 * next());
    batch.grades[k] = [1, 0, low, k % miners === validator ? 65_535 : low][validator % 4];
  });
  return batch;
}

export function randomPathBatch(seed: string, paths: number, days: number): PathBatch {
  const next = uniforms(seed, "paths");
  const column = (of: () => number, length = paths) => Float64Array.from({ length }, of);
  return {
    ...{ paths, days },
    // Around the first halving, so that many paths pass it.
    issuanceTao: column(() => 10_400_000 + 200_000 * next()),
    poolTao: column(() => 1_000 + 50_000 * next()),
    poolAlpha: column(() => 100_000 + 2_000_000 * next()),
    emissionShare: column(() => 0.02 * next()),
    boughtShare: column(() => (next() < 0.5 ? 0 : 0.01 * next())),
    recycledShare: column(next, paths * days),
    soldAlpha: column(() => (next() < 0.5 ? 0 : 20_000 * next()), paths * days),
    spentTao: column(() => (next() < 0.5 ? 0 : 200 * next()), paths * days),
  };
}
