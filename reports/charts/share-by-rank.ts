/** How steeply emission falls from the first subnet to the last, at both ends of the run. */
import { subnetsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { rankLines } from "./rank-lines.ts";

const moments = ["first block recorded", "last block recorded"] as const;

export function shareByRankChart(run: RunData): Chart {
  const words = {
    id: "share-by-rank",
    title: "Emission by rank",
    subtitle:
      "Share of the block's TAO emission of the first, second, third ... subnet, at both ends of the run. Logarithmic; subnets that receive nothing are left out.",
  };
  const table = run.table(subnetsTable);
  const blocks = table.column("block").numbers();
  const netuids = table.column("netuid").numbers();
  const shares = table.column("emission_share").numbers();
  const ends = [blocks[0], blocks[blocks.length - 1]];
  const rows = moments.flatMap((moment, i) =>
    [...blocks.keys()]
      .filter((row) => blocks[row] === ends[i] && shares[row] > 0)
      .sort((a, b) => shares[b] - shares[a] || netuids[a] - netuids[b])
      .map((row, rank) => ({
        moment,
        rank: rank + 1,
        share: shares[row],
        subnet: run.subnetLabel(netuids[row]),
      })),
  );
  if (rows.length === 0) return { ...words, nothing: "No subnet had a share of the emission." };
  return {
    ...words,
    ...rankLines({
      name: words.id,
      series: { field: "moment", domain: moments, range: [color("other"), color("c1")] },
      rows,
      title: "share of emission",
      tooltip: [{ field: "subnet", title: "subnet" }],
    }),
  };
}
