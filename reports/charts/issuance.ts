/** TotalIssuance over time. */
import { supplyTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { lastInWindow } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { hoverPoints, timeAxis, whenTooltips, whenTransform } from "./parts.ts";

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
  const y = { field: "issuance", type: "quantitative" } as const;
  return {
    ...words,
    data: {
      issuance: {
        time: list.map(({ toTime }) => toTime),
        block: list.map(({ toBlock }) => toBlock),
        issuance: lastInWindow(run, supply).map((row) => Math.round(issuance[row])),
      },
    },
    spec: {
      data: { name: "issuance" },
      transform: [...whenTransform],
      encoding: { x: timeAxis(list) },
      layer: [
        {
          mark: { type: "line", color: color("c1") },
          encoding: {
            y: { ...y, scale: { zero: false }, axis: { title: "TAO", format: "," } },
          },
        },
        hoverPoints({
          y,
          fill: color("c1"),
          tooltip: [...whenTooltips, { ...y, title: "TAO issued", format: "," }],
        }),
      ],
    },
  };
}
