/**
 * What can be said of any sample of independent parameters, whatever its design: first-order
 * indices as correlation ratios over bins (Pearson's, with the correction of Kelley 1935 for what
 * chance alone would give), and rank correlations with their sign (Spearman's).
 */
import { sampleCorrelation } from "simple-statistics";
import type { Value } from "../plans/expression.ts";

/** By parameter: the bin of each point, and its rank; ranks are null where values have no order. */
export interface GivenColumn {
  readonly bins: Uint32Array;
  readonly binCount: number;
  readonly ranks: Float64Array | null;
}

/** Points of a bin, at least, where values are cut into bins. */
const BIN_POINTS = 16;
const MAX_BINS = 24;

/** `values` are a parameter's by point. */
export function givenColumn(values: readonly Value[]): GivenColumn {
  const distinct = [...new Set(values)];
  const isOrdered = values.every((value) => typeof value === "number");
  const ranks = isOrdered ? ranksOf(Float64Array.from(values as number[])) : null;
  const most = Math.max(2, Math.min(MAX_BINS, Math.floor(values.length / BIN_POINTS)));
  if (distinct.length <= most || ranks === null) {
    const place = new Map(distinct.map((value, k) => [value, k]));
    const bins = Uint32Array.from(values, (value) => place.get(value)!);
    return { bins, binCount: distinct.length, ranks };
  }
  const bins = Uint32Array.from(ranks, (rank) =>
    Math.min(most - 1, Math.floor((most * rank) / values.length)),
  );
  return { bins, binCount: most, ranks };
}

/** Ranks from 0.5 on; equal values share the mean of theirs. */
export function ranksOf(values: Float64Array): Float64Array {
  const order = Array.from(values, (_, k) => k).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let k = from; k < to; k++) ranks[order[k]] = (from + to) / 2;
    from = to;
  }
  return ranks;
}

/** First-order indices of all parameters, then rank correlations; NaN where there is none. */
export function givenMeasures(
  columns: readonly GivenColumn[],
  outcome: Float64Array,
  chosen: Uint32Array,
): Float64Array {
  const measures = new Float64Array(2 * columns.length);
  const values = Float64Array.from(chosen, (k) => outcome[k]);
  const ranks = [...ranksOf(values)];
  columns.forEach((column, k) => {
    measures[k] = correlationRatio(column, values, chosen);
    const own = column.ranks;
    measures[columns.length + k] =
      own === null
        ? Number.NaN
        : sampleCorrelation(
            Array.from(chosen, (at) => own[at]),
            ranks,
          );
  });
  return measures;
}

function correlationRatio(
  { bins, binCount }: GivenColumn,
  values: Float64Array,
  chosen: Uint32Array,
): number {
  const count = values.length;
  const sums = new Float64Array(binCount);
  const counts = new Uint32Array(binCount);
  let total = 0;
  values.forEach((value, k) => {
    sums[bins[chosen[k]]] += value;
    counts[bins[chosen[k]]]++;
    total += value;
  });
  const mean = total / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  let between = 0;
  let used = 0;
  for (let bin = 0; bin < binCount; bin++) {
    if (counts[bin] === 0) continue;
    used++;
    const from = sums[bin] / counts[bin] - mean;
    between += counts[bin] * from * from;
  }
  const within = squares - between;
  return 1 - (within * (count - 1)) / (squares * (count - used));
}
