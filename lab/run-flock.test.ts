import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { writeReport } from "../reports/report.ts";
import { quickSets } from "../scenarios/testing/quick-flock.ts";
import { readManifest } from "./manifest.ts";
import { runScenario } from "./run.ts";
import { readTable } from "./tables/read-table.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scenarioPath = join(root, "scenarios", "flock-mid-2025.yaml");
const place = mkdtempSync(join(tmpdir(), "hivelab-flock-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const hashesIn = (dir: string): string[] =>
  readManifest(dir).tables.map(({ name, arrow }) => `${name} ${arrow.sha256}`);

describe("a run of FLock", () => {
  test("goes through the same folder, manifest and report as any other", async () => {
    const outDir = join(place, "whole");
    const { manifest } = await runScenario({
      scenarioPath,
      sets: quickSets,
      days: "70",
      outDir,
      writeReport: (folder, made) => void writeReport(folder, made),
    });
    expect(manifest.span).toMatchObject({ from_block: 119, to_block: 188 });
    expect(manifest.rule_sets.map(({ name }) => name)).toEqual(["v2"]);
    expect(manifest.assumptions.at(-1)).toContain("arena.gamma");
    const rows = Object.fromEntries(manifest.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ flock_supply: 70, flock_market: 70, flock_operators: 160 });
    const page = readFileSync(join(outDir, "report.html"), "utf8");
    for (const words of [
      "What moves the choice",
      "Where the yield comes from",
      "Movements by reason",
      "30 June 2025",
      "265",
    ]) {
      expect(page).toContain(words);
    }
  });

  test("gives the same bytes again, and others with another seed", async () => {
    const run = async (name: string, more: string[] = []) => {
      const outDir = join(place, name);
      await runScenario({ scenarioPath, sets: [...quickSets, ...more], days: "30", outDir });
      return hashesIn(outDir);
    };
    const first = await run("first");
    expect(await run("second")).toEqual(first);
    expect(await run("third", ["seed=other"])).not.toEqual(first);
  });

  test("writes only the tables that are asked for", async () => {
    const outDir = join(place, "few");
    const sets = [...quickSets, "recording.tables=[flock_supply]"];
    const { manifest } = await runScenario({ scenarioPath, sets, days: "5", outDir });
    expect(manifest.tables.map(({ name }) => name)).toEqual(["flock_supply"]);
    const supply = readTable(join(outDir, manifest.tables[0].arrow.path));
    const column = (name: string) => supply.column(name).numbers();
    // What is minted in a day is the contract's plateau of the fourth period.
    expect(column("emission")[0]).toBeCloseTo(309_157.68 * 0.99 ** 3, 6);
  });
});
