/** The change of every subnet's price over the run, ranked. */
import { poolsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { firstAndLast } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { signedPercentAxis } from "./parts.ts";

export function priceChangesChart(run: RunData): Chart {
  const words = {
    id: "price-changes",
    title: "Price change of every subnet",
    subtitle:
      "From the first to the last recorded spot price, largest gain first. One bar a subnet; point at it for its name.",
  };
  const pools = run.table(poolsTable);
  const prices = pools.column("price").numbers();
  const changes = firstAndLast(pools)
    .map(({ netuid, first, last }) => ({ netuid, from: prices[first], to: prices[last] }))
    .filter(({ from, to }) => from > 0 && to >= 0)
    .map((subnet) => ({ ...subnet, change: subnet.to / subnet.from - 1 }))
    .sort((a, b) => b.change - a.change || a.netuid - b.netuid);
  if (changes.length === 0) return { ...words, nothing: "The run recorded no prices." };
  return {
    ...words,
    data: {
      changes: {
        rank: changes.map((_, i) => i + 1),
        subnet: changes.map(({ netuid }) => run.subnetLabel(netuid)),
        from: changes.map(({ from }) => from),
        to: changes.map(({ to }) => to),
        change: changes.map(({ change }) => change),
      },
    },
    spec: {
      data: { name: "changes" },
      mark: { type: "bar" },
      encoding: {
        x: {
          field: "rank",
          type: "ordinal",
          scale: { paddingInner: 0.15, paddingOuter: 0 },
          axis: { title: "subnets, by change", labels: false, ticks: false, domain: false },
        },
        y: {
          field: "change",
          type: "quantitative",
          axis: signedPercentAxis("change of price"),
        },
        color: {
          condition: { test: "datum.change < 0", value: color("c2") },
          value: color("c1"),
        },
        tooltip: [
          { field: "subnet", title: "subnet" },
          { field: "change", type: "quantitative", title: "change", format: "+.2%" },
          { field: "from", type: "quantitative", title: "first price (TAO)", format: ".5~r" },
          { field: "to", type: "quantitative", title: "last price (TAO)", format: ".5~r" },
        ],
      },
    },
  };
}
