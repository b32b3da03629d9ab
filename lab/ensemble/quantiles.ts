/** One number of many runs: its mean, quantiles, and how far chance may have moved them. */
import { mean, quantileSorted, sampleStandardDeviation } from "simple-statistics";

export const LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

export interface Spread {
  /** Runs that have a value. */
  readonly count: number;
  readonly mean: number;
  /** Standard error of the mean; NaN for a single run. */
  readonly meanError: number;
  /** By level. */
  readonly quantiles: readonly Quantile[];
}

export interface Quantile {
  readonly level: number;
  readonly value: number;
  /** An interval that holds the true quantile in about 95 % of ensembles of this size. */
  readonly low: number;
  readonly high: number;
}

/** Of values in any order; NaN are left out. Null where no value is left. */
export function spreadOf(values: Float64Array): Spread | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const count = sorted.length;
  if (count === 0) return null;
  // The library takes anything that is indexed like an array.
  const list = sorted as unknown as number[];
  return {
    count,
    mean: mean(list),
    meanError: count > 1 ? sampleStandardDeviation(list) / Math.sqrt(count) : Number.NaN,
    quantiles: LEVELS.map((level) => ({
      ...{ level, value: quantileSorted(list, level) },
      ...orderInterval(sorted, level),
    })),
  };
}

/** 97.5 % of the standard normal. */
const Z = 1.959963984540054;

/**
 * Order statistics around a quantile: how many of n values lie below it is binomial, whatever they
 * are drawn from. The normal approximation of it, widened to whole ranks; the ends of few values.
 */
function orderInterval(sorted: Float64Array, level: number): { low: number; high: number } {
  const { low, high } = intervalRanks(sorted.length, level);
  return { low: sorted[low], high: sorted[high] };
}

/** The ranks, from 0, of an interval's ends among n values. */
export function intervalRanks(n: number, level: number): { low: number; high: number } {
  const spread = Z * Math.sqrt(n * level * (1 - level));
  const low = Math.floor(n * level - spread) - 1;
  const high = Math.ceil(n * level + spread);
  return { low: Math.max(0, low), high: Math.min(n - 1, high) };
}

/** The ranks, from 0, between which the quantile of n values lies, as `quantileSorted` takes it. */
export function quantileRanks(
  n: number,
  level: number,
): { readonly lower: number; readonly upper: number; readonly fraction: number } {
  const at = (n - 1) * level;
  const lower = Math.floor(at);
  return { lower, upper: Math.ceil(at), fraction: at - lower };
}
