/** A chart as a picture that stands alone: SVG with its own title and legend, in light colours. */
import { parse, View } from "vega";
import { compileChart, type DrawnChart, withData } from "./chart.ts";
import { withLightColors } from "./theme.ts";

export async function svgOf(chart: DrawnChart, width: number): Promise<string> {
  const spec = withData(compileChart(chart, { width, standsAlone: true }), chart.data);
  const view = new View(parse(spec), { renderer: "none" });
  return withLightColors(await view.toSVG());
}
