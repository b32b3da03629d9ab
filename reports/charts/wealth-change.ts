/** How the wealth of each role grew or shrank. */
import { wealthTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import { signedPercentAxis } from "./parts.ts";
import { lines } from "./series.ts";

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
    .map(({ role, window, total }) => ({
      time: list[window].toTime,
      block: list[window].toBlock,
      role,
      total: Math.round(total),
      change: total / first.get(role)! - 1,
    }));
  if (rows.length === 0) return { ...words, nothing: "The run recorded no wealth." };
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "role", ...roleScale(rows.map(({ role }) => role)) },
      rows,
      x: list,
      y: { field: "change", axis: signedPercentAxis("change since the start") },
      tooltip: [
        { field: "total", type: "quantitative", title: "wealth (TAO)", format: ",.0f" },
        { field: "change", type: "quantitative", title: "change", format: "+.2%" },
      ],
    }),
  };
}
