/** How steeply emission falls from the first subnet to the last, at both ends of the run. */
import { subnetsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { hoverPoints, legendPick, wrappedLegend } from "./parts.ts";

const moments = ["first block recorded", "last block recorded"] as const;

export function shareByRankChart(run: RunData): Chart {
  const words = {
    id: "share-by-rank",
    title: "Emission by rank",
    subtitle:
      "Share of the block's TAO emission of the first, second, third ... subnet, at both ends of the run. Logarithmic; subnets that receive nothing are left out.",
  };
  const table = run.table(subnetsTable);
  if (table.rows === 0) return { ...words, nothing: "The run recorded no subnets." };
  const blocks = table.column("block").numbers();
  const netuids = table.column("netuid").numbers();
  const shares = table.column("emission_share").numbers();
  const ends = [blocks[0], blocks[blocks.length - 1]];
  const rows = moments.flatMap((moment, i) =>
    [...blocks.keys()]
      .filter((row) => blocks[row] === ends[i] && shares[row] > 0)
      .sort((a, b) => shares[b] - shares[a])
      .map((row, rank) => ({ moment, rank: rank + 1, share: shares[row], netuid: netuids[row] })),
  );
  if (rows.length === 0) return { ...words, nothing: "No subnet had a share of the emission." };
  const y = { field: "share", type: "quantitative", scale: { type: "log" } } as const;
  const hue = {
    field: "moment",
    type: "nominal",
    scale: { domain: [...moments], range: [color("other"), color("c1")] },
    legend: wrappedLegend(),
  } as const;
  return {
    ...words,
    data: {
      ranks: {
        moment: rows.map(({ moment }) => moment),
        rank: rows.map(({ rank }) => rank),
        share: rows.map(({ share }) => share),
        subnet: rows.map(({ netuid }) => run.subnetLabel(netuid)),
      },
    },
    spec: {
      data: { name: "ranks" },
      encoding: {
        x: { field: "rank", type: "quantitative", axis: { title: "rank", tickMinStep: 1 } },
      },
      layer: [
        {
          mark: { type: "line" },
          params: [legendPick("moment")],
          encoding: {
            y: { ...y, axis: { title: "share of emission", format: "~%" } },
            color: hue,
            opacity: { condition: { param: "picked", value: 1 }, value: 0.15 },
          },
        },
        hoverPoints({
          y,
          color: hue,
          tooltip: [
            { field: "subnet", title: "subnet" },
            { field: "moment", title: "at the" },
            { field: "rank", title: "rank" },
            { field: "share", type: "quantitative", title: "share", format: ".3%" },
          ],
        }),
      ],
    },
  };
}
