/** The page of an ensemble: a fan for each series, and how the outcomes are spread. */
import { bin, max, min } from "d3";
import type { Band, OutcomeSpread } from "../../lab/ensemble/bands.ts";
import type { Spread } from "../../lab/ensemble/quantiles.ts";
import type { Ensemble } from "../../lab/ensemble/run.ts";
import type { Manifest } from "../../lab/manifest.ts";
import type { Chart } from "../chart.ts";
import { fan } from "../charts/fan.ts";
import { frameOf } from "../charts/series.ts";
import { integer, significant } from "../format.ts";
import { html } from "../html.ts";
import { writePage } from "../page-shell.ts";
import { dataTable, figure, type PageTable, type Section } from "../parts.ts";
import { color } from "../theme.ts";

/** Rao are shown as TAO. */
const scaleOf = (unit: string): { factor: number; unit: string } =>
  /\brao\b/.test(unit)
    ? { factor: 1e-9, unit: unit.replace(/\brao\b/, "TAO") }
    : { factor: 1, unit };

export function fanChart({ series, rows }: Band, k: number): Chart {
  const { factor, unit } = scaleOf(series.unit);
  const words = {
    id: `band-${k + 1}`,
    title: series.name,
    subtitle: `${series.meaning}${unit === "" || unit === "1" ? "" : `, in ${unit}`}. Line: median of the runs; bands: the middle half, and 5 to 95 %.`,
  };
  return fan(
    words,
    rows.map(({ timeMs, spread }) => ({
      time: timeMs,
      quantiles: spread.quantiles.map(({ value }) => value * factor),
    })),
  );
}

export function histogram({ name, sample, spread }: OutcomeSpread, k: number): Chart {
  const { factor, unit } = scaleOf(/_rao$/.test(name) ? "rao" : "");
  const words = {
    id: `outcome-${k + 1}`,
    title: name.replace(/_rao$/, ""),
    subtitle: `How many of ${spread.count} runs${unit === "" ? "" : `, by ${unit}`}.`,
  };
  const values = sample.map((value) => value * factor);
  const bins = bin()
    .thresholds(24)(values)
    .filter((one) => one.x0 !== one.x1 || one.length > 0);
  if (min(values) === max(values)) {
    return { ...words, nothing: `${significant(values[0])} in every run.` };
  }
  const weight = spread.count / values.length;
  const rows = bins.map((one) => ({
    ...{ low: one.x0 ?? 0, high: one.x1 ?? 0, runs: Math.round(one.length * weight) },
  }));
  return {
    ...words,
    data: { [words.id]: frameOf(rows) },
    spec: {
      height: 200,
      data: { name: words.id },
      mark: { type: "rect", color: color("c1"), stroke: color("card"), strokeWidth: 0.5 },
      encoding: {
        x: { field: "low", type: "quantitative", axis: { title: null }, scale: { zero: false } },
        x2: { field: "high" },
        y: { field: "runs", type: "quantitative", axis: { title: "runs", tickMinStep: 1 } },
        tooltip: [
          { field: "low", type: "quantitative", title: "from", format: ",.6~g" },
          { field: "high", type: "quantitative", title: "to", format: ",.6~g" },
          { field: "runs", type: "quantitative" },
        ],
      },
    } as never,
  };
}

/** Whole above a thousand: quantiles of large numbers lie close together. */
const shown = (value: number): string =>
  Math.abs(value) >= 1_000 ? integer(value) : significant(value);

const columns: PageTable["columns"] = [
  { title: "" },
  ...["mean", "± error", "5 %", "25 %", "median", "75 %", "95 %"].map((title) => ({
    ...{ title, isNumber: true },
  })),
  { title: "median, 95 % interval", isNumber: true },
];

function spreadRow(name: string, spread: Spread, factor: number): string[] {
  const show = (value: number) => shown(value * factor);
  const median = spread.quantiles[2];
  return [
    name,
    show(spread.mean),
    Number.isNaN(spread.meanError) ? "" : show(spread.meanError),
    ...spread.quantiles.map(({ value }) => show(value)),
    `${show(median.low)} to ${show(median.high)}`,
  ];
}

export function writeEnsemblePage(folder: string, manifest: Manifest, ensemble: Ensemble): void {
  const { bands, outcomes, sweep } = ensemble;
  const fans = bands.map(fanChart);
  const bars = outcomes.map(histogram);
  const ends = dataTable({
    title: "At the last moment",
    about: "Rao are shown as TAO.",
    columns,
    rows: bands.flatMap(({ series, rows }) => {
      const last = rows[rows.length - 1];
      return last ? [spreadRow(series.name, last.spread, scaleOf(series.unit).factor)] : [];
    }),
  });
  const totals = dataTable({
    title: "Outcomes",
    about: "One number a run.",
    columns,
    rows: outcomes.map(({ name, spread }) =>
      spreadRow(name, spread, /_rao$/.test(name) ? 1e-9 : 1),
    ),
  });
  const { failed, done } = sweep.counts;
  const sections: Section[] = [
    {
      ...{ id: "bands", title: "Bands over time", charts: fans },
      body: html`<div class="figures">${fans.map((chart) => figure(chart))}<div class="card wide">${ends}</div></div>`,
    },
    {
      ...{ id: "outcomes", title: "Outcomes", charts: bars },
      body: html`<div class="figures">${bars.map((chart) => figure(chart))}<div class="card wide">${totals}</div></div>`,
    },
    {
      ...{ id: "reading", title: "How to read this", charts: [] },
      body: html`<ul>${manifest.assumptions.map((line) => html`<li>${line}</li>`)}</ul>`,
    },
  ];
  const { scenario, program, seed } = manifest;
  writePage(folder, {
    title: scenario.title,
    version: program.version,
    header: html`<p class="eyebrow">hivelab ${program.version} · ensemble of ${scenario.name} · seeds from ${seed}</p>
<h1>${scenario.title}</h1>
<p class="deck"><b>${done} runs</b> that differ in their seed alone${failed > 0 ? `; ${failed} failed and are left out` : ""}.</p>`,
    sections,
  });
}
