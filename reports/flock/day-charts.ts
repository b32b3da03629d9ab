/** The two forms of FLock's charts over days: lines with a value a day, and weekly bars. */
import { dayTooltips } from "../charts/parts.ts";
import { lines, stackedBars } from "../charts/series.ts";
import type { RunData } from "../run-data.ts";
import { hues } from "../theme.ts";
import { perDayOfWeek, recordedDays, recordedWeeks } from "./data.ts";

/** Names with a value for each recorded day. */
export type DaySeries = readonly (readonly [name: string, values: ArrayLike<number>])[];

const seriesOf = (series: DaySeries) => ({
  field: "series",
  domain: series.map(([label]) => label),
  range: hues.slice(0, series.length),
});

export interface DayLines {
  readonly name: string;
  readonly series: DaySeries;
  readonly axis: object;
  readonly scale?: object;
  /** Of the value in a tooltip. */
  readonly format: string;
  readonly unit: string;
}

export function dayLines(run: RunData, { name, series, axis, scale, format, unit }: DayLines) {
  const days = recordedDays(run);
  const rows = series.flatMap(([label, values]) =>
    days.map(({ toTime, toBlock }, i) => ({
      time: toTime,
      block: toBlock,
      series: label,
      value: values[i],
    })),
  );
  return lines({
    name,
    series: seriesOf(series),
    rows,
    x: days,
    y: { field: "value", axis, scale },
    when: dayTooltips,
    tooltip: [{ field: "value", type: "quantitative", title: unit, format }],
  });
}

/** FLOCK a day, averaged over each week. */
export function weekBars(run: RunData, name: string, series: DaySeries) {
  const weeks = recordedWeeks(recordedDays(run));
  const rows = series.flatMap(([label, values]) =>
    perDayOfWeek(values, weeks).map((value, week) => ({ window: weeks[week], name: label, value })),
  );
  return stackedBars({
    name,
    series: seriesOf(series),
    rows,
    windows: weeks,
    y: { axis: { title: "FLOCK a day", format: "~s" } },
    when: dayTooltips,
    tooltip: [{ field: "value", type: "quantitative", title: "FLOCK a day", format: ",.0f" }],
  });
}
