/** TotalIssuance over time. */
import { supplyTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { lastInWindow } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { lines } from "./series.ts";

export function issuanceChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "issuance",
    title: "TAO issued",
    subtitle: `Total issuance in TAO at the end of each ${name}. The axis does not start at zero.`,
  };
  if (list.length === 0) return { ...words, nothing: "The run recorded no supply." };
  const supply = run.table(supplyTable);
  const issuance = supply.column("total_issuance_rao").tao();
  const rows = lastInWindow(run, supply).map((row, w) => ({
    time: list[w].toTime,
    block: list[w].toBlock,
    series: "TAO issued",
    issuance: Math.round(issuance[row]),
  }));
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "series", domain: ["TAO issued"], range: [color("c1")] },
      rows,
      x: list,
      y: { field: "issuance", scale: { zero: false }, axis: { title: "TAO", format: ",f" } },
      tooltip: [{ field: "issuance", type: "quantitative", title: "TAO issued", format: ",.0f" }],
    }),
  };
}
