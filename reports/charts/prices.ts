/** Spot prices of the subnets that received most emission. */
import { poolsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { topSubnets } from "../top-subnets.ts";
import {
  dimUnpicked,
  hoverPoints,
  legendPick,
  timeAxis,
  whenTooltips,
  whenTransform,
  wrappedLegend,
} from "./parts.ts";

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
  const rows = top.netuids.flatMap((netuid, i) =>
    list.map((window, w) => ({ window, subnet: top.labels[i], price: last.get(netuid)![w] })),
  );
  // A logarithm has no place for zero.
  const shown = rows.filter(({ price }) => price > 0);
  if (shown.length === 0) return { ...words, nothing: "The run recorded no prices." };
  const y = {
    field: "price",
    type: "quantitative",
    scale: { type: "log", nice: false, padding: 8 },
  } as const;
  const hue = {
    field: "subnet",
    type: "nominal",
    scale: { domain: [...top.labels], range: top.scale.range.slice(0, top.labels.length) },
    legend: wrappedLegend(3),
  } as const;
  return {
    ...words,
    data: {
      prices: {
        time: shown.map(({ window }) => window.toTime),
        block: shown.map(({ window }) => window.toBlock),
        subnet: shown.map(({ subnet }) => subnet),
        price: shown.map(({ price }) => price),
      },
    },
    spec: {
      height: 300,
      data: { name: "prices" },
      transform: [...whenTransform],
      encoding: { x: timeAxis(list) },
      layer: [
        {
          mark: { type: "line" },
          params: [legendPick("subnet")],
          encoding: {
            y: { ...y, axis: { title: "TAO per alpha", format: "~r", tickCount: 6 } },
            color: hue,
            opacity: dimUnpicked(1),
          },
        },
        hoverPoints({
          y,
          color: hue,
          tooltip: [
            { field: "subnet", title: "subnet" },
            ...whenTooltips,
            { field: "price", type: "quantitative", title: "TAO per alpha", format: ".5~r" },
          ],
        }),
      ],
    },
  };
}
