/**
 * Colours and the Vega-Lite configuration that all charts share. Charts name colours as CSS
 * variables, so a page follows the reader's light or dark setting without drawing anew; a picture
 * that stands alone has the light values put in.
 */
import type { Config } from "vega-lite";

/**
 * Light and dark value of each variable. The eight hues and the grey stay apart for colour-blind
 * readers too; a test holds them to it.
 */
export const palette: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  page: ["#f6f7f9", "#0f1318"],
  card: ["#ffffff", "#171d24"],
  line: ["#dfe3e8", "#2a323c"],
  ink: ["#17202b", "#e8edf2"],
  "ink-soft": ["#52606f", "#a3b0bd"],
  accent: ["#0b63a5", "#6cb8f0"],
  c1: ["#1272b6", "#3f97e0"],
  c2: ["#c2410c", "#f0703c"],
  c3: ["#12a07c", "#2fbf93"],
  c4: ["#cb6bb0", "#f0a3d2"],
  c5: ["#dd9f14", "#f7cf5c"],
  c6: ["#62bdec", "#b5e3ff"],
  c7: ["#47248c", "#9a6cf0"],
  c8: ["#6b4423", "#b08d62"],
  other: ["#a9b2bc", "#5d6874"],
  bad: ["#a11212", "#ff5d57"],
};

export const color = (name: string): string => `var(--${name})`;

/** Eight colours for named things, in the order in which they are given out. */
export const hues: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => color(`c${i}`));

const roleHues: Readonly<Record<string, string>> = {
  owner: color("c5"),
  miner: color("c1"),
  validator: color("c2"),
  delegator: color("c3"),
  root: color("c7"),
  burned: color("other"),
};

/** Known roles first and always in the same colour; others take what is left. */
export function roleScale(present: Iterable<string>): { domain: string[]; range: string[] } {
  const roles = new Set(present);
  const known = Object.keys(roleHues).filter((role) => roles.has(role));
  const unknown = [...roles].filter((role) => !(role in roleHues)).sort();
  const spare = [color("c4"), color("c6"), color("c8")];
  return {
    domain: [...known, ...unknown],
    range: [
      ...known.map((role) => roleHues[role]),
      ...unknown.map((_, i) => spare[i % spare.length]),
    ],
  };
}

const variables = (side: 0 | 1) =>
  Object.entries(palette)
    .map(([name, values]) => `--${name}:${values[side]};`)
    .join("");

/** The variables as CSS: light, and dark where the reader's system asks for it (not on paper). */
export const themeCss = `:root{color-scheme:light dark;${variables(0)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(1)}}}`;

/** Puts light colours in the place of the variables, for a picture outside a page. */
export const withLightColors = (svg: string): string =>
  svg.replace(/var\(--([a-z0-9-]+)\)/g, (whole, name: string) => palette[name]?.[0] ?? whole);

export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

const ink = color("ink");
const soft = color("ink-soft");

export const chartConfig: Config = {
  background: "transparent",
  font: fontFamily,
  padding: { left: 2, right: 8, top: 4, bottom: 2 },
  view: { stroke: null },
  axis: {
    labelColor: soft,
    titleColor: soft,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: "normal",
    gridColor: color("line"),
    domainColor: color("line"),
    tickColor: color("line"),
    tickSize: 4,
    labelPadding: 4,
    titlePadding: 8,
  },
  axisX: { grid: false, labelOverlap: true, labelFlush: true },
  axisY: { domain: false, ticks: false, tickCount: 5, labelFlush: false },
  legend: {
    labelColor: ink,
    titleColor: soft,
    labelFontSize: 12,
    titleFontSize: 11,
    titleFontWeight: "normal",
    symbolSize: 90,
    rowPadding: 4,
    columnPadding: 16,
    orient: "top",
    offset: 10,
    labelLimit: 150,
  },
  title: { color: ink, subtitleColor: soft, anchor: "start", fontSize: 15, subtitleFontSize: 12 },
  line: { strokeWidth: 2, strokeJoin: "round", strokeCap: "round" },
  text: { color: ink },
};
