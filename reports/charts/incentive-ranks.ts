/** How a subnet's incentive is spread over its miners, early, midway and late. */
import type { Chart } from "../chart.ts";
import type { NeuronGrid } from "../neuron-grid.ts";
import { color } from "../theme.ts";
import { dimUnpicked, hoverPoints, legendPick, wrappedLegend } from "./parts.ts";

export function incentiveRanksChart(netuid: number, grid: NeuronGrid): Chart {
  const words = {
    id: `incentive-ranks-${netuid}`,
    title: "Incentive by rank",
    subtitle:
      "Share of the miners' emission of the first, second, third ... miner in three epochs. Logarithmic; miners that receive nothing are left out.",
  };
  const { blocks, shares, uids } = grid;
  const last = blocks.length - 1;
  const moments = [
    { moment: "first epoch", epoch: 0, hue: color("other") },
    { moment: "middle epoch", epoch: Math.floor(last / 2), hue: color("c6") },
    { moment: "last epoch", epoch: last, hue: color("c1") },
  ].filter(({ epoch }, i, all) => all.findIndex((other) => other.epoch === epoch) === i);
  const rows = moments.flatMap(({ moment, epoch }) =>
    [...uids.keys()]
      .map((neuron) => ({ uid: uids[neuron], share: shares[epoch * uids.length + neuron] }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || a.uid - b.uid)
      .map((neuron, i) => ({ ...neuron, moment, rank: i + 1, block: blocks[epoch] })),
  );
  if (rows.length === 0) return { ...words, nothing: "No epoch paid any incentive." };
  const y = { field: "share", type: "quantitative", scale: { type: "log" } } as const;
  const hue = {
    field: "moment",
    type: "nominal",
    scale: { domain: moments.map(({ moment }) => moment), range: moments.map((m) => m.hue) },
    legend: wrappedLegend(),
  } as const;
  return {
    ...words,
    data: {
      [words.id]: {
        moment: rows.map(({ moment }) => moment),
        rank: rows.map(({ rank }) => rank),
        share: rows.map(({ share }) => share),
        uid: rows.map(({ uid }) => uid),
        block: rows.map(({ block }) => block),
      },
    },
    spec: {
      data: { name: words.id },
      transform: [{ calculate: "format(datum.block, ',')", as: "atBlock" }],
      encoding: {
        x: { field: "rank", type: "quantitative", axis: { title: "rank", tickMinStep: 1 } },
      },
      layer: [
        {
          mark: { type: "line" },
          params: [legendPick("moment")],
          encoding: {
            y: { ...y, axis: { title: "share of incentive", format: "~%", tickCount: 5 } },
            color: hue,
            opacity: dimUnpicked(1),
          },
        },
        hoverPoints({
          y,
          color: hue,
          tooltip: [
            { field: "uid", title: "uid" },
            { field: "moment", title: "in the" },
            { field: "atBlock", title: "block" },
            { field: "rank", title: "rank" },
            { field: "share", type: "quantitative", title: "share", format: ".3%" },
          ],
        }),
      ],
    },
  };
}
