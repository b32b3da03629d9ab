/** The cases of Yuma that come with hivelab, as the scenario of a plan. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dryRunText } from "../../cli/sweep-plan-options.ts";
import { scenariosFolder, shippedNames } from "../../scenarios/shipped.ts";
import { OutcomeSink } from "../outcomes/outcome-sink.ts";
import { runSweep } from "../sweep/sweep.ts";
import { rowsOf } from "../sweep/testing.ts";
import { estimatePlan } from "./estimate.ts";
import { loadPlan } from "./load.ts";
import { runSubject } from "./run-subject.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-cases-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function planOver(name: string, rest = "") {
  const path = join(place, `${name}-kappa.yaml`);
  writeFileSync(
    path,
    `version: 1
title: kappa in ${name}
scenario: ${name}
parameters:
  kappa: { path: hyperparameters.kappa, values: [0.4, 0.6] }
${rest}`,
  );
  return loadPlan(path);
}

test.each(shippedNames("cases"))(
  "%s is a plan's scenario by its bare name, without seeds",
  (name) => {
    const plan = planOver(name);
    expect([plan.kind, plan.size, plan.replicates]).toEqual(["case", 2, 1]);
    expect(plan.scenarioPath).toBe(join(scenariosFolder, "cases", `${name}.yaml`));
    expect(plan.outcomes.length).toBeGreaterThan(0);
  },
);

test("a point's outcomes are those of the case with that value set", async () => {
  const plan = planOver("cabal");
  const dir = join(place, "out");
  await runSweep({ plan, outDir: dir, workers: 0 });
  const rows = rowsOf(dir);
  expect(rows.map(({ kappa, status }) => [kappa, status])).toEqual([
    [0.4, "done"],
    [0.6, "done"],
  ]);
  for (const row of rows) {
    const sink = new OutcomeSink(plan.outcomes);
    runSubject(
      { kind: "case", path: plan.scenarioPath },
      [`hyperparameters.kappa=${row.kappa}`],
      sink,
    );
    expect(row).toMatchObject(sink.values());
  }
  expect(dryRunText(plan, estimatePlan(plan, 0))).toMatch(/\nfirst {5}kappa=0\.4\n/);
});

test("seeds of a case are refused: nothing in it is left to chance", () => {
  expect(() => planOver("cabal", "seeds: 2\n")).toThrow(
    "cabal-kappa.yaml:6:8: seeds: nothing in a case is left to chance; leave it out",
  );
});
