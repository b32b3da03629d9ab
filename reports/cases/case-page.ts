/** The page of a case: dividends, dividends for stake, incentive and bonds under each version. */
import { type CaseRun, totals } from "../../lab/cases/run.ts";
import type { Manifest } from "../../lab/manifest.ts";
import type { CaseFile } from "../../scenarios/cases/schema.ts";
import type { Chart } from "../chart.ts";
import { html } from "../html.ts";
import { writePage } from "../page-shell.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import { bondsChart, measureCharts, measuresOf } from "./case-charts.ts";

export function caseSections(run: CaseRun, emission: number): Section[] {
  const charted = measuresOf(run, emission).map((measure) =>
    chartSection(measure.id, measure.title, measureCharts(run, measure)),
  );
  const bonds = run.versions.map((version) => bondsChart(run, version));
  return [...charted, chartSection("bonds", "Bonds", bonds), totalsSection(run, emission)];
}

const chartSection = (id: string, title: string, charts: readonly Chart[]): Section => ({
  ...{ id: `section-${id}`, title, charts },
  body: html`<div class="figures">${charts.map(figure)}</div>`,
});

function totalsSection(run: CaseRun, emission: number): Section {
  const columns = run.versions.map(({ results }) => totals(run, results, emission));
  const table = dataTable({
    title: "Mean dividends an epoch",
    about: "In alpha per 1,000 TAO of stake, over all epochs.",
    columns: [
      { title: "validator" },
      { title: "stake at first, TAO", isNumber: true },
      ...run.versions.map(({ name }) => ({ title: name, isNumber: true })),
    ],
    rows: run.validators.map((validator, v) => [
      validator,
      run.stakeTao[0][v].toFixed(1),
      ...columns.map((column) => column[v].perThousandTao.toFixed(3)),
    ]),
  });
  return { id: "totals", title: "Totals", body: table, charts: [] };
}

export function writeCasePage(
  folder: string,
  manifest: Manifest,
  run: CaseRun,
  file: CaseFile,
): void {
  const { title } = manifest.scenario;
  writePage(folder, {
    title,
    version: manifest.program.version,
    header: html`<h1>${title}</h1>
<p>${file.description}</p>
<p>${run.validators.length} validators, ${run.servers.length} servers, ${run.epochs} epochs of ${file.emission_per_epoch} alpha.</p>
<ul>${run.versions.map(({ name, title: about }) => html`<li>${name}: ${about}</li>`)}</ul>
<p>${manifest.arithmetic}. ${manifest.assumptions.join(" ")}</p>`,
    sections: caseSections(run, file.emission_per_epoch),
  });
}
