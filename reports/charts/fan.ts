/** A fan: the median of many runs over time, and bands around it. */
import type { Chart } from "../chart.ts";
import { color } from "../theme.ts";
import { timeAxis } from "./parts.ts";
import { frameOf } from "./series.ts";

export interface FanRow {
  readonly time: number;
  /** At 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[];
}

interface FanWords {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
}

/** Logarithmic for what is multiplied rather than added to, such as a price; above 0 then. */
export type FanScale = "linear" | "log";

export function fan(words: FanWords, rows: readonly FanRow[], type: FanScale = "linear"): Chart {
  if (rows.length === 0) return { ...words, nothing: "No run recorded this series." };
  const data = rows.map(({ time, quantiles: [q05, q25, q50, q75, q95] }) => ({
    ...{ time, q05, q25, q50, q75, q95 },
  }));
  const isLog = type === "log";
  const scale = isLog ? { type } : { zero: false };
  const axis = { title: null, ...(isLog ? { format: "~g", tickCount: 6 } : {}) };
  const band = (low: string, high: string, opacity: number) => ({
    mark: { type: "area", color: color("c1"), opacity },
    encoding: {
      y: { field: low, type: "quantitative", scale, axis },
      y2: { field: high },
    },
  });
  const number = (field: string, title: string) => ({
    ...{ field, title, type: "quantitative", format: ",.6~g" },
  });
  return {
    ...words,
    data: { [words.id]: frameOf(data) },
    spec: {
      height: 300,
      data: { name: words.id },
      transform: [{ calculate: "utcFormat(datum.time, '%-d %b %Y')", as: "when" }],
      encoding: {
        x: timeAxis([{ fromTime: data[0].time, toTime: data[data.length - 1].time }]),
      },
      layer: [
        band("q05", "q95", 0.18),
        band("q25", "q75", 0.3),
        {
          mark: { type: "line", color: color("c1") },
          encoding: { y: { field: "q50", type: "quantitative" } },
        },
        {
          mark: { type: "point", filled: true, size: 70, color: color("c1") },
          params: [
            {
              name: "hover",
              select: { type: "point", on: "pointerover", nearest: true, clear: "pointerout" },
            },
          ],
          encoding: {
            y: { field: "q50", type: "quantitative" },
            opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
            tooltip: [
              { field: "when", title: "at" },
              number("q95", "95 %"),
              number("q75", "75 %"),
              number("q50", "median"),
              number("q25", "25 %"),
              number("q05", "5 %"),
            ],
          },
        },
      ],
    } as never,
  };
}
