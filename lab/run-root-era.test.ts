import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { writeReport } from "../reports/report.ts";
import { runScenario } from "./run.ts";
import { readTable } from "./tables/read-table.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scenarioPath = join(root, "scenarios", "root-weights-2024.yaml");
const place = mkdtempSync(join(tmpdir(), "hivelab-root-era-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const quick = ["chain.detailed_subnets=[]", "recording.every_blocks=3600"];

describe("a run before dTAO", () => {
  test("goes through the same folder, manifest and report as any other", async () => {
    const outDir = join(place, "whole");
    const { manifest } = await runScenario({
      scenarioPath,
      sets: quick,
      days: "3",
      outDir,
      writeReport: (folder, made) => void writeReport(folder, made),
    });
    expect(manifest.span).toMatchObject({ from_block: 4_336_136, to_block: 4_357_735 });
    expect(manifest.span.from_time.slice(0, 10)).toBe("2024-11-24");
    expect(manifest.rule_sets.map(({ name }) => name)).toEqual(["R1"]);
    expect(manifest.data.map(({ path }) => path)).toContain("data/finney-root-2024/validators.csv");
    const rows = Object.fromEntries(manifest.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ supply: 6, root_network: 6, root_validators: 192, neurons: 0 });
    const page = readFileSync(join(outDir, "report.html"), "utf8");
    for (const words of ["Root weights", "owners of subnets", "Weighed on root itself", "R1"]) {
      expect(page).toContain(words);
    }
    expect(page).not.toContain("alpha bought");
  });

  test("gives the same bytes again, and others with another seed", async () => {
    const hashes = async (name: string, more: string[] = []) => {
      const { manifest } = await runScenario({
        scenarioPath,
        sets: [...quick, ...more],
        days: "1",
        outDir: join(place, name),
      });
      return manifest.tables.map(({ name: table, arrow }) => `${table} ${arrow.sha256}`);
    };
    const first = await hashes("first");
    expect(await hashes("second")).toEqual(first);
    expect(await hashes("third", ["seed=other"])).not.toEqual(first);
  });

  test("shows what a cabal takes for the subnet that pays it", async () => {
    const outDir = join(place, "cabal");
    const { manifest } = await runScenario({
      scenarioPath: join(root, "scenarios", "what-if-root-cabal.yaml"),
      sets: [...quick, "agents.cabal.delay_days=1", "agents.root_validators.weigh_every_days=1"],
      days: "3",
      outDir,
    });
    const path = manifest.tables.find(({ name }) => name === "root_subnets")?.arrow.path as string;
    const table = readTable(join(outDir, path));
    const netuids = table.column("netuid").numbers();
    const shares = table.column("share").numbers();
    const of54 = [...netuids.keys()].filter((row) => netuids[row] === 54);
    expect(shares[of54[0]]).toBeLessThan(0.001);
    expect(shares[of54[of54.length - 1]]).toBeGreaterThan(0.1);
  });
});
