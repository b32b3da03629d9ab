/** The page of very many paths: fans of issuance and price, when supply halves, and chances. */
import type { Manifest } from "../../lab/manifest.ts";
import { timeOfDay } from "../../lab/paths/chances.ts";
import type { Series } from "../../lab/paths/model.ts";
import type { WrittenPaths } from "../../lab/paths/write.ts";
import { screenedLine } from "../../lab/screening.ts";
import type { Chart } from "../chart.ts";
import { type FanScale, fan } from "../charts/fan.ts";
import { timeAxis } from "../charts/parts.ts";
import { frameOf } from "../charts/series.ts";
import { date, integer, significant } from "../format.ts";
import { html } from "../html.ts";
import { writePage } from "../page-shell.ts";
import { dataTable, figure, type PageTable, type Section } from "../parts.ts";
import { color } from "../theme.ts";

interface FanKind {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly scale: FanScale;
  readonly aboutAxis: string;
}

const fans: Readonly<Partial<Record<Series, FanKind>>> = {
  issuance_tao: {
    ...{ id: "issuance", title: "TAO issued", unit: "TAO", scale: "linear" },
    aboutAxis: "The axis does not start at zero.",
  },
  price_tao_per_alpha: {
    ...{ id: "price", title: "Price of alpha", unit: "TAO per alpha", scale: "log" },
    aboutAxis: "The axis is logarithmic.",
  },
};

/** Bars of a histogram of halving days, at most. */
const BARS = 48;

const startOf = ({ loaded }: WrittenPaths): number => Date.parse(loaded.scenario.supply.start.time);

export function pathFans(written: WrittenPaths): Chart[] {
  const startMs = startOf(written);
  return Object.entries(fans).flatMap(([series, { id, title, unit, scale, aboutAxis }]) => {
    const moments = written.result.moments.filter(({ moment }) => moment.series === series);
    if (moments.length === 0) return [];
    const subtitle = `In ${unit}. Line: median of the paths; bands: the middle half, and 5 to 95 %. ${aboutAxis}`;
    const rows = moments.map(({ moment, quantiles }) => ({
      time: timeOfDay(startMs, moment.day),
      quantiles: quantiles.map(({ value }) => value),
    }));
    return [fan({ id, title, subtitle }, rows, scale)];
  });
}

/** Paths by the day of their next halving, in bars of whole days. */
export function halvingChart(written: WrittenPaths): Chart {
  const { halvings, paths } = written.result;
  const days = [...halvings.keys()].filter((day) => day > 0 && halvings[day] > 0);
  const words = {
    id: "halving",
    title: "The next halving",
    subtitle: `How many of ${integer(paths)} paths reach it when.`,
  };
  if (days.length === 0) return { ...words, nothing: "No path reaches it within the horizon." };
  const rows = halvingBars(halvings, days[0], days[days.length - 1], startOf(written));
  const when = (field: string, title: string) => ({
    ...{ field, title, type: "temporal", format: "%-d %b %Y" },
  });
  return {
    ...words,
    data: { [words.id]: frameOf(rows) },
    spec: {
      height: 220,
      data: { name: words.id },
      mark: { type: "rect", color: color("c1"), stroke: color("card"), strokeWidth: 0.5 },
      encoding: {
        x: {
          ...timeAxis([{ fromTime: rows[0].from, toTime: rows[rows.length - 1].to }]),
          field: "from",
        },
        x2: { field: "to" },
        y: { field: "paths", type: "quantitative", axis: { title: "paths" } },
        y2: { datum: 0 },
        tooltip: [when("from", "from"), when("to", "to"), { field: "paths", type: "quantitative" }],
      },
    } as never,
  };
}

/** A day's bar begins and ends with the day. */
function halvingBars(halvings: Uint32Array, first: number, last: number, startMs: number) {
  const width = Math.ceil((last - first + 1) / BARS);
  return Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, k) => {
    const from = first + k * width;
    const to = Math.min(from + width, last + 1);
    const paths = halvings.subarray(from, to).reduce((sum, one) => sum + one, 0);
    return { from: timeOfDay(startMs, from - 1), to: timeOfDay(startMs, to - 1), paths };
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const shown = (value: number): string =>
  Math.abs(value) >= 1_000 ? integer(value) : significant(value);
const columnsOf = (...titles: readonly string[]): PageTable["columns"] => [
  { title: "" },
  ...titles.map((title) => ({ title, isNumber: true })),
];

export function writePathsPage(folder: string, manifest: Manifest, written: WrittenPaths): void {
  const { result, chances, model } = written;
  const bands = pathFans(written);
  const halving = halvingChart(written);
  const ends = dataTable({
    title: "At the end",
    about: "Quantiles of all paths, exact; last, what chance may have moved the median by.",
    columns: columnsOf("5 %", "25 %", "median", "75 %", "95 %", "median, 95 % interval"),
    rows: result.moments
      .filter(({ moment }) => moment.day === model.days)
      .map(({ moment, quantiles }) => [
        moment.series.replaceAll("_", " "),
        ...quantiles.map(({ value }) => shown(value)),
        `${shown(quantiles[2].low)} to ${shown(quantiles[2].high)}`,
      ]),
  });
  const asked = dataTable({
    title: "How likely",
    about: "Paths are counted exactly; the interval is that of so many draws.",
    columns: columnsOf("chance", "95 % interval", "paths"),
    rows: chances.map(({ question, chance, low, high, paths }) => [
      ...[question, percent(chance), `${percent(low)} to ${percent(high)}`, integer(paths)],
    ]),
  });
  const sections: Section[] = [
    {
      ...{ id: "bands", title: "Bands over time", charts: bands },
      body: html`<div class="figures">${bands.map((chart) => figure(chart))}<div class="card wide">${ends}</div></div>`,
    },
    {
      ...{ id: "chances", title: "Halving and chances", charts: [halving] },
      body: html`<div class="figures">${figure(halving)}<div class="card wide">${asked}</div></div>`,
    },
    {
      ...{ id: "reading", title: "How to read this", charts: [] },
      body: html`<ul>${manifest.assumptions.map((line) => html`<li>${line}</li>`)}<li>${screenedLine(result.screened)}.</li></ul>`,
    },
  ];
  const { scenario, program, seed, span } = manifest;
  writePage(folder, {
    title: scenario.title,
    version: program.version,
    header: html`<p class="eyebrow">hivelab ${program.version} · paths of ${scenario.name} · seed ${seed}</p>
<h1>${scenario.title}</h1>
<p class="deck"><b>${integer(result.paths)} futures</b> from <b>${date(span.from_time)}</b> to <b>${date(span.to_time)}</b> that differ in chance alone.</p>`,
    sections,
  });
}
