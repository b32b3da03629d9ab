/** Shares by falling rank at several moments, a line a moment, on a logarithmic axis. */
import type { DrawnChart } from "../chart.ts";
import { logTicks } from "./parts.ts";
import { lines, type Series } from "./series.ts";

interface RankLines {
  readonly name: string;
  readonly series: Series;
  /** Shares over zero, each with its rank from 1 on. */
  readonly rows: readonly ({ readonly rank: number; readonly share: number } & Readonly<
    Record<string, number | string>
  >)[];
  readonly title: string;
  /** What stands before rank and share. */
  readonly tooltip: readonly object[];
  readonly height?: number;
}

export function rankLines({
  name,
  series,
  rows,
  title,
  tooltip,
  height,
}: RankLines): Pick<DrawnChart, "spec" | "data" | "legend"> {
  return lines({
    ...{ name, series, rows, height },
    x: {
      field: "rank",
      type: "quantitative",
      scale: { zero: false, nice: false, padding: 4 },
      axis: { title: "rank", tickMinStep: 1, tickCount: 6, format: "d" },
    },
    y: {
      field: "share",
      scale: { type: "log", nice: false, padding: 6 },
      axis: { title, format: "~%", values: logTicks(rows.map(({ share }) => share)) },
    },
    tooltip: [
      ...tooltip,
      { field: "rank", title: "rank" },
      { field: "share", type: "quantitative", title: "share", format: ".3%" },
    ],
  });
}
