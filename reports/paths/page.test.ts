import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MANIFEST_FILE } from "../../lab/manifest.ts";
import { chancesOf } from "../../lab/paths/chances.ts";
import { pathModel } from "../../lab/paths/from-scenario.ts";
import { choosePathScreener, runPaths } from "../../lab/paths/run.ts";
import { type WrittenPaths, writePaths } from "../../lab/paths/write.ts";
import { readTable } from "../../lab/tables/read-table.ts";
import { loadPathScenario } from "../../scenarios/load-pool.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { remakeReport } from "../report.ts";
import { halvingChart, pathFans, writePathsPage } from "./page.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written: WrittenPaths;
beforeAll(async () => {
  const start = "supply.start={block: 9000000, time: 2026-09-05T00:00:00Z, issuance_tao: 15700000}";
  const loaded = loadPathScenario(join(scenariosFolder, "alpha-price.yaml"), [start]);
  const model = pathModel(loaded, { days: 30, everyDays: 6 });
  const screener = await choosePathScreener();
  const result = (await runPaths({ model, paths: 24, screener, workers: 0 }))!;
  const startMs = Date.parse(loaded.scenario.supply.start.time);
  const chances = chancesOf(result, { startMs, halvingBefore: [], priceBelow: model.priceBelow });
  written = { name: "alpha-price", loaded, model, result, chances };
});

test("tables, manifest and page say what was computed, how exactly, and what is assumed", async () => {
  const { dir } = await writePaths(written, join(folder, "run"), (place, manifest) =>
    writePathsPage(place, manifest, written),
  );
  const bands = readTable(join(dir, "tables", "path_bands.arrow"));
  expect(bands.rows).toBe(2 * 5 + 1);
  const halvings = readTable(join(dir, "tables", "halving_days.arrow"));
  expect(
    halvings
      .column("paths")
      .numbers()
      .reduce((a, b) => a + b, 0),
  ).toBe(24);
  const manifest = JSON.parse(readFileSync(join(dir, MANIFEST_FILE), "utf8"));
  expect(manifest.screening).toMatchObject({ backend: "wasm-f64", screened: 24 });
  expect(manifest.screening.confirmed).toBeGreaterThan(0);
  expect(manifest.assumptions.join(" ")).toContain("Neither is known ahead");
  const page = readFileSync(join(dir, "report.html"), "utf8");
  expect(page).toContain("24 futures");
  expect(page).toContain("a price below 0.04 TAO per alpha");
  expect(() => remakeReport(dir)).toThrow(/path_bands.*`hivelab paths`/);
});

test("every path stands in one bar of the halving's histogram", () => {
  const chart = halvingChart(written);
  if (!("data" in chart)) throw new Error("no bars");
  expect(chart.data.halving.paths.reduce<number>((sum, own) => sum + Number(own), 0)).toBe(24);
  const none = { ...written, result: { ...written.result, halvings: new Uint32Array(31) } };
  expect(halvingChart(none)).toHaveProperty("nothing");
});

test("supply alone has no fan of prices", () => {
  expect(pathFans(written).map(({ id }) => id)).toEqual(["issuance", "price"]);
  const moments = written.result.moments.filter(({ moment }) => moment.series === "issuance_tao");
  const alone = { ...written, result: { ...written.result, moments } };
  expect(pathFans(alone).map(({ id }) => id)).toEqual(["issuance"]);
});
