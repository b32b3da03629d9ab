import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runLoadedCase } from "../../lab/cases/run.ts";
import { writeCase } from "../../lab/cases/write.ts";
import { loadCase } from "../../scenarios/cases/load.ts";
import { compileChart, isDrawn } from "../chart.ts";
import { remakeReport } from "../report.ts";
import { caseSections } from "./case-page.ts";

const path = fileURLToPath(new URL("../../scenarios/cases/stable-miner.yaml", import.meta.url));

test("a case has a chart for every version and measure, all on one scale", () => {
  const run = runLoadedCase(loadCase(path, [], ["yuma2", "yuma3"]));
  const charts = caseSections(run, 100).flatMap((section) => section.charts);
  expect(charts.map(({ id }) => id)).toEqual(
    ["dividends", "relative", "incentive", "bonds"].flatMap((measure) => [
      `${measure}-yuma2`,
      `${measure}-yuma3`,
    ]),
  );
  const warnings: string[] = [];
  for (const chart of charts) {
    expect(isDrawn(chart)).toBe(true);
    if (isDrawn(chart)) compileChart(chart, { onWarning: (message) => warnings.push(message) });
  }
  expect(warnings).toEqual([]);
  const scaleOf = (k: number) => JSON.stringify(charts[k]).match(/"domain":\[0,[0-9.]+\]/g);
  expect(scaleOf(0)).toEqual(scaleOf(1));
});

test("the page of a case is not overwritten with a report of a simulation", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "case-")), "run");
  const loaded = loadCase(path, ["epochs=2", "weights=[{ epoch: 0, rows: { A: { s1: 1 } } }]"]);
  await writeCase({ loaded, run: runLoadedCase(loaded), name: "small" }, folder);
  expect(() => remakeReport(folder)).toThrow(/case_validators.*hivelab yuma/);
  rmSync(folder, { recursive: true });
});
