/** How concentrated a subnet's incentive and dividends are, over the epochs. */
import { gini, nakamoto } from "../../lab/measures/concentration.ts";
import type { Chart } from "../chart.ts";
import { epochBins, type NeuronGrid } from "../neuron-grid.ts";
import { color } from "../theme.ts";
import {
  dimUnpicked,
  hoverPoints,
  legendPick,
  timeAxis,
  whenTooltips,
  whenTransform,
  wrappedLegend,
} from "./parts.ts";

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
    { what: "incentive (miners)", grid: incentive },
    { what: "dividends (validators)", grid: dividends },
  ];
  const rows = series
    .flatMap(({ what, grid }) =>
      bins.map(({ to }) => {
        const neurons = grid.uids.length;
        const value = of(grid.shares.subarray((to - 1) * neurons, to * neurons));
        return { what, value, time: grid.times[to - 1], block: grid.blocks[to - 1] };
      }),
    )
    .filter(({ value }) => !Number.isNaN(value));
  if (rows.length === 0) return { ...words, nothing: "No epoch paid anything." };
  const y = { field: "value", type: "quantitative", scale } as const;
  const hue = {
    field: "what",
    type: "nominal",
    scale: { domain: series.map(({ what }) => what), range: [color("c1"), color("c2")] },
    legend: wrappedLegend(2),
  } as const;
  const windows = [{ fromTime: rows[0].time, toTime: rows[rows.length - 1].time }];
  return {
    ...words,
    data: {
      [words.id]: {
        what: rows.map((row) => row.what),
        time: rows.map((row) => row.time),
        block: rows.map((row) => row.block),
        value: rows.map((row) => row.value),
      },
    },
    spec: {
      height: 220,
      data: { name: words.id },
      transform: [...whenTransform],
      encoding: { x: timeAxis(windows) },
      layer: [
        {
          mark: { type: "line" },
          params: [legendPick("what")],
          encoding: { y: { ...y, axis }, color: hue, opacity: dimUnpicked(1) },
        },
        hoverPoints({
          y,
          color: hue,
          tooltip: [
            { field: "what", title: "of" },
            ...whenTooltips,
            { field: "value", type: "quantitative", title: axis.title, format },
          ],
        }),
      ],
    } as never,
  };
}
