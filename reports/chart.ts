/**
 * A chart: words for the page, a Vega-Lite specification whose data are named, and the rows of
 * those data by column. Chart files (charts/) are pure functions from a run to a chart.
 */

import type { Spec } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type Frame, rowsOf } from "./frame.ts";
import { chartConfig } from "./theme.ts";

interface ChartWords {
  /** Unique on the page; letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What is drawn, in which unit; and what was left out or averaged. */
  readonly subtitle: string;
  /** Names to pick from on the page; a picture that stands alone has the legend inside. */
  readonly legend?: readonly { readonly name: string; readonly color: string }[];
}

export interface DrawnChart extends ChartWords {
  /** A single or layered view; size, configuration and description are added by `compileChart`. */
  readonly spec: TopLevelSpec;
  readonly data: Readonly<Record<string, Frame>>;
}

/** A chart of a run that has nothing for it: the reason is shown in its place. */
export interface EmptyChart extends ChartWords {
  readonly nothing: string;
}

export type Chart = DrawnChart | EmptyChart;

export const isDrawn = (chart: Chart): chart is DrawnChart => "spec" in chart;

export interface CompileOptions {
  /** Pixels, or as wide as the element that holds the chart. */
  readonly width?: number | "container";
  /** A picture outside a page bears its title and legend itself. */
  readonly standsAlone?: boolean;
  readonly onWarning?: (message: string) => void;
}

/** The Vega specification of a chart, its data still to be filled in by name. */
export function compileChart(chart: DrawnChart, options: CompileOptions = {}): Spec {
  const { width = "container", standsAlone = false, onWarning = () => {} } = options;
  const note = (...messages: readonly unknown[]) => {
    onWarning(messages.join(" "));
    return logger;
  };
  const silent = () => logger;
  const logger = { level: silent, error: note, warn: note, info: silent, debug: silent };
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    autosize: { type: "fit-x", contains: "padding" },
    height: 260,
    ...(standsAlone ? chart.spec : withoutSeriesLegend(chart.spec)),
    width,
    description: `${chart.title}. ${chart.subtitle}`,
    ...(standsAlone ? { title: { text: chart.title, subtitle: chart.subtitle } } : {}),
  } as TopLevelSpec;
  return compile(spec, { config: chartConfig, logger: logger as never }).spec as Spec;
}

type Encoding = Readonly<Record<string, object>>;

/** Names are picked in the page's own legend. */
function withoutSeriesLegend(spec: object): object {
  const { encoding, layer, ...rest } = spec as { encoding?: Encoding; layer?: object[] };
  return {
    ...rest,
    ...(encoding ? { encoding: withoutLegends(encoding) } : {}),
    ...(layer ? { layer: layer.map(withoutSeriesLegend) } : {}),
  };
}

const withoutLegends = (encoding: Encoding): Encoding =>
  Object.fromEntries(
    Object.entries(encoding).map(([channel, definition]) =>
      (channel === "color" || channel === "shape") && "field" in definition
        ? [channel, { ...definition, legend: null }]
        : [channel, definition],
    ),
  );

/** Fills the named data of a compiled chart, for drawing outside a page. */
export function withData(spec: Spec, data: DrawnChart["data"]): Spec {
  const filled = (spec.data ?? []).map((source) =>
    source.name in data ? { ...source, values: rowsOf(data[source.name]) } : source,
  );
  return { ...spec, data: filled } as Spec;
}
