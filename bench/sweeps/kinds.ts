/** The sweeps that are measured. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadPlan } from "../../lab/plans/load.ts";
import type { Plan } from "../../lab/plans/plan.ts";
import type { Job } from "../../lab/sweep/task.ts";

export interface Kind {
  readonly name: string;
  readonly scenario: string;
  readonly days: string;
  readonly outcome: string;
  /** In one thread: some seconds' worth. */
  readonly runs: number;
  /** A tenth of a second's worth, as a worker gets them. */
  readonly taskRuns: number;
}

/** The shortest runs that there are, of some milliseconds, for which a lab costs most; and longer ones. */
export const kinds: readonly Kind[] = [
  {
    ...{ name: "ten years of supply", scenario: "tao-supply", runs: 2_000, taskRuns: 40 },
    ...{ days: "supply.horizon_days: 3652", outcome: "supply_forecast, column: issuance_rao" },
  },
  {
    ...{ name: "a day of FLock", scenario: "flock-mid-2025", runs: 72, taskRuns: 2 },
    ...{ days: "flock.horizon_days: 1", outcome: "flock_supply, column: circulating" },
  },
];

const planText = ({ scenario, days, outcome }: Kind, runs: number) => `version: 1
title: runs of the bench
scenario: ${scenario}
set: { ${days} }
parameters: {}
seeds: ${runs}
outcomes:
  end: { table: ${outcome}, at: last }
`;

/** A plan of so many runs, in a file of this folder. */
export function planOf(kind: Kind, runs: number, folder: string): Plan {
  const path = join(folder, `plan-${runs}.yaml`);
  writeFileSync(path, planText(kind, runs));
  return loadPlan(path);
}

export const jobOf = ({ definition, scenarioPath, limits }: Plan): Job => ({
  definition,
  scenarioPath,
  limits,
});
