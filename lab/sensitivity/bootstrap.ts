/** Percentile intervals of estimates by resampling blocks of runs, seeded. */
import { quantileSorted } from "simple-statistics";
import { randomSource, type Stream } from "../../sim/random.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Estimate extends Interval {
  readonly value: number;
}

export interface BootstrapOptions {
  /** How often the blocks are drawn anew. */
  readonly resamples: number;
  /** Of the intervals: 0.95. */
  readonly level: number;
  readonly seed: string;
}

export const usualBootstrap: BootstrapOptions = { resamples: 1_000, level: 0.95, seed: "hivelab" };

/**
 * The estimates from all blocks, each with its interval from `resamples` draws with replacement.
 * `estimate` is given the positions of blocks, 0 ... blocks - 1.
 */
export function bootstrapped(
  blocks: number,
  estimate: (chosen: Uint32Array) => Float64Array,
  { resamples, level, seed }: BootstrapOptions,
): Estimate[] {
  const values = estimate(Uint32Array.from({ length: blocks }, (_, k) => k));
  const drawn = Array.from(values, () => new Float64Array(resamples));
  const random = randomSource(seed).stream("bootstrap");
  const chosen = new Uint32Array(blocks);
  for (let resample = 0; resample < resamples; resample++) {
    drawInto(chosen, random);
    estimate(chosen).forEach((value, k) => {
      drawn[k][resample] = value;
    });
  }
  return Array.from(values, (value, k) => ({ value, ...intervalOf(drawn[k], level) }));
}

function drawInto(chosen: Uint32Array, random: Stream): void {
  for (let k = 0; k < chosen.length; k++) chosen[k] = random.below(chosen.length);
}

function intervalOf(drawn: Float64Array, level: number): Interval {
  // A resample without any spread has no index.
  const sorted = drawn.filter(Number.isFinite).sort();
  if (sorted.length === 0) return { low: Number.NaN, high: Number.NaN };
  const at = (part: number) => quantileSorted(sorted as unknown as number[], part);
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
