/** FL Alliance and the marketplace, where a run has them. */

import { rowsByDay } from "../../lab/measures/flock-run.ts";
import { flockAllianceTable, flockModelsTable } from "../../sim/flock/tables.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import type { Chart } from "../chart.ts";
import { dayTooltips } from "../charts/parts.ts";
import { lines } from "../charts/series.ts";
import { integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";

export function allianceSections(run: RunData): Section[] {
  const table = run.table(flockAllianceTable);
  if (table.rows === 0) return [];
  const chart = accuracyChart(run);
  const column = (name: string) => [...table.column(name).numbers()];
  const total = (name: string) => column(name).reduce((sum, value) => sum + value, 0);
  return [
    {
      id: "alliance",
      title: "FL Alliance",
      charts: [chart],
      body: html`<p>${integer(table.rows)} rounds, of which the vote took ${percent(total("accepted") / table.rows)}; ${integer(total("paid"))} FLOCK paid, ${integer(total("slashed"))} slashed.</p>
<div class="figures">${figure(chart)}</div>`,
    },
  ];
}

function accuracyChart(run: RunData): Chart {
  const table = run.table(flockAllianceTable);
  const days = table.column("day").numbers();
  const tasks = table.column("task").numbers();
  const accuracy = table.column("accuracy").numbers();
  const stretches = [...days].map((day) => ({
    fromTime: timeOfDay(day - 1),
    toTime: timeOfDay(day),
  }));
  return {
    id: "flock-alliance",
    title: "Accuracy of the federated models",
    subtitle:
      "Of the global model after each round, on data that no participant has. One model after another.",
    ...lines({
      name: "flock-alliance",
      series: { field: "series", domain: ["accuracy"], range: [color("c1")] },
      rows: [...days].map((day, row) => ({
        time: timeOfDay(day),
        block: day,
        series: "accuracy",
        task: tasks[row],
        value: accuracy[row],
      })),
      x: stretches,
      y: { field: "value", axis: { title: null, format: ".0%" } },
      when: dayTooltips,
      tooltip: [
        { field: "task", type: "quantitative", title: "FL task" },
        { field: "value", type: "quantitative", title: "accuracy", format: ".1%" },
      ],
    }),
  };
}

export function marketplaceSections(run: RunData): Section[] {
  const table = run.table(flockModelsTable);
  const last = [...rowsByDay(table).values()].at(-1) ?? [];
  const usage = table.column("usage_usd").numbers();
  if (last.reduce((sum, row) => sum + usage[row], 0) === 0) return [];
  return [
    {
      id: "marketplace",
      title: "Marketplace",
      charts: [],
      body: html`<div class="figures"><div class="card wide">${modelsTable(run, last)}</div></div>`,
    },
  ];
}

function modelsTable(run: RunData, rows: readonly number[]): Html {
  const table = run.table(flockModelsTable);
  const text = (name: string) => table.column(name).texts();
  const number = (name: string) => table.column(name).numbers();
  const [owner, status] = ["owner", "status"].map(text);
  const [loss, usage, curve, burned] = ["loss", "usage_usd", "curve_flock", "tokens_burned"].map(
    number,
  );
  return dataTable({
    title: "Models on sale on the last recorded day",
    about: "The best model of each finished task.",
    columns: [
      { title: "trained by" },
      { title: "status" },
      { title: "loss", isNumber: true },
      { title: "paid for use, USD", isNumber: true },
      { title: "on its curve, FLOCK", isNumber: true },
      { title: "tokens burned", isNumber: true },
    ],
    rows: rows.map((row) => [
      owner[row],
      status[row],
      significant(loss[row]),
      integer(usage[row]),
      integer(curve[row]),
      integer(burned[row]),
    ]),
  });
}
