/** How often each action was applied and refused. */
import { actionCounts } from "../action-counts.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { logTicks } from "./parts.ts";
import { legendOf, seriesColor } from "./series.ts";

const series = {
  field: "outcome",
  domain: ["applied", "refused"],
  range: [color("c3"), color("bad")],
};

export function actionsChart(run: RunData): Chart {
  const words = {
    id: "actions",
    title: "What agents asked of the chain",
    subtitle: "Count by action, applied and refused. Logarithmic; what never happened has no dot.",
  };
  const { actions } = actionCounts(run);
  const rows = actions.flatMap(({ action, applied, refused }) => [
    { action, outcome: "applied", count: applied },
    { action, outcome: "refused", count: refused },
  ]);
  const shown = rows.filter(({ count }) => count > 0);
  if (shown.length === 0) return { ...words, nothing: "No agent asked anything of the chain." };
  return {
    ...words,
    legend: legendOf(series),
    data: {
      actions: {
        action: shown.map(({ action }) => action),
        outcome: shown.map(({ outcome }) => outcome),
        count: shown.map(({ count }) => count),
      },
    },
    spec: {
      height: Math.max(90, actions.length * 34),
      data: { name: "actions" },
      mark: { type: "point", filled: true, size: 130, opacity: 1 },
      encoding: {
        y: {
          field: "action",
          type: "nominal",
          sort: actions.map(({ action }) => action),
          axis: { title: null, grid: true, ticks: false, domain: false, labelFontSize: 12 },
        },
        x: {
          field: "count",
          type: "quantitative",
          scale: { type: "log", nice: false, domainMin: 0.8, padding: 10 },
          axis: {
            ...{ title: "count", format: "~s", grid: true },
            values: logTicks([1, ...shown.map(({ count }) => count)]),
          },
        },
        color: { ...seriesColor(series), legend: { title: null, columns: 4 } },
        shape: {
          field: "outcome",
          type: "nominal",
          scale: { domain: series.domain, range: ["circle", "diamond"] },
          legend: { title: null, columns: 4 },
        },
        tooltip: [
          { field: "action", title: "action" },
          { field: "outcome", title: "outcome" },
          { field: "count", type: "quantitative", title: "count", format: ",.0f" },
        ],
      },
    },
  };
}
