/**
 * Quantiles that are exact though most values were only screened: a value of some rank is decided by
 * the paths whose screened values lie within the bound of the one that has that rank; only those are
 * computed exactly.
 */
import type { Confirmations } from "../../gpu-kernels/index.ts";
import { intervalRanks, LEVELS, type Quantile, quantileRanks } from "../ensemble/quantiles.ts";
import { hold } from "./block.ts";

/** A path that may have one of the wanted ranks. */
export interface Candidate {
  readonly path: number;
  readonly screened: number;
}

interface Range {
  readonly rank: number;
  /** Screened values from `from` to `to` may have this rank; so many lie below them. */
  readonly from: number;
  readonly to: number;
  readonly below: number;
}

/** The ranks of all quantiles and of the ends of their intervals. */
export const wantedRanks = (count: number): number[] => [
  ...new Set(
    LEVELS.flatMap((level) => {
      const { low, high } = intervalRanks(count, level);
      const { lower, upper } = quantileRanks(count, level);
      return [low, lower, upper, high];
    }),
  ),
];

/** One moment of all paths, of which the candidates remain in memory. */
export class MomentRanks {
  readonly candidates: readonly Candidate[];
  private readonly ranges: readonly Range[];
  private readonly count: number;

  /** `values` are positive, by path; `bound` is relative to the value. */
  constructor(
    values: Float64Array,
    readonly bound: number,
  ) {
    this.count = values.length;
    const sorted = values.slice().sort();
    // (1 + b) / (1 - b) is at most 1 + 3 b up to a third.
    const reach = bound > 1 / 3 ? Infinity : 3 * bound;
    this.ranges = wantedRanks(values.length).map((rank) => {
      const from = reach === Infinity ? 0 : sorted[rank] * (1 - reach);
      const to = sorted[rank] * (1 + reach);
      return { rank, from, to, below: lowerBound(sorted, from) };
    });
    const spans = united(this.ranges);
    const candidates: Candidate[] = [];
    values.forEach((screened, path) => {
      if (isWithin(spans, screened)) candidates.push({ path, screened });
    });
    this.candidates = candidates;
  }

  /**
   * Quantiles and their intervals, from the exact values of the candidates, in their order. Throws
   * BoundExceeded where one of them shows that the bound does not hold.
   */
  quantiles(exact: readonly number[], confirmations: Confirmations): Quantile[] {
    this.candidates.forEach(({ screened, path }, k) => {
      hold(confirmations, { score: screened, bound: this.bound, exact: exact[k] }, path);
    });
    const byRank = new Map(
      this.ranges.map(({ rank, from, to, below }) => {
        const near = this.candidates.flatMap(({ screened }, k) =>
          screened >= from && screened <= to ? [exact[k]] : [],
        );
        return [rank, Float64Array.from(near).sort()[rank - below]];
      }),
    );
    const exactAt = (rank: number): number => byRank.get(rank)!;
    return LEVELS.map((level) => {
      const { lower, upper, fraction } = quantileRanks(this.count, level);
      const { low, high } = intervalRanks(this.count, level);
      const value = exactAt(lower) + fraction * (exactAt(upper) - exactAt(lower));
      return { level, value, low: exactAt(low), high: exactAt(high) };
    });
  }
}

interface Span {
  from: number;
  to: number;
}

/** Spans that overlap, as one; ascending. */
function united(ranges: readonly Range[]): Span[] {
  const spans: Span[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = spans[spans.length - 1];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

const isWithin = (spans: readonly Span[], value: number): boolean => {
  for (const { from, to } of spans) {
    if (value < from) return false;
    if (value <= to) return true;
  }
  return false;
};

/** How many of the sorted values lie below a value. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
