import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dryRunText, sizeText, spanText } from "../../cli/sweep-plan-options.ts";
import { InputError } from "../../scenarios/fault.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { confirmSize } from "./confirm.ts";
import { estimatePlan } from "./estimate.ts";
import { type PlanFlags, planSource } from "./from-flags.ts";
import { planFrom } from "./load.ts";

const bonds = join(scenariosFolder, "cases", "bonds-reset.yaml");
const plan = (flags: PlanFlags) => planFrom(planSource(bonds, flags));

describe("an estimate", () => {
  test("counts runs, those rejected, and the rows that the probe keeps", () => {
    const one = plan({
      param: ["hyperparameters.kappa=0.3:0.7:5", "hyperparameters.bonds_penalty=0:1:2"],
      constraint: ["kappa >= 0.4"],
      keep: ["case_servers"],
    });
    const estimate = estimatePlan(one, 2);
    expect(estimate).toMatchObject({ runs: 10, rejected: 2, isSampled: false, workers: 2 });
    expect(estimate.probe?.parameters).toEqual({ kappa: 0.4, bonds_penalty: 0 });
    expect(estimate.rowsPerRun).toBeGreaterThan(0);
    expect(estimate.seconds).toBeCloseTo(4 * estimate.secondsPerRun, 9);
    expect(dryRunText(one, estimate)).toMatch(
      /^runs {6}10: 10 points x 1 seed\nrejected {2}2 by constraints\nfirst {5}kappa=0.4 {2}bonds_penalty=0\n/,
    );
  });

  test("of a billion points looks at some of them", () => {
    const estimate = estimatePlan(
      plan({
        param: ["hyperparameters.kappa=0:1:1000000", "hyperparameters.bonds_penalty=0:1:1000"],
        constraint: ["kappa > 0.5"],
      }),
      2,
    );
    expect(estimate.isSampled).toBe(true);
    expect(estimate.rejected / estimate.runs).toBeCloseTo(0.5, 2);
  });
});

test("without threads the runs are made one after another", () => {
  const one = plan({ param: ["hyperparameters.kappa=0.3:0.7:5"] });
  const inline = estimatePlan(one, 0);
  expect(inline.seconds).toBeCloseTo(5 * inline.secondsPerRun, 9);
  expect(dryRunText(one, inline)).toMatch(/5 runs of \S+ \S+ one after another, without threads\n/);
  expect(dryRunText(one, estimatePlan(one, 1))).toMatch(/5 runs of \S+ \S+ on 1 worker\n/);
});

test("a billion runs want a yes", () => {
  const many = plan({
    param: ["hyperparameters.kappa=0:1:1000000", "hyperparameters.bonds_penalty=0:1:1000"],
  });
  expect(() => confirmSize(many, false)).toThrow(InputError);
  expect(() => confirmSize(many, false)).toThrow(
    "bonds-reset-sweep: 1,000,000,000 runs (1,000,000,000 points, 1 seed); --dry-run says how long they take, --yes makes them",
  );
  expect(confirmSize(many, true)).toBe(undefined);
});

test("spans and sizes read well", () => {
  expect([0.0123, 12.34, 600, 1e4, 1e6, 1e12].map(spanText)).toEqual([
    ...["12 ms", "12 s", "10 min", "3 h", "12 days", "31,688 years"],
  ]);
  expect([0, 999, 12_345, 3.2e9].map(sizeText)).toEqual([
    ...["0 bytes", "999 bytes", "12.3 KB", "3.2 GB"],
  ]);
});
