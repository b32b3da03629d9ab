import { expect, test } from "vitest";
import type { Axis } from "../../lab/plans/axis.ts";
import type { SearchOutcome } from "../../lab/search/search.ts";
import type { SearchDefinition } from "../../lab/search/search-plan.ts";
import { compileChart, isDrawn } from "../chart.ts";
import { searchPage } from "./search-page.ts";

const axis: Axis = { kind: "range", from: 0, to: 1, scale: "linear", whole: false, steps: null };
const definition: SearchDefinition = {
  ...{ format: "hivelab search 1", title: "The best take", kind: "flock", set: [] },
  scenario: { sources: [] },
  parameters: [{ name: "take", paths: ["a.take"], axis }],
  ...{ derived: [], constraints: [], outcomes: [{ name: "yield", value: "take" }] },
  objective: { formula: "yield", sign: -1 },
  ...{ subjectTo: [], budget: 100, population: 0, tolerance: 1e-3, seed: "s" },
  seeds: { from: "s", first: 2, most: 4, confirm: 3 },
  asItIs: {},
};
const confirmation = (values: readonly number[]) => ({
  seeds: values.map((_, k) => `s/confirm/${k}`),
  runs: values.map((value) => ({ yield: value })),
  objectives: values,
  valid: values.length,
});
const outcome = (missed: number): SearchOutcome => ({
  generations: [0.4, 0.6].map((objective, generation) => ({
    ...{ restart: generation, generation, used: 10 * (generation + 1), objective, missed },
    ...{ parameters: { take: 0.5 }, spread: 0.1 },
  })),
  best: { parameters: { take: 0.5 }, sets: [], margin: 0 },
  raced: { seeds: 4, objective: 0.6, missed },
  confirmed: confirmation([0.5, 0.6, 0.7]),
  asItIs: confirmation([0.1, 0.2, 0.3]),
  ...{ restarts: 1, used: 20, failed: 0, settled: 1 },
});

test("the page of a search has the answer with its error, beside the scenario as it is", () => {
  const page = searchPage({ definition, outcome: outcome(0), reproduces: true });
  expect(page.header.markup).toContain("Sought: the largest yield.");
  expect(page.header.markup).toContain("It is 0.6 +- 0.058 (standard error) on 3 fresh seeds");
  expect(page.header.markup).toContain("That is 0.4 more than the scenario as it is, +- ");
  const [answer, course] = page.sections;
  expect(answer.body.markup).toContain("0.6 \u00b1 0.05774");
  expect(answer.body.markup).toContain("0.2 \u00b1 0.05774");
  expect(answer.body.markup.split("yield")).toHaveLength(2);
  const warnings: string[] = [];
  for (const chart of course.charts) {
    expect(isDrawn(chart)).toBe(true);
    if (isDrawn(chart)) compileChart(chart, { onWarning: (text) => warnings.push(text) });
  }
  expect(warnings).toEqual([]);
});

test("where no point met the conditions the page says so", () => {
  const page = searchPage({ definition, outcome: outcome(0.5), reproduces: false });
  expect(page.sections[1].charts[0]).toMatchObject({ nothing: "No point met every condition." });
  expect(page.header.markup).toContain("gave other outcomes");
});

test("an answer that meets the conditions on no fresh seed is called what it is", () => {
  const sought = { ...definition, subjectTo: ["yield > 1"] };
  const found = outcome(0.5);
  const missed = { ...found, confirmed: { ...found.confirmed, valid: 0 } };
  const header = (one: SearchOutcome) =>
    searchPage({ definition: sought, outcome: one, reproduces: true }).header.markup;
  expect(header(missed)).toContain(
    "No point was found that meets the conditions; this one misses them least. It is 0.6",
  );
  expect(header(found)).toContain("conditions held on 3.");
  expect(header(found)).not.toContain("No point was found");
});

test("a scenario that does not meet the conditions is no match for the answer", () => {
  const sought = { ...definition, subjectTo: ["yield > 0.4"] };
  const found = outcome(0);
  const header = (valid: number) => {
    const asItIs = { ...found.asItIs, valid };
    const page = searchPage({
      definition: sought,
      outcome: { ...found, asItIs },
      reproduces: true,
    });
    return page.header.markup;
  };
  expect(header(0)).toContain("The scenario as it is does not meet the conditions.");
  expect(header(0)).not.toContain("more than the scenario as it is");
  expect(header(2)).toContain("same seeds). It meets the conditions on 2 of 3 seeds.");
  expect(header(3)).not.toContain("It meets the conditions");
});
