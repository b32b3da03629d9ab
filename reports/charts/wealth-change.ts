/** How the wealth of each role grew or shrank. */
import { wealthTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import {
  dimUnpicked,
  hoverPoints,
  legendPick,
  timeAxis,
  whenTooltips,
  whenTransform,
  wrappedLegend,
} from "./parts.ts";

export function wealthChangeChart(run: RunData): Chart {
  const { list, of } = run.windows;
  const words = {
    id: "wealth-change",
    title: "Wealth of each role",
    subtitle:
      "Change of total wealth (wallets, root stake, and alpha at spot prices, in TAO) since the first recorded block.",
  };
  const table = run.table(wealthTable);
  const blocks = table.column("block").numbers();
  const roles = table.column("role").texts();
  const totals = table.column("total_rao").tao();
  const first = new Map<string, number>();
  const last = new Map<string, { role: string; window: number; total: number }>();
  for (let row = 0; row < table.rows; row++) {
    const role = roles[row];
    if (!first.has(role)) first.set(role, totals[row]);
    const window = of(blocks[row]);
    if (window >= 0) last.set(`${role}/${window}`, { role, window, total: totals[row] });
  }
  const rows = [...last.values()]
    .filter(({ role }) => first.get(role)! > 0)
    .map((row) => ({ ...row, change: row.total / first.get(row.role)! - 1 }));
  if (rows.length === 0) return { ...words, nothing: "The run recorded no wealth." };
  const y = { field: "change", type: "quantitative" } as const;
  const hue = {
    field: "role",
    type: "nominal",
    scale: roleScale(rows.map(({ role }) => role)),
    legend: wrappedLegend(6),
  } as const;
  return {
    ...words,
    data: {
      wealth: {
        time: rows.map(({ window }) => list[window].toTime),
        block: rows.map(({ window }) => list[window].toBlock),
        role: rows.map(({ role }) => role),
        total: rows.map(({ total }) => Math.round(total)),
        change: rows.map(({ change }) => change),
      },
    },
    spec: {
      data: { name: "wealth" },
      transform: [...whenTransform],
      encoding: { x: timeAxis(list) },
      layer: [
        {
          mark: { type: "line" },
          params: [legendPick("role")],
          encoding: {
            y: { ...y, axis: { title: "change since the start", format: "+.1~%" } },
            color: hue,
            opacity: dimUnpicked(1),
          },
        },
        hoverPoints({
          y,
          color: hue,
          tooltip: [
            { field: "role", title: "role" },
            ...whenTooltips,
            { field: "total", type: "quantitative", title: "wealth (TAO)", format: "," },
            { field: "change", type: "quantitative", title: "change", format: "+.2%" },
          ],
        }),
      ],
    },
  };
}
