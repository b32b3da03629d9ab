/** The page of the guarantee map: one retention line a stake share, and the published thresholds. */
import type { GuaranteeMap } from "../../lab/guarantees/run.ts";
import type { Manifest } from "../../lab/manifest.ts";
import type { Chart } from "../chart.ts";
import { frameOf, legendOf } from "../charts/series.ts";
import { html } from "../html.ts";
import { writePage } from "../page-shell.ts";
import { dataTable, figure, type Section } from "../parts.ts";

/** Viridis from dark to light, light enough and dark enough to be seen on both backgrounds. */
const HUES = [
  ...["#5b2a86", "#4b4a9c", "#3f6aa0", "#35829f", "#2a9a97"],
  ...["#2fae86", "#55bd6c", "#83c84f", "#a9c93a", "#c9c22f", "#d9b426"],
];

export function retentionChart(map: GuaranteeMap): Chart {
  const { sigma } = map.options;
  const series = {
    field: "S_H",
    domain: map.lines.map(({ majorStake }) => majorStake.toFixed(2)),
    range: HUES,
  };
  const rows = map.lines.flatMap(({ majorStake, line }) =>
    line
      .filter(({ majorWeight }) => majorWeight !== null)
      .map(({ minorWeight, majorWeight }) => ({
        S_H: majorStake.toFixed(2),
        minor: minorWeight,
        major: majorWeight!,
      })),
  );
  const axis = (title: string) => ({
    title,
    values: ticks,
    format: ".2~f",
    grid: true,
    gridDash: [1, 3],
    labelOverlap: false,
  });
  return {
    id: "retention",
    title: "Major emission: lines on which emission equals stake",
    subtitle: `By share of stake S_H, at sigma ${sigma}, beta 1, kappa 0.5, xi 0.5. To the right of its line the honest stake grows.`,
    legend: legendOf(series),
    data: { retention: frameOf(rows) },
    spec: {
      height: 560,
      data: { name: "retention" },
      params: [{ name: "picked", value: null }],
      mark: { type: "line", clip: true },
      encoding: {
        x: {
          field: "major",
          type: "quantitative",
          scale: { domain: [0, 1], nice: false },
          axis: axis("major self-weight W_H"),
        },
        y: {
          field: "minor",
          type: "quantitative",
          scale: { domain: [0, 1], nice: false },
          axis: axis("minor self-weight W_C"),
        },
        order: { field: "minor", type: "quantitative" },
        strokeWidth: { condition: { test: "datum['S_H'] === '0.60'", value: 4 }, value: 1.5 },
        color: {
          field: "S_H",
          type: "nominal",
          scale: { domain: series.domain, range: series.range },
          legend: { title: "S_H", columns: 6 },
        },
        opacity: {
          condition: { test: "!picked || indexof(picked, datum['S_H']) >= 0", value: 1 },
          value: 0.12,
        },
        tooltip: [
          { field: "S_H" },
          { field: "major", title: "W_H", format: ".3f" },
          { field: "minor", title: "W_C", format: ".2f" },
        ],
      },
    } as never,
  };
}

const ticks = Array.from({ length: 11 }, (_, k) => k / 10);
const percent = (share: number | null) =>
  share === null ? "none" : `${(share * 100).toFixed(1)} %`;

export function writeRetentionPage(folder: string, manifest: Manifest, map: GuaranteeMap): void {
  const chart = retentionChart(map);
  const thresholds = dataTable({
    title: "Published thresholds",
    about: "The self weight that 60 % of stake needs at worst, unless another share is told.",
    columns: [
      { title: "varied" },
      ...["published", "ours", "difference"].map((title) => ({ title, isNumber: true })),
      { title: "source" },
    ],
    rows: map.thresholds.map((one) => [
      one.name,
      percent(one.published),
      percent(one.ours),
      one.difference === null ? "" : `${(one.difference * 100).toFixed(1)} points`,
      one.source,
    ]),
  });
  const section = (id: string, title: string, body: Section["body"], charts: Chart[]): Section => ({
    ...{ id, title, body, charts },
  });
  writePage(folder, {
    title: manifest.scenario.title,
    version: manifest.program.version,
    header: html`<h1>${manifest.scenario.title}</h1>
<p>Two teams weigh themselves and each other: 64 validators and 448 servers, one epoch from empty bonds for each of ${map.gridCells.toLocaleString("en")} cells. Seed ${manifest.seed}.</p>`,
    sections: [
      section("lines", "Retention lines", figure(chart), [chart]),
      section("thresholds", "Thresholds", thresholds, []),
      section(
        "notes",
        "How it was made",
        html`<ul>${manifest.assumptions.map((text) => html`<li>${text}</li>`)}</ul>`,
        [],
      ),
    ],
  });
}
