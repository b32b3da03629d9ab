/** Why the chain refused what agents asked. */
import { actionCounts } from "../action-counts.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { hues } from "../theme.ts";
import { dimUnpicked, legendOf, pickParam, seriesColor } from "./series.ts";

const MOST_REASONS = 15;

export function refusalsChart(run: RunData): Chart {
  const { refusals } = actionCounts(run);
  const reasons = [...new Set(refusals.map(({ refusal }) => refusal))];
  const shown = reasons.slice(0, MOST_REASONS);
  const words = {
    id: "refusals",
    title: "Why actions were refused",
    subtitle: `Count by the chain's own error name and by action.${
      shown.length < reasons.length
        ? ` The ${shown.length} most frequent of ${reasons.length} reasons.`
        : ""
    }`,
  };
  if (refusals.length === 0) return { ...words, nothing: "The chain refused nothing." };
  const rows = refusals.filter(({ refusal }) => shown.includes(refusal));
  const actions = [...new Set(rows.map(({ action }) => action))];
  const series = {
    field: "action",
    domain: actions,
    range: actions.map((_, i) => hues[i % hues.length]),
  };
  return {
    ...words,
    legend: legendOf(series),
    data: {
      refusals: {
        refusal: rows.map(({ refusal }) => refusal),
        action: rows.map(({ action }) => action),
        count: rows.map(({ count }) => count),
      },
    },
    spec: {
      height: Math.max(90, shown.length * 34),
      data: { name: "refusals" },
      params: [pickParam],
      mark: { type: "bar" },
      encoding: {
        y: {
          field: "refusal",
          type: "nominal",
          sort: shown,
          scale: { paddingInner: 0.35 },
          axis: {
            ...{ title: null, ticks: false, domain: false, labelFontSize: 12 },
            labelLimit: { expr: "width < 360 ? 130 : 190" },
          },
        },
        x: {
          field: "count",
          type: "quantitative",
          axis: { title: "refusals", format: ",d", tickMinStep: 1, tickCount: 5 },
        },
        color: seriesColor(series),
        opacity: dimUnpicked(series),
        tooltip: [
          { field: "refusal", title: "reason" },
          { field: "action", title: "action" },
          { field: "count", type: "quantitative", title: "count", format: ",.0f" },
        ],
      },
    },
  };
}
