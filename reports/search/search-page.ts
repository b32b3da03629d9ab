/** The page of a search: the answer and its confirmation, and how the search came there. */
import { againstLine, confirmationLine, standardError } from "../../lab/search/run-search.ts";
import type { Confirmation, SearchOutcome } from "../../lab/search/search.ts";
import type { SearchDefinition } from "../../lab/search/search-plan.ts";
import { version } from "../../lab/version.ts";
import type { Chart } from "../chart.ts";
import { lines } from "../charts/series.ts";
import { integer, significant } from "../format.ts";
import { html } from "../html.ts";
import type { Page } from "../page-shell.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import { hues } from "../theme.ts";

export interface SearchPageData {
  readonly definition: SearchDefinition;
  readonly outcome: SearchOutcome;
  readonly reproduces: boolean;
}

export function searchPage(data: SearchPageData): Page {
  const { definition, outcome } = data;
  const { objective, subjectTo } = definition;
  const what = `${objective.sign === 1 ? "smallest" : "largest"} ${objective.formula}`;
  const descents = outcome.restarts + 1;
  return {
    title: definition.title,
    version,
    header: html`<h1>${definition.title}</h1>
<p>Sought: the ${what}${subjectTo.length > 0 ? `, where ${subjectTo.join(" and ")}` : ""}. ${confirmationLine(outcome.confirmed, subjectTo)} ${againstLine(outcome, subjectTo) ?? ""}</p>
<p>${integer(outcome.used)} runs in ${integer(outcome.generations.length)} generations, ${integer(outcome.failed)} failed. ${integer(outcome.settled)} of ${integer(descents)} descents settled before the budget ended.</p>
<p>${data.reproduces ? "best.yaml, run again, gave the same outcomes to the last bit." : "best.yaml, run again, gave other outcomes: something that it rests on has changed."}</p>`,
    sections: [answerSection(data), courseSection(data)],
  };
}

function answerSection({ definition, outcome }: SearchPageData): Section {
  const parameters = dataTable({
    title: "The answer",
    about: "What to set.",
    columns: [{ title: "parameter" }, { title: "value", isNumber: true }, { title: "sets" }],
    rows: [...definition.parameters, ...definition.derived].map(({ name, paths }) => [
      name,
      shownValue(outcome.best.parameters[name]),
      paths.join(", "),
    ]),
  });
  // What is sought comes first, and once: it may be an outcome by its name.
  const names = definition.outcomes
    .map(({ name }) => name)
    .filter((name) => name !== definition.objective.formula);
  const isChance = definition.seeds !== null;
  const confirmed = dataTable({
    title: isChance ? "On fresh seeds" : "What comes of it",
    about: isChance
      ? `Means with standard errors over ${outcome.confirmed.seeds.length} seeds that played no part in the search, beside the scenario as it is on the same seeds.`
      : "Nothing in it is left to chance. Beside it the scenario as it is.",
    columns: [
      { title: "outcome" },
      { title: "the answer", isNumber: true },
      { title: "as it is", isNumber: true },
    ],
    rows: [
      [
        definition.objective.formula,
        meanText(outcome.confirmed.objectives),
        meanText(outcome.asItIs.objectives),
      ],
      ...names.map((name) => [
        name,
        meanText(valuesOf(outcome.confirmed, name)),
        meanText(valuesOf(outcome.asItIs, name)),
      ]),
    ],
  });
  return {
    id: "answer",
    title: "The answer",
    charts: [],
    body: html`<div class="figures"><div class="card wide">${parameters}</div><div class="card wide">${confirmed}</div></div>`,
  };
}

const valuesOf = ({ runs }: Confirmation, name: string): (number | null)[] =>
  runs.map((outcomes) => outcomes?.[name] ?? null);

function meanText(values: readonly (number | null)[]): string {
  const found = values.filter((value) => value !== null);
  if (found.length === 0) return "\u2013";
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const error = standardError(found);
  return Number.isFinite(error) && error > 0
    ? `${significant(mean)} \u00b1 ${significant(error)}`
    : significant(mean);
}

const shownValue = (value: unknown): string =>
  typeof value === "number" ? significant(value) : String(value);

function courseSection({ definition, outcome }: SearchPageData): Section {
  const charts = [objectiveChart(definition, outcome), spreadChart(outcome)];
  return {
    id: "course",
    title: "How it came there",
    charts,
    body: html`<div class="figures">${charts.map(figure)}</div>`,
  };
}

const usedAxis = {
  field: "used",
  type: "quantitative",
  scale: { nice: false },
  axis: { title: "runs", format: "~s", tickCount: 6 },
} as const;

function objectiveChart({ objective }: SearchDefinition, outcome: SearchOutcome): Chart {
  const words = {
    id: "objective",
    title: objective.formula,
    subtitle:
      "Of each generation's best point that met every condition, on the seeds that it was tried on.",
  };
  const rows = outcome.generations.flatMap(({ restart, used, objective: value, missed }) =>
    value === null || missed > 0 ? [] : [{ start: startName(restart), used, value }],
  );
  if (rows.length === 0) return { ...words, nothing: "No point met every condition." };
  return {
    ...words,
    ...lines({
      name: words.id,
      series: startSeries(rows),
      rows,
      x: usedAxis,
      y: { field: "value", scale: { zero: false }, axis: { title: objective.formula } },
      tooltip: [
        { field: "used", type: "quantitative", title: "runs", format: "," },
        { field: "value", type: "quantitative", title: objective.formula, format: ".5~r" },
      ],
    }),
  };
}

function spreadChart({ generations }: SearchOutcome): Chart {
  const rows = generations.map(({ restart, used, spread }) => ({
    start: startName(restart),
    used,
    spread,
  }));
  return {
    id: "spread",
    title: "How wide it looks",
    subtitle: "Standard deviation of the points, in parts of the parameters' ranges, on average.",
    ...lines({
      name: "spread",
      series: startSeries(rows),
      rows,
      x: usedAxis,
      y: {
        field: "spread",
        scale: { type: "log" },
        axis: { title: "of a range", format: "~g", values: [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5] },
      },
      tooltip: [
        { field: "used", type: "quantitative", title: "runs", format: "," },
        { field: "spread", type: "quantitative", title: "spread", format: ".3~g" },
      ],
    }),
  };
}

const startName = (restart: number): string => (restart === 0 ? "first" : `restart ${restart}`);

function startSeries(rows: readonly { readonly start: string }[]) {
  const domain = [...new Set(rows.map(({ start }) => start))];
  return { field: "start", domain, range: domain.map((_, k) => hues[k % hues.length]) };
}
