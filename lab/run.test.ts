import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../scenarios/fault.ts";
import { scenariosFolder } from "../scenarios/shipped.ts";
import { RunStopped } from "./engine.ts";
import { readManifest } from "./manifest.ts";
import { runScenario, withDays } from "./run.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const scenarioPath = join(root, "scenarios", "finney-2026.yaml");
const place = mkdtempSync(join(tmpdir(), "hivelab-run-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** An hour and a half: long enough for epochs, claims, stakes and two recordings. */
const short = ["chain.horizon_days=0.0625"];
const hashesIn = (dir: string): string[] =>
  readManifest(dir).tables.map(
    ({ name, arrow, parquet }) => `${name} ${arrow.sha256} ${parquet.sha256}`,
  );

describe("a run", () => {
  test("writes tables, manifest and what they were made from", async () => {
    const outDir = join(place, "whole");
    const { manifest } = await runScenario({ scenarioPath, sets: short, outDir });
    expect(manifest.span.to_block - manifest.span.from_block).toBe(449);
    expect(manifest.rule_sets.map(({ name }) => name)).toEqual(["R8"]);
    expect(manifest.data.map(({ path }) => path.split("/").at(-1))).toContain("subnets.csv");
    const rows = Object.fromEntries(manifest.tables.map(({ name, rows: count }) => [name, count]));
    expect(rows).toMatchObject({ supply: 2, pools: 256, neurons: 256, subnet_names: 128 });
    expect(existsSync(join(outDir, "manifest.json"))).toBe(true);
  });

  test("gives the same bytes in another folder, time zone and locale", () => {
    const runElsewhere = (name: string, cwd: string, env: Record<string, string>) => {
      const outDir = join(place, name);
      const args = ["run", scenarioPath, "--set", short[0], "--no-report", "--out", outDir];
      const bin = join(root, "bin", "hivelab.js");
      const child = spawnSync(process.execPath, [bin, ...args], {
        cwd,
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      expect(child.stderr).toBe("");
      expect(child.status).toBe(0);
      return hashesIn(outDir);
    };
    const here = runElsewhere("here", root, { TZ: "UTC", LC_ALL: "C" });
    const there = runElsewhere("there", place, { TZ: "Pacific/Chatham", LC_ALL: "tr_TR.UTF-8" });
    expect(there).toEqual(here);
  });

  test("is another one with another seed", async () => {
    const run = async (seed: string) => {
      const outDir = join(place, `seed-${seed}`);
      await runScenario({ scenarioPath, sets: [...short, `seed=${seed}`], outDir });
      return hashesIn(outDir);
    };
    const [one, two] = [await run("one"), await run("two")];
    const differing = one.filter((line, i) => line !== two[i]).map((line) => line.split(" ")[0]);
    expect(differing).toContain("actions");
    expect(differing).not.toContain("subnet_names");
  });

  test("leaves nothing behind when it is stopped or its scenario is at fault", async () => {
    const before = readdirSync(place);
    const outDir = join(place, "nothing");
    const stopped = runScenario({ scenarioPath, sets: short, outDir, onProgress: () => false });
    await expect(stopped).rejects.toThrow(RunStopped);
    const faulty = runScenario({ scenarioPath, sets: ["chain.horizon_days=-1"], outDir });
    await expect(faulty).rejects.toThrow(InputError);
    expect(readdirSync(place)).toEqual(before);
  });
});

test.each([
  ["tao-supply", "supply"],
  ["flock-mid-2025", "flock"],
  ["finney-2026", "chain"],
  ["flock-research-on-bittensor", "chain"],
])("another horizon of %s is a field of %s", (name, section) => {
  const path = join(scenariosFolder, `${name}.yaml`);
  expect(withDays({ scenarioPath: path, sets: ["seed=x"], days: "3" })).toEqual([
    ...["seed=x", `${section}.horizon_days=3`],
  ]);
  expect(withDays({ scenarioPath: path })).toEqual([]);
});
