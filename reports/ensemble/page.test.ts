import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ensemble, runEnsemble } from "../../lab/ensemble/run.ts";
import { writeEnsemble } from "../../lab/ensemble/write.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { type Chart, isDrawn } from "../chart.ts";
import { svgOf } from "../picture.ts";
import { fanChart, histogram, writeEnsemblePage } from "./page.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-ensemble-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ensemble: Ensemble;
beforeAll(async () => {
  ensemble = (await runEnsemble({
    scenarioPath: join(scenariosFolder, "tao-supply.yaml"),
    ...{ seeds: 12, sets: ["supply.horizon_days=70"], series: [], outcomes: [], workers: 0 },
    runsDir: join(folder, "runs"),
  }))!;
});

/** The numbers at the axes of a drawn chart, as a reader sees them. */
async function ticksOf(chart: Chart): Promise<string[]> {
  if (!isDrawn(chart)) throw new Error(`${chart.id} is not drawn`);
  const svg = await svgOf(chart, 640);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  return texts.filter((text) => /^[\d,.]+[^ ]*$/.test(text));
}

const amountOf = (tick: string): number => Number(tick.replaceAll(",", ""));

test("a fan bears its series' name, rao as TAO, and ticks that are whole, apart and evenly spaced", async () => {
  const [issuance] = ensemble.bands;
  const chart = fanChart(issuance, 0);
  expect([chart.id, chart.title]).toEqual(["band-1", "supply_forecast.issuance_rao"]);
  expect(chart.subtitle).toMatch(/, in TAO\. Line: median of the runs; bands: the middle half/);
  const values = (await ticksOf(chart)).map(amountOf);
  expect(values.length).toBeGreaterThan(3);
  const steps = values.slice(1).map((value, k) => value - values[k]);
  expect(new Set(steps)).toEqual(new Set([steps[0]]));
  expect(steps[0]).toBeGreaterThan(0);
  const ends = issuance.rows.map(({ spread }) => spread.quantiles[2].value / 1e9);
  for (const end of ends) {
    expect(end).toBeGreaterThan(values[0] - steps[0]);
    expect(end).toBeLessThan(values.at(-1)! + steps[0]);
  }
});

test("an outcome's histogram has its name, and whole runs at its other axis", async () => {
  const [issuance] = ensemble.outcomes;
  const chart = histogram(issuance, 0);
  expect([issuance.name, chart.title]).toEqual(["issuance_rao", "issuance"]);
  expect(chart.subtitle).toBe("How many of 12 runs, by TAO.");
  const ticks = await ticksOf(chart);
  expect(new Set(ticks).size).toBe(ticks.length);
  const runs = ticks.map(amountOf).filter((value) => value < 1_000);
  expect(runs).toEqual(runs.map((_, k) => k));
  expect(runs.length).toBeGreaterThan(1);
});

test("the page says which scenario, how many runs and from which seed", async () => {
  const { dir } = await writeEnsemble(ensemble, join(folder, "bands"), (place, manifest) =>
    writeEnsemblePage(place, manifest, ensemble),
  );
  const page = readFileSync(join(dir, "report.html"), "utf8");
  expect(page).toContain("<title>tao-supply: 12 seeds · hivelab</title>");
  expect(page).toContain("<h1>tao-supply: 12 seeds</h1>");
  expect(page).toContain("ensemble of tao-supply · seeds from tao supply</p>");
  expect(page).toContain("<b>12 runs</b> that differ in their seed alone.");
});
