/** What several charts share: the axis of time, tooltips with dates and blocks, round numbers. */
import type { TimeWindow } from "../windows.ts";

export type Stretch = Pick<TimeWindow, "fromTime" | "toTime">;

const DAY_MS = 86_400_000;

/** A time axis in UTC whose labels suit the length of the run. */
export function timeAxis(windows: readonly Stretch[], field = "time") {
  const spanMs = windows.length > 0 ? windows[windows.length - 1].toTime - windows[0].fromTime : 0;
  let format = "%-d %b";
  if (spanMs > 400 * DAY_MS) format = "%b %Y";
  if (spanMs < 3 * DAY_MS) format = "%-d %b %H:%M";
  return {
    field,
    type: "temporal",
    scale: { type: "utc" },
    axis: { format, title: null, tickCount: { expr: "width < 420 ? 4 : 7" } },
  } as const;
}

/** Derived texts for tooltips: `when` and `atBlock`. */
export const whenTransform = [
  { calculate: "utcFormat(datum.time, '%-d %b %Y, %H:%M') + ' UTC'", as: "when" },
  { calculate: "format(datum.block, ',')", as: "atBlock" },
] as const;

export const whenTooltips = [
  { field: "when", title: "until" },
  { field: "atBlock", title: "block" },
] as const;

/** For charts whose rows are days: their `block` is the day's number. */
export const dayTooltips = [{ field: "when", title: "until" }] as const;

const FEWEST_TICKS = 4;
/** Steps within a power of ten, coarsest first. */
const logSteps = [[1], [1, 2, 5], [1, 2, 3, 5, 7], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]];

/** Round numbers for a logarithmic axis; nothing (the default ticks) where the span is narrow. */
export function logTicks(values: readonly number[]): number[] | undefined {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const powers = Array.from({ length: 31 }, (_, i) => i - 15);
  const choices = logSteps.map((steps) =>
    powers
      .flatMap((power) => steps.map((step) => Number(`${step}e${power}`)))
      .filter((tick) => tick >= low * 0.999 && tick <= high * 1.001),
  );
  const enough = (least: number) => choices.find((ticks) => ticks.length >= least);
  return enough(FEWEST_TICKS) ?? enough(2);
}

/** Percentages with their sign, zero without. */
export const signedPercentAxis = (title: string) =>
  ({
    title,
    labelExpr: "datum.value === 0 ? '0%' : format(datum.value, '+.3~%')",
  }) as const;
