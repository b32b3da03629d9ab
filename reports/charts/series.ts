/**
 * Series of names and colours, and the two forms in which most charts draw them: lines, and bars
 * stacked over windows of time. On a page the legend is HTML that picks names; see `picked`.
 */
import type { Chart, DrawnChart } from "../chart.ts";
import type { Frame } from "../frame.ts";
import { color } from "../theme.ts";
import { type Stretch, timeAxis, whenTooltips, whenTransform } from "./parts.ts";

export interface Series {
  /** The column that holds the names. */
  readonly field: string;
  readonly domain: readonly string[];
  /** As many colours as names. */
  readonly range: readonly string[];
}

type Drawing = Pick<DrawnChart, "spec" | "data" | "legend">;
type Cell = number | string | null;

/** The names that the reader has picked in the page's legend; null when all count. */
export const pickParam = { name: "picked", value: null } as const;

/** Full strength for what is picked, or for everything when nothing is. */
export const dimUnpicked = ({ field }: Series) =>
  ({
    condition: { test: `!picked || indexof(picked, datum['${field}']) >= 0`, value: 1 },
    value: 0.12,
  }) as const;

/** The encoding; its legend is for pictures that stand alone, a page has its own. */
export const seriesColor = ({ field, domain, range }: Series) =>
  ({
    field,
    type: "nominal",
    scale: { domain: [...domain], range: [...range] },
    legend: { title: null, columns: 4, symbolType: "circle" },
  }) as const;

export const legendOf = ({ domain, range }: Series): Chart["legend"] =>
  domain.length > 1 ? domain.map((name, i) => ({ name, color: range[i] })) : undefined;

/** Rows as columns: one for each key of the first row. */
export function frameOf(rows: readonly Readonly<Record<string, Cell>>[]): Frame {
  return Object.fromEntries(Object.keys(rows[0]).map((key) => [key, rows.map((row) => row[key])]));
}

interface Lines {
  /** Name of the data on the page. */
  readonly name: string;
  readonly series: Series;
  /** With `time` and `block` for lines over time, with the field of `x` otherwise. */
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** An axis of time that suits this stretch, or an encoding of its own. */
  readonly x: readonly Stretch[] | object;
  readonly y: { readonly field: string; readonly scale?: object; readonly axis: object };
  /** Formats and titles beyond the series and the time. */
  readonly tooltip: readonly object[];
  /** How a tooltip names the time; date and block where nothing else is said. */
  readonly when?: readonly object[];
  readonly height?: number;
}

/** Lines of which the point nearest to the pointer shows itself. */
export function lines({
  name,
  series,
  rows,
  x,
  y,
  tooltip,
  when = whenTooltips,
  height = 260,
}: Lines): Drawing {
  const overTime = Array.isArray(x);
  const position = { field: y.field, type: "quantitative", scale: y.scale ?? {} } as const;
  const hue = seriesColor(series);
  const named = series.domain.length > 1 ? [{ field: series.field, title: series.field }] : [];
  return {
    data: { [name]: frameOf(rows) },
    legend: legendOf(series),
    spec: {
      height,
      data: { name },
      transform: overTime ? [...whenTransform] : [],
      params: [pickParam],
      encoding: { x: overTime ? timeAxis(x) : x },
      layer: [
        {
          // Of one or two moments a line alone would show next to nothing.
          mark: { type: "line", point: overTime && rows.length < 3 * series.domain.length },
          encoding: {
            y: { ...position, axis: y.axis },
            color: hue,
            opacity: dimUnpicked(series),
          },
        },
        {
          mark: { type: "point", filled: true, size: 70 },
          params: [
            {
              name: "hover",
              select: { type: "point", on: "pointerover", nearest: true, clear: "pointerout" },
            },
          ],
          encoding: {
            y: position,
            color: hue,
            opacity: { condition: { param: "hover", empty: false, value: 1 }, value: 0 },
            tooltip: [...named, ...(overTime ? when : []), ...tooltip],
          },
        },
      ],
    } as DrawnChart["spec"],
  };
}

interface Bars {
  readonly name: string;
  readonly series: Series;
  /** In the order in which they are stacked; negative values are stacked downwards. */
  readonly rows: readonly {
    readonly window: {
      readonly fromTime: number;
      readonly toTime: number;
      readonly toBlock: number;
    };
    readonly name: string;
    readonly value: number;
    /** Further numbers for the tooltip. */
    readonly more?: Readonly<Record<string, number>>;
  }[];
  readonly windows: readonly Stretch[];
  readonly y: { readonly scale?: object; readonly axis: object };
  readonly tooltip: readonly object[];
  readonly when?: readonly object[];
  readonly height?: number;
}

/** Bars over windows of time, one on another. */
export function stackedBars(bars: Bars): Drawing {
  const { series, rows, windows, y, tooltip, when = whenTooltips, height = 260 } = bars;
  const ends = stackEnds(rows);
  return {
    data: {
      [bars.name]: frameOf(
        rows.map(({ window, name, value, more }, i) => ({
          ...{ from: window.fromTime, time: window.toTime, block: window.toBlock },
          ...{ [series.field]: name, value, low: ends[i].low, high: ends[i].high },
          ...more,
        })),
      ),
    },
    legend: legendOf(series),
    spec: {
      height,
      data: { name: bars.name },
      transform: [...whenTransform],
      params: [pickParam],
      // Hairlines in the colour of the card part the bars.
      mark: { type: "rect", stroke: color("card"), strokeWidth: 0.5 },
      encoding: {
        x: timeAxis(windows, "from"),
        x2: { field: "time" },
        y: { field: "low", type: "quantitative", scale: { domain: stackDomain(ends) }, ...y },
        y2: { field: "high" },
        color: seriesColor(series),
        opacity: dimUnpicked(series),
        tooltip: [{ field: series.field, title: series.field }, ...when, ...tooltip],
      },
    } as DrawnChart["spec"],
  };
}

/** From the lowest end (or zero) to a little above the highest. */
function stackDomain(ends: readonly { low: number; high: number }[]): [number, number] {
  const all = ends.map(({ high }) => high);
  return [Math.min(0, ...all), Math.max(0, ...all) * 1.05];
}

/** Where each bar begins and ends: upwards and downwards of zero apart. */
function stackEnds(rows: Bars["rows"]): { low: number; high: number }[] {
  const [up, down] = [new Map<number, number>(), new Map<number, number>()];
  return rows.map(({ window, value }) => {
    const side = value < 0 ? down : up;
    const low = side.get(window.toBlock) ?? 0;
    side.set(window.toBlock, low + value);
    return { low, high: low + value };
  });
}
