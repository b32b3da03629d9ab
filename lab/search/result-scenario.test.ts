import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadCase } from "../../scenarios/cases/load.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { resultScenario } from "./result-scenario.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-result-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The scenario that the written file means. */
function written(scenarioPath: string, sets: readonly string[], into = folder) {
  mkdirSync(into, { recursive: true });
  const comments = ["What was found.", "", "  x = 1"];
  const text = resultScenario({ title: "The answer", comments, scenarioPath, sets, folder: into });
  const path = join(into, "best.yaml");
  writeFileSync(path, text);
  return { path, text };
}

describe("the answer as a scenario", () => {
  test("extends a shipped scenario by its name, with the values that differ", () => {
    const shipped = join(scenariosFolder, "flock-mid-2025.yaml");
    const sets = ["flock.horizon_days=77", "flock.whale.share=0.1", 'seed="s/1"'];
    const { path, text } = written(shipped, sets);
    expect(text).toBe(`# What was found.
#
#   x = 1
version: 1
title: The answer
extends: flock-mid-2025
seed: s/1
flock:
  horizon_days: 77
  whale:
    share: 0.1
`);
    const { loaded } = loadAnyScenario(path) as { loaded: { scenario: object } };
    const direct = loadAnyScenario(shipped, sets) as { loaded: { scenario: object } };
    expect({ ...loaded.scenario, title: "", description: "" }).toEqual({
      ...direct.loaded.scenario,
      ...{ title: "", description: "" },
    });
  });

  test("extends a scenario of the same project by its path", () => {
    writeFileSync(join(folder, "package.json"), "{}");
    const own = join(folder, "own.yaml");
    writeFileSync(own, "version: 1\ntitle: Own\nflock: { horizon_days: 9 }\n");
    const { path, text } = written(own, ["flock.nodes.count=3"], join(folder, "runs", "x"));
    expect(text).toContain("extends: ../../own.yaml");
    expect(loadAnyScenario(path)).toMatchObject({
      loaded: { scenario: { flock: { horizon_days: 9, nodes: { count: 3 } } } },
    });
  });

  test("is written out whole where lists are set, or the scenario lies elsewhere", () => {
    const shipped = join(scenariosFolder, "finney-2026.yaml");
    const listed = written(shipped, ["chain.detailed_subnets[0].netuid=3"]);
    expect(listed.text).not.toContain("extends");
    expect(loadAnyScenario(listed.path)).toMatchObject({
      loaded: { scenario: { chain: { detailed_subnets: [{ netuid: 3 }] } } },
    });
    const elsewhere = mkdtempSync(join(tmpdir(), "hivelab-elsewhere-"));
    const far = join(elsewhere, "far.yaml");
    writeFileSync(far, "version: 1\ntitle: Far\nflock: { horizon_days: 9 }\n");
    const { path, text } = written(far, ["flock.nodes.count=3"]);
    expect(text).not.toContain("extends");
    expect(loadAnyScenario(path)).toMatchObject({
      loaded: { scenario: { title: "The answer", flock: { horizon_days: 9 } } },
    });
    rmSync(elsewhere, { recursive: true });
  });

  test("of a case is a case", () => {
    const shipped = join(scenariosFolder, "cases", "cabal.yaml");
    const { path } = written(shipped, ["stakes[0].row.cabal=0.31", "hyperparameters.kappa=0.6"]);
    expect(loadCase(path).file).toMatchObject({
      hyperparameters: { kappa: 0.6 },
      stakes: [{ epoch: 0, row: { cabal: 0.31, R1: 0.2 } }],
    });
  });
});
