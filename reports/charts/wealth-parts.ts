/** What the wealth of each role consisted of at the end of the run. */
import { wealthTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { dimUnpicked, legendOf, pickParam, seriesColor } from "./series.ts";

const columns = [
  ["alpha at spot prices", "alpha_value_rao", color("c1")],
  ["staked on root", "root_rao", color("c7")],
  ["in wallets", "free_rao", color("c5")],
] as const;

const series = {
  field: "part",
  domain: columns.map(([part]) => part),
  range: columns.map(([, , hue]) => hue),
};

export function wealthPartsChart(run: RunData): Chart {
  const words = {
    id: "wealth-parts",
    title: "What wealth consists of",
    subtitle: "Parts of each role's wealth at the last recorded block, valued in TAO.",
  };
  const table = run.table(wealthTable);
  const roles = table.column("role").texts();
  const last = new Map(roles.map((role, row) => [role, row]));
  const values = columns.map(([, column]) => table.column(column).tao());
  const rows = [...last].flatMap(([role, row]) => {
    const amounts = values.map((column) => column[row]);
    const total = amounts.reduce((a, b) => a + b, 0);
    if (!(total > 0)) return [];
    return columns.map(([part], i) => ({
      ...{ role, part, order: i, total },
      amount: amounts[i],
      share: amounts[i] / total,
    }));
  });
  if (rows.length === 0) return { ...words, nothing: "The run recorded no wealth." };
  const byTotal = [...new Set(rows.sort((a, b) => b.total - a.total).map(({ role }) => role))];
  return {
    ...words,
    legend: legendOf(series),
    data: {
      parts: {
        role: rows.map(({ role }) => role),
        part: rows.map(({ part }) => part),
        order: rows.map(({ order }) => order),
        amount: rows.map(({ amount }) => Math.round(amount)),
        share: rows.map(({ share }) => share),
      },
    },
    spec: {
      data: { name: "parts" },
      params: [pickParam],
      mark: { type: "bar" },
      encoding: {
        y: {
          field: "role",
          type: "nominal",
          sort: byTotal,
          scale: { paddingInner: 0.35 },
          axis: { title: null, ticks: false, domain: false, labelFontSize: 12 },
        },
        x: {
          field: "share",
          type: "quantitative",
          scale: { domain: [0, 1] },
          axis: { title: "part of the role's wealth", format: ".0%", tickCount: 5 },
        },
        order: { field: "order", type: "quantitative" },
        color: seriesColor(series),
        opacity: dimUnpicked(series),
        tooltip: [
          { field: "role", title: "role" },
          { field: "part", title: "part" },
          { field: "amount", type: "quantitative", title: "TAO", format: ",.0f" },
          { field: "share", type: "quantitative", title: "share", format: ".1%" },
        ],
      },
    },
  };
}
