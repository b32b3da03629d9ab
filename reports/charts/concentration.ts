/** How concentrated a subnet's incentive and dividends are, over the epochs. */
import { gini, nakamoto } from "../../lab/measures/concentration.ts";
import type { Chart } from "../chart.ts";
import { epochBins, type NeuronGrid } from "../neuron-grid.ts";
import { color } from "../theme.ts";
import { lines } from "./series.ts";

const MOST_POINTS = 180;

const measures = {
  gini: {
    of: gini,
    title: "Inequality",
    about: "Gini coefficient among neurons that receive any: 0 is equal, near 1 is one taker.",
    axis: { title: "Gini coefficient", format: ".1f" },
    scale: { domain: [0, 1] },
    format: ".3f",
  },
  nakamoto: {
    of: nakamoto,
    title: "How few hold a majority",
    about: "Nakamoto coefficient: the fewest neurons that together receive more than half.",
    axis: { title: "neurons", format: "d", tickMinStep: 1 },
    scale: { zero: true },
    format: "d",
  },
} as const;

export function concentrationChart(
  netuid: number,
  measure: keyof typeof measures,
  incentive: NeuronGrid,
  dividends: NeuronGrid,
): Chart {
  const { of, title, about, axis, scale, format } = measures[measure];
  const bins = epochBins(incentive.blocks.length, MOST_POINTS);
  const sampled =
    bins.length < incentive.blocks.length
      ? ` ${bins.length} of ${incentive.blocks.length} epochs, evenly spaced.`
      : "";
  const words = { id: `${measure}-${netuid}`, title, subtitle: `${about}${sampled}` };
  const series = [
    { what: "incentive of miners", grid: incentive },
    { what: "dividends of validators", grid: dividends },
  ];
  const rows = series
    .flatMap(({ what, grid: { times, blocks, shares, uids } }) =>
      bins.map(({ to }) => ({
        time: times[to - 1],
        block: blocks[to - 1],
        what,
        value: of(shares.subarray((to - 1) * uids.length, to * uids.length)),
      })),
    )
    .filter(({ value }) => !Number.isNaN(value));
  if (rows.length === 0) return { ...words, nothing: "No epoch paid anything." };
  return {
    ...words,
    ...lines({
      name: words.id,
      series: {
        field: "what",
        domain: series.map(({ what }) => what),
        range: [color("c1"), color("c2")],
      },
      rows,
      x: [{ fromTime: rows[0].time, toTime: rows[rows.length - 1].time }],
      y: { field: "value", scale, axis },
      tooltip: [{ field: "value", type: "quantitative", title: axis.title, format }],
      height: 220,
    }),
  };
}
