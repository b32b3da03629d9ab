/** Head and sections of the page about a run of supply alone. */
import { halvingsTable, supplyForecastTable } from "../../sim/bittensor/supply/tables.ts";
import type { Chart } from "../chart.ts";
import { lines } from "../charts/series.ts";
import { date, integer, percent } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { provenanceSection, rulesSection } from "../sections/notes.ts";
import { color } from "../theme.ts";

/** Whether a run simulated supply alone. */
export const isSupplyRun = ({ manifest }: RunData): boolean =>
  Object.hasOwn(Object(manifest.scenario.completed), "supply");

export function supplyHeadline(run: RunData): Html {
  const { scenario, span, seed, program } = run.manifest;
  return html`<p class="eyebrow">hivelab ${program.version} · scenario ${scenario.name} · seed ${seed}</p>
<h1>${scenario.title}</h1>
<p class="deck">One possible supply of TAO from <b>${date(span.from_time)}</b> (block ${integer(span.from_block)}) to <b>${date(span.to_time)}</b>. How much is recycled is chance: <code>hivelab ensemble</code> runs many and gives bands.</p>`;
}

export const supplyPageSections = (run: RunData): Section[] => [
  forecastSection(run),
  rulesSection(run),
  provenanceSection(run),
];

function forecastSection(run: RunData): Section {
  const charts = [
    lineChart(run, {
      ...{ id: "issuance", title: "TAO issued", column: "issuance_rao", format: ",.0f" },
      subtitle: "Total issuance in TAO. The axis does not start at zero.",
      scale: 1e-9,
    }),
    lineChart(run, {
      ...{ id: "recycled-share", title: "Recycled", column: "recycled_share", format: ".2%" },
      subtitle: "Part of the interval's new TAO that was recycled.",
      scale: 1,
    }),
    lineChart(run, {
      ...{ id: "inflation", title: "Inflation", column: "inflation", format: ".2%" },
      subtitle: "Net growth of a year at the pace of the moment, over issuance.",
      scale: 1,
    }),
  ];
  return {
    id: "supply",
    title: "Supply",
    charts,
    body: html`<div class="figures">${charts.map((chart) => figure(chart))}<div class="card">${halvings(run)}</div></div>`,
  };
}

interface Line {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly column: string;
  readonly scale: number;
  readonly format: string;
}

function lineChart(run: RunData, { id, title, subtitle, column, scale, format }: Line): Chart {
  const table = run.table(supplyForecastTable);
  const times = table.column("time").numbers();
  const values = table.column(column).numbers();
  if (times.length === 0) return { id, title, subtitle, nothing: "The run recorded no supply." };
  const blocks = table.column("block").numbers();
  const rows = [...times].map((time, i) => ({
    ...{ time, block: blocks[i], series: title, value: values[i] * scale },
  }));
  return {
    ...{ id, title, subtitle },
    ...lines({
      name: id,
      series: { field: "series", domain: [title], range: [color("c1")] },
      rows,
      x: [{ fromTime: times[0], toTime: times[times.length - 1] }],
      y: { field: "value", scale: { zero: false }, axis: { title: null, format } },
      tooltip: [{ field: "value", type: "quantitative", title, format }],
    }),
  };
}

function halvings(run: RunData): Html {
  const table = run.table(halvingsTable);
  const blocks = table.column("block").numbers();
  const times = table.column("time").numbers();
  const issuance = table.column("issuance_rao").numbers();
  const rows = [...table.column("number").numbers()].map((number, i) => [
    `halving ${number}`,
    date(times[i]),
    integer(blocks[i]),
    integer(issuance[i] / 1e9),
  ]);
  const growth = run.table(supplyForecastTable).column("inflation").numbers();
  const now =
    growth.length > 0
      ? `At the end supply grows by ${percent(growth[growth.length - 1])} a year.`
      : "";
  return dataTable({
    title: "Halvings in this run",
    about: `By issuance, not by date: recycling puts them off. ${now}`,
    columns: [
      { title: "" },
      { title: "date", isNumber: true },
      { title: "first block", isNumber: true },
      { title: "TAO issued", isNumber: true },
    ],
    rows: rows.length > 0 ? rows : [["none", "", "", ""]],
  });
}
