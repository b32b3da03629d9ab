/** How often each action was applied and refused. */
import { actionCounts } from "../action-counts.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { wrappedLegend } from "./parts.ts";

export function actionsChart(run: RunData): Chart {
  const words = {
    id: "actions",
    title: "What agents asked of the chain",
    subtitle:
      "Count by action, applied and refused. Logarithmic: each grid step is a power of ten; what never happened has no dot.",
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
          scale: { type: "log", domainMin: 0.8 },
          axis: { title: "count", format: "~s", grid: true, tickCount: 5 },
        },
        color: {
          field: "outcome",
          type: "nominal",
          scale: { domain: ["applied", "refused"], range: [color("c3"), color("bad")] },
          legend: wrappedLegend(2),
        },
        shape: {
          field: "outcome",
          type: "nominal",
          scale: { domain: ["applied", "refused"], range: ["circle", "diamond"] },
          legend: null,
        },
        tooltip: [
          { field: "action", title: "action" },
          { field: "outcome", title: "outcome" },
          { field: "count", type: "quantitative", title: "count", format: "," },
        ],
      },
    },
  };
}
