/** Incentive or dividends of the leading neurons of a subnet over the epochs. */
import type { Chart } from "../chart.ts";
import type { Frame } from "../frame.ts";
import { epochBins, type NeuronGrid } from "../neuron-grid.ts";
import { color } from "../theme.ts";
import { timeAxis, whenTransform } from "./parts.ts";

const MOST_NEURONS = 32;
const MOST_BINS = 120;

const kinds = {
  incentive: { who: "miners", hue: color("c1"), whose: "miners' emission" },
  dividends: { who: "validators", hue: color("c2"), whose: "validators' emission" },
} as const;

export function neuronHeatmapChart(
  netuid: number,
  kind: keyof typeof kinds,
  grid: NeuronGrid,
): Chart {
  const { who, hue, whose } = kinds[kind];
  const leading = [...grid.uids.keys()]
    .filter((neuron) => grid.means[neuron] > 0)
    .sort((a, b) => grid.means[b] - grid.means[a] || grid.uids[a] - grid.uids[b]);
  const shown = leading.slice(0, MOST_NEURONS);
  const bins = epochBins(grid.blocks.length, MOST_BINS);
  const averaged = bins.length < grid.blocks.length;
  const count =
    shown.length < leading.length
      ? `The ${shown.length} of ${leading.length} ${who} that received most`
      : `All ${leading.length} ${who} that received any`;
  const words = {
    id: `${kind}-heatmap-${netuid}`,
    title: kind === "incentive" ? "Incentive of the miners" : "Dividends of the validators",
    subtitle: `Share of the ${whose}, by neuron and epoch. ${count}, most at the top.${
      averaged ? ` ${grid.blocks.length} epochs, averaged into ${bins.length} columns.` : ""
    }`,
  };
  if (shown.length === 0) return { ...words, nothing: `No epoch paid any ${kind}.` };
  const windows = [{ fromTime: grid.times[0], toTime: grid.times[grid.times.length - 1] }];
  return {
    ...words,
    data: { [words.id]: cells(grid, shown, bins) },
    spec: {
      height: Math.max(120, shown.length * 10 + 20),
      data: { name: words.id },
      transform: [...whenTransform],
      mark: { type: "rect", color: hue },
      encoding: {
        x: timeAxis(windows, "from"),
        x2: { field: "time" },
        y: {
          field: "uid",
          type: "ordinal",
          sort: shown.map((neuron) => grid.uids[neuron]),
          scale: { paddingInner: 0.08 },
          axis: {
            ...{ title: "uid", ticks: false, domain: false },
            ...{ labelFontSize: 9, labelOverlap: true },
          },
        },
        opacity: {
          field: "share",
          type: "quantitative",
          scale: { type: "sqrt", range: [0.03, 1], zero: true },
          legend: {
            ...{ title: "share", format: ".1~%", orient: "top", tickCount: 4 },
            // On a phone the steps stand in two lines.
            columns: { expr: "width < 420 ? 3 : 8" },
          },
        },
        tooltip: [
          { field: "uid", title: "uid" },
          { field: "when", title: "until" },
          { field: "atBlock", title: "block" },
          {
            field: "share",
            type: "quantitative",
            title: averaged ? "mean share" : "share",
            format: ".3%",
          },
        ],
      },
    },
  };
}

function cells(
  grid: NeuronGrid,
  neurons: readonly number[],
  bins: readonly { from: number; to: number }[],
): Frame {
  const columns = {
    uid: [] as number[],
    from: [] as number[],
    time: [] as number[],
    block: [] as number[],
    share: [] as number[],
  };
  const { times, blocks, shares, uids } = grid;
  // The stretch before the first epoch is as long as the one after it.
  const start = times.length > 1 ? 2 * times[0] - times[1] : times[0] - 1;
  for (const neuron of neurons) {
    for (const { from, to } of bins) {
      let sum = 0;
      for (let epoch = from; epoch < to; epoch++) sum += shares[epoch * uids.length + neuron];
      columns.uid.push(uids[neuron]);
      columns.from.push(from === 0 ? start : times[from - 1]);
      columns.time.push(times[to - 1]);
      columns.block.push(blocks[to - 1]);
      columns.share.push(Number((sum / (to - from)).toPrecision(3)));
    }
  }
  return columns;
}
