/** What a sweep is: two with the same identity have the same runs and the same results. */
import { createHash } from "node:crypto";
import type { Source } from "../../scenarios/data-folder.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import type { Plan, PlanDefinition, PlannedRun } from "../plans/plan.ts";
import { version } from "../version.ts";

export interface SweepIdentity {
  readonly version: string;
  readonly definition: PlanDefinition;
  /** Every file that the first run reads. */
  readonly sources: readonly Source[];
}

/** Throws InputError where the plan's first run cannot be loaded. */
export function identityOf(plan: Plan): SweepIdentity {
  const { definition } = plan;
  return { version, definition, sources: sourcesOf(plan) };
}

function sourcesOf(plan: Plan): readonly Source[] {
  if (plan.kind === "case") return plan.definition.scenario.sources;
  const first = firstAllowed(plan);
  const any = loadAnyScenario(plan.scenarioPath, first.sets);
  return any.kind === "both" ? any.loaded.chain.sources : any.loaded.sources;
}

const FEW = 1_000;

/** A run that no constraint rejects, of the first thousand; else the first. */
function firstAllowed(plan: Plan): PlannedRun {
  for (let run = 0; run < Math.min(plan.size, FEW); run++) {
    const planned = plan.at(run);
    if (planned.rejected === null) return planned;
  }
  return plan.at(0);
}

const digest = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** Of everything that decides a sweep's results. */
export const sweepDigest = (identity: SweepIdentity): string => digest(identity);

/**
 * The content address of a run: program, files, values set, parameters and what is measured. Runs
 * of different plans with the same key have the same results.
 */
export function runKeys({ version: program, definition, sources }: SweepIdentity) {
  const { kind, outcomes, tables } = definition;
  const files = sources.map(({ path, sha256 }) => [path, sha256]);
  const base = digest([program, kind, files, outcomes, tables]);
  return ({ sets, parameters }: PlannedRun): string => digest([base, sets, parameters]);
}
