/** What several charts share: the axis of time, tooltips with dates and blocks, legends to click. */
import type { TopLevelSpec } from "vega-lite";
import type { TimeWindow } from "../windows.ts";

type Stretch = Pick<TimeWindow, "fromTime" | "toTime">;

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
    axis: { format, title: null, tickCount: { expr: "width < 480 ? 4 : 8" } },
  } as const;
}

/** The two ends of a bar that covers a window: `from` to `time`. */
export const bandX = (windows: readonly Stretch[]) =>
  ({ x: timeAxis(windows, "from"), x2: { field: "time" } }) as const;

/** Derived texts for tooltips: `when` and `atBlock`. */
export const whenTransform = [
  { calculate: "utcFormat(datum.time, '%-d %b %Y, %H:%M') + ' UTC'", as: "when" },
  { calculate: "format(datum.block, ',')", as: "atBlock" },
] as const;

export const whenTooltips = [
  { field: "when", title: "until" },
  { field: "atBlock", title: "block" },
] as const;

/** Click an entry of the legend (shift for several) to bring it out; click beside it to undo. */
export const legendPick = (field: string): LegendPick => ({
  name: "picked",
  select: { type: "point", fields: [field] },
  bind: "legend",
});

interface LegendPick {
  readonly name: "picked";
  readonly select: { readonly type: "point"; readonly fields: string[] };
  readonly bind: "legend";
}

export const dimUnpicked = (opacity: number, dimmed = 0.12) =>
  ({ condition: { param: "picked", value: opacity }, value: dimmed }) as const;

/** As many columns as fit: wide screens take four entries a row, phones two. */
export const wrappedLegend = (columns = 4) =>
  ({
    title: null,
    columns: { expr: `width < 480 ? 2 : ${columns}` },
    symbolType: "circle",
    labelLimit: { expr: "width < 480 ? 130 : 170" },
  }) as const;

/** One layer of a layered view. */
export type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

interface HoverPoints {
  readonly y: object;
  /** Absent where all points have the colour `fill`. */
  readonly color?: object;
  readonly fill?: string;
  readonly tooltip: readonly object[];
}

/** A layer of points over lines of which the one nearest to the pointer shows itself. */
export const hoverPoints = ({ y, color, fill, tooltip }: HoverPoints) =>
  ({
    mark: { type: "point", filled: true, size: 70, ...(fill ? { color: fill } : {}) },
    params: [
      {
        name: "hover",
        select: { type: "point", on: "pointerover", nearest: true, clear: "pointerout" },
      },
    ],
    encoding: {
      y,
      ...(color ? { color } : {}),
      opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
      tooltip,
    },
  }) as Layer;
