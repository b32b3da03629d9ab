/** What a sweep is: two with the same identity have the same runs and the same results. */
import { loadCase } from "../../scenarios/cases/load.ts";
import type { Source } from "../../scenarios/data-folder.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import { sourcesOf } from "../engine.ts";
import type { Plan, PlanDefinition, PlannedRun } from "../plans/plan.ts";
import { type Points, pointsOf } from "../plans/points.ts";
import { tellingSets } from "../plans/set-faults.ts";
import { sha256OfText } from "../store/digest.ts";
import { version } from "../version.ts";

export interface SweepIdentity {
  readonly version: string;
  readonly definition: PlanDefinition;
  /** Every file that the first run reads. */
  readonly sources: readonly Source[];
}

/** Throws InputError where the plan's first run cannot be loaded. */
export function identityOf({ definition, scenarioPath }: Plan): SweepIdentity {
  return { version, definition, sources: sourcesAt(definition, scenarioPath) };
}

/** Every file that the first run reads, where the scenario lies on this machine. */
export function sourcesAt(definition: PlanDefinition, scenarioPath: string): readonly Source[] {
  const { sets } = firstAllowed(pointsOf(definition));
  return tellingSets(sets, () =>
    definition.kind === "case"
      ? loadCase(scenarioPath, sets).sources
      : sourcesOf(loadAnyScenario(scenarioPath, sets)),
  );
}

const FEW = 1_000;

/** A run that no constraint rejects, of the first thousand; else the first. */
function firstAllowed(points: Points): PlannedRun {
  for (let run = 0; run < Math.min(points.size, FEW); run++) {
    const planned = points.at(run);
    if (planned.rejected === null) return planned;
  }
  return points.at(0);
}

const digest = (value: unknown): string => sha256OfText(JSON.stringify(value));

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
