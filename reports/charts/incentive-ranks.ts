/** How a subnet's incentive is spread over its miners, early, midway and late. */
import type { Chart } from "../chart.ts";
import type { NeuronGrid } from "../neuron-grid.ts";
import { color } from "../theme.ts";
import { rankLines } from "./rank-lines.ts";

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
    { epoch: "first", at: 0, hue: color("other") },
    { epoch: "middle", at: Math.floor(last / 2), hue: color("c6") },
    { epoch: "last", at: last, hue: color("c1") },
  ].filter(({ at }, i, all) => all.findIndex((other) => other.at === at) === i);
  const rows = moments.flatMap(({ epoch, at }) =>
    [...uids.keys()]
      .map((neuron) => ({ uid: uids[neuron], share: shares[at * uids.length + neuron] }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share || a.uid - b.uid)
      .map(({ uid, share }, i) => ({
        epoch: `${epoch} epoch`,
        rank: i + 1,
        share,
        uid,
        block: blocks[at],
      })),
  );
  if (rows.length === 0) return { ...words, nothing: "No epoch paid any incentive." };
  return {
    ...words,
    ...rankLines({
      name: words.id,
      series: {
        field: "epoch",
        domain: moments.map(({ epoch }) => `${epoch} epoch`),
        range: moments.map(({ hue }) => hue),
      },
      rows,
      title: "share of incentive",
      tooltip: [
        { field: "uid", title: "uid" },
        { field: "block", type: "quantitative", title: "block", format: "," },
      ],
      height: 220,
    }),
  };
}
