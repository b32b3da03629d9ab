/** Spot prices of the subnets that received most emission. */
import { poolsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { topSubnets } from "../top-subnets.ts";
import { logTicks } from "./parts.ts";
import { lines } from "./series.ts";

export function pricesChart(run: RunData): Chart {
  const { list, of, name } = run.windows;
  const words = {
    id: "prices",
    title: "Alpha prices",
    subtitle: `Spot price in TAO per alpha at the end of each ${name}, of the subnets that received most emission. Logarithmic, so that equal steps are equal percentages.`,
  };
  const top = topSubnets(run);
  const pools = run.table(poolsTable);
  const blocks = pools.column("block").numbers();
  const netuids = pools.column("netuid").numbers();
  const prices = pools.column("price").numbers();
  const last = new Map(top.netuids.map((netuid) => [netuid, new Float64Array(list.length)]));
  for (let row = 0; row < pools.rows; row++) {
    const perWindow = last.get(netuids[row]);
    const window = of(blocks[row]);
    if (perWindow && window >= 0) perWindow[window] = prices[row];
  }
  const rows = top.netuids
    .flatMap((netuid, i) =>
      list.map(({ toTime, toBlock }, w) => ({
        time: toTime,
        block: toBlock,
        subnet: top.labels[i],
        price: last.get(netuid)![w],
      })),
    )
    // A logarithm has no place for zero.
    .filter(({ price }) => price > 0);
  if (rows.length === 0) return { ...words, nothing: "The run recorded no prices." };
  const series = {
    field: "subnet",
    domain: top.labels,
    range: top.scale.range.slice(0, top.labels.length),
  };
  return {
    ...words,
    ...lines({
      name: words.id,
      series,
      rows,
      x: list,
      y: {
        field: "price",
        scale: { type: "log", nice: false, padding: 8 },
        axis: {
          title: "TAO per alpha",
          format: "~r",
          values: logTicks(rows.map(({ price }) => price)),
        },
      },
      tooltip: [{ field: "price", type: "quantitative", title: "TAO per alpha", format: ".5~r" }],
      height: 300,
    }),
  };
}
