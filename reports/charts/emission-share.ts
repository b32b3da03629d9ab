/** How the network's TAO emission was shared out among subnets. */
import { subnetsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { OTHERS, topSubnets } from "../top-subnets.ts";
import { stackedBars } from "./series.ts";

export function emissionShareChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const top = topSubnets(run);
  const words = {
    id: "emission-share",
    title: "Share of TAO emission",
    subtitle: `Part of all TAO that subnets received in each ${name}: the ${top.netuids.length} that received most in the run, and the others together. Click a name to bring it out.`,
  };
  const table = run.table(subnetsTable);
  const netuids = table.column("netuid").numbers();
  const label = new Map(top.netuids.map((netuid, i) => [netuid, top.labels[i]]));
  const rates = ratesPerDay(
    run,
    table.column("block").numbers(),
    table.column("tao_emission_rao").tao(),
    (row) => label.get(netuids[row]) ?? OTHERS,
  );
  const sums = list.map((_, w) => [...rates.values()].reduce((sum, rate) => sum + rate[w], 0));
  if (!sums.some((sum) => sum > 0)) return { ...words, nothing: "No subnet received TAO." };
  const rows = top.scale.domain.flatMap((subnet) =>
    list.map((window, w) => {
      const rate = rates.get(subnet)?.[w] ?? 0;
      return { window, name: subnet, value: sums[w] > 0 ? rate / sums[w] : 0, more: { rate } };
    }),
  );
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: { field: "subnet", ...top.scale },
      rows,
      windows: list,
      y: { scale: { domain: [0, 1] }, axis: { title: "share of emission", format: ".0%" } },
      tooltip: [
        { field: "value", type: "quantitative", title: "share", format: ".2%" },
        { field: "rate", type: "quantitative", title: "TAO per day", format: ",.1f" },
      ],
      height: 300,
    }),
  };
}
