/** Estimates with their intervals, one row a name, and how they settled as runs were added. */
import type { DrawnChart } from "../chart.ts";
import { LONG } from "../format.ts";
import { color, hues } from "../theme.ts";
import { dimUnpicked, frameOf, legendOf, pickParam, seriesColor } from "./series.ts";

export interface EstimateRow {
  readonly name: string;
  /** Which of several measures of the name. */
  readonly measure: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

type Drawing = Pick<DrawnChart, "spec" | "data" | "legend">;

const seriesOf = (field: string, names: readonly string[]) => ({
  field,
  domain: names,
  range: names.map((_, k) => hues[k % hues.length]),
});

const isLong = (rows: readonly { readonly low: number; readonly high: number }[]): boolean =>
  rows.some(({ low, high }) => Math.max(-low, high) >= LONG);

/** Long numbers with a power of ten: on an axis, and with four digits. */
const plain = (rows: Parameters<typeof isLong>[0]) =>
  isLong(rows) ? { format: "~g", tickCount: 5 } : {};
const precise = (rows: Parameters<typeof isLong>[0]) => ({
  format: isLong(rows) ? ".4~g" : ".4~r",
});

/** Points with whiskers, the names in the order given. */
export function estimateChart(id: string, title: string, rows: readonly EstimateRow[]): Drawing {
  const measures = [...new Set(rows.map(({ measure }) => measure))];
  const names = [...new Set(rows.map(({ name }) => name))];
  const series = seriesOf("measure", measures);
  const place = {
    field: "name",
    type: "nominal",
    sort: names,
    axis: { title: null, labelLimit: 220 },
  } as const;
  const offset = { field: "measure", sort: measures } as const;
  return {
    data: { [id]: frameOf(rows.map((row) => ({ ...row }))) },
    legend: legendOf(series),
    spec: {
      // As high as the chart of settling beside it.
      height: Math.max(280, names.length * (14 * measures.length + 12)),
      data: { name: id },
      params: [pickParam],
      encoding: { y: place, yOffset: offset },
      layer: [
        { mark: { type: "rule", color: color("line") }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: "rule", strokeWidth: 2 },
          encoding: {
            x: { field: "low", type: "quantitative", axis: { title, ...plain(rows) } },
            x2: { field: "high" },
            color: seriesColor(series),
            opacity: dimUnpicked(series),
          },
        },
        {
          mark: { type: "point", filled: true, size: 80 },
          encoding: {
            x: { field: "value", type: "quantitative" },
            color: seriesColor(series),
            opacity: dimUnpicked(series),
            tooltip: [
              { field: "name", title: "parameter" },
              { field: "measure", title: "measure" },
              { field: "value", type: "quantitative", title: "estimate", ...precise(rows) },
              { field: "low", type: "quantitative", title: "from", ...precise(rows) },
              { field: "high", type: "quantitative", title: "to", ...precise(rows) },
            ],
          },
        },
      ],
    } as DrawnChart["spec"],
  };
}

export interface StageRow {
  readonly name: string;
  /** Of runs that the estimate rests on. */
  readonly count: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A line a name over a logarithmic axis of counts, with its interval as a band. */
export function settlingChart(
  id: string,
  titles: { readonly x: string; readonly y: string },
  rows: readonly StageRow[],
): Drawing {
  const series = seriesOf("name", [...new Set(rows.map(({ name }) => name))]);
  const hue = seriesColor(series);
  return {
    data: { [id]: frameOf(rows.map((row) => ({ ...row }))) },
    legend: legendOf(series),
    spec: {
      height: 280,
      data: { name: id },
      params: [pickParam],
      encoding: {
        x: {
          field: "count",
          type: "quantitative",
          scale: { type: "log", nice: false, padding: 6 },
          axis: { title: titles.x, format: "~s", tickCount: 6 },
        },
        color: hue,
      },
      layer: [
        {
          mark: { type: "area", opacity: 0.12 },
          encoding: {
            y: { field: "low", type: "quantitative", axis: { title: titles.y, ...plain(rows) } },
            y2: { field: "high" },
          },
        },
        {
          mark: { type: "line", point: { size: 36 } },
          encoding: {
            y: { field: "value", type: "quantitative" },
            opacity: dimUnpicked(series),
            tooltip: [
              { field: "name", title: "parameter" },
              { field: "count", type: "quantitative", title: titles.x, format: "," },
              { field: "value", type: "quantitative", title: titles.y, ...precise(rows) },
              { field: "low", type: "quantitative", title: "from", ...precise(rows) },
              { field: "high", type: "quantitative", title: "to", ...precise(rows) },
            ],
          },
        },
      ],
    } as DrawnChart["spec"],
  };
}
