/** How the network's TAO emission was shared out among subnets. */
import { subnetsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { OTHERS, topSubnets } from "../top-subnets.ts";
import { bandX, dimUnpicked, legendPick, whenTransform, wrappedLegend } from "./parts.ts";

export function emissionShareChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const top = topSubnets(run);
  const words = {
    id: "emission-share",
    title: "Share of TAO emission",
    subtitle: `Part of all TAO that subnets received in each ${name}: the ${top.netuids.length} that received most in the run, and the others together. Click a name to bring it out.`,
  };
  const table = run.table(subnetsTable);
  if (table.rows === 0 || list.length === 0) {
    return { ...words, nothing: "The run recorded no subnets." };
  }
  const netuids = table.column("netuid").numbers();
  const label = new Map(top.netuids.map((netuid, i) => [netuid, top.labels[i]]));
  const rates = ratesPerDay(
    run,
    table.column("block").numbers(),
    table.column("tao_emission_rao").tao(),
    (row) => label.get(netuids[row]) ?? OTHERS,
  );
  const sums = list.map((_, w) => [...rates.values()].reduce((sum, rate) => sum + rate[w], 0));
  const rows = top.scale.domain.flatMap((subnet, order) =>
    list.map((window, w) => ({ window, subnet, order, rate: rates.get(subnet)![w], sum: sums[w] })),
  );
  return {
    ...words,
    data: {
      shares: {
        from: rows.map(({ window }) => window.fromTime),
        time: rows.map(({ window }) => window.toTime),
        block: rows.map(({ window }) => window.toBlock),
        subnet: rows.map(({ subnet }) => subnet),
        order: rows.map(({ order }) => order),
        share: rows.map(({ rate, sum }) => (sum > 0 ? rate / sum : 0)),
        rate: rows.map(({ rate }) => rate),
      },
    },
    spec: {
      height: 300,
      data: { name: "shares" },
      transform: [...whenTransform],
      params: [legendPick("subnet")],
      mark: { type: "bar", binSpacing: 0.5 },
      encoding: {
        ...bandX(list),
        y: {
          field: "share",
          type: "quantitative",
          stack: "zero",
          scale: { domain: [0, 1] },
          axis: { title: "share of emission", format: ".0%" },
        },
        order: { field: "order", type: "quantitative" },
        color: {
          field: "subnet",
          type: "nominal",
          scale: { domain: [...top.scale.domain], range: [...top.scale.range] },
          legend: wrappedLegend(3),
        },
        opacity: dimUnpicked(1),
        tooltip: [
          { field: "subnet", title: "subnet" },
          { field: "when", title: "until" },
          { field: "atBlock", title: "block" },
          { field: "share", type: "quantitative", title: "share", format: ".2%" },
          { field: "rate", type: "quantitative", title: "TAO per day", format: ",.1f" },
        ],
      },
    },
  };
}
