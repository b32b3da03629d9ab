/** A search from its plan to a folder with the answer. */

import { join, resolve } from "node:path";
import { mean, sampleStandardDeviation } from "simple-statistics";
import { writeDurably } from "../store/durable.ts";
import { unlockFolder } from "../store/folder-lock.ts";
import { version } from "../version.ts";
import { Evaluator } from "./evaluator.ts";
import { Measurer } from "./measurer.ts";
import { resultScenario } from "./result-scenario.ts";
import { type Confirmation, type SearchOutcome, type SearchProgress, search } from "./search.ts";
import { BEST_FILE, EVALUATIONS_FILE, openSearchFolder, RESULT_FILE } from "./search-folder.ts";
import { type SearchPlan, setsWithSeed } from "./search-plan.ts";

export interface SearchRequest {
  readonly plan: SearchPlan;
  readonly outDir: string;
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onRun?: (settled: number) => void;
  readonly onGeneration?: (progress: SearchProgress) => void;
}

export interface SearchResult {
  readonly dir: string;
  readonly bestPath: string;
  readonly outcome: SearchOutcome;
  /** Whether the file, run again, gave the very outcomes that the search had seen. */
  readonly reproduces: boolean;
}

/**
 * Throws InputError for a folder that cannot be used, SearchStopped where `signal` says so; what
 * was measured is kept, and the same call goes on.
 */
export async function runSearch(request: SearchRequest): Promise<SearchResult> {
  const dir = resolve(request.outDir);
  openSearchFolder(dir, request.plan.definition);
  try {
    return await searchIn(dir, request);
  } finally {
    unlockFolder(dir);
  }
}

async function searchIn(dir: string, request: SearchRequest): Promise<SearchResult> {
  const { plan, workers, signal, onRun, onGeneration } = request;
  const { definition, scenarioPath, limits } = plan;
  const job = {
    ...{ kind: definition.kind, scenarioPath, outcomes: definition.outcomes },
    runSeconds: limits.run_seconds ?? null,
  };
  const evaluator = new Evaluator(job, {
    ...{ journal: join(dir, EVALUATIONS_FILE), workers, signal, onRun },
    memoryMb: limits.run_memory_mb,
  });
  try {
    const outcome = await search(definition, evaluator, onGeneration);
    evaluator.tidy();
    const bestPath = join(dir, BEST_FILE);
    writeDurably(bestPath, bestText(plan, outcome, dir));
    const reproduces = isReproduced(plan, outcome, bestPath);
    const { title, objective } = definition;
    const result = { format: "hivelab search result 1", version, title, objective, reproduces };
    writeDurably(join(dir, RESULT_FILE), `${JSON.stringify({ ...result, ...outcome }, null, 1)}\n`);
    return { dir, bestPath, outcome, reproduces };
  } finally {
    await evaluator.close();
  }
}

/** The seed that the file bears: the first of the confirmation. */
const ownSeed = ({ confirmed }: SearchOutcome): string | null =>
  confirmed.seeds[0] === "" ? null : confirmed.seeds[0];

function bestText(
  { definition, scenarioPath }: SearchPlan,
  outcome: SearchOutcome,
  folder: string,
) {
  const { best, confirmed } = outcome;
  const { objective, subjectTo, title } = definition;
  const seed = ownSeed(outcome);
  const what = `${objective.sign === 1 ? "smallest" : "largest"} ${objective.formula}`;
  const parameters = Object.entries(best.parameters).map(([name, value]) => `  ${name} = ${value}`);
  const seen = Object.entries(confirmed.runs[0] ?? {}).map(
    ([name, value]) => `  ${name} = ${value}`,
  );
  const comments = [
    `Found by hivelab ${version}: the ${what}${subjectTo.length > 0 ? ` where ${subjectTo.join(" and ")}` : ""}.`,
    ...parameters,
    confirmationLine(confirmed, subjectTo),
    ...[againstLine(outcome, subjectTo)].filter((line) => line !== null),
    ...(outcome.settled > 0 ? [] : ["The budget ended before the search had settled."]),
    seed === null ? "This file gives:" : `This file has the first of those seeds, which gives:`,
    ...seen,
  ];
  return resultScenario({
    ...{ title: `${title}: the answer`, comments, scenarioPath, folder },
    sets: setsWithSeed(best, seed),
  });
}

/** "0.42 +- 0.01 (standard error) on 32 fresh seeds; conditions held on 31." */
export function confirmationLine(
  { objectives, valid, seeds }: Confirmation,
  conditions: readonly string[],
): string {
  const values = objectives.filter((value) => value !== null);
  if (values.length === 0) return "On fresh seeds it has no value.";
  const average = Number(mean(values).toPrecision(6));
  const isMissed = conditions.length > 0 && valid === 0;
  const missed = isMissed
    ? "No point was found that meets the conditions; this one misses them least. "
    : "";
  if (seeds.length === 1) return `${missed}It is ${average}; nothing in it is left to chance.`;
  const error = standardError(values);
  const failed = seeds.length - values.length;
  const failures = failed > 0 ? `, ${failed} runs without a value` : "";
  const held = conditions.length > 0 ? `; conditions held on ${valid}` : "";
  return `${missed}It is ${average} +- ${Number(error.toPrecision(2))} (standard error) on ${seeds.length} fresh seeds${failures}${held}.`;
}

/**
 * "That is 0.02 more than the scenario as it is, +- 0.04 ...", on the same seeds; null where it has no
 * value. A scenario that never meets the conditions is no match, and said to be none.
 */
export function againstLine(
  { confirmed, asItIs }: SearchOutcome,
  conditions: readonly string[],
): string | null {
  if (conditions.length > 0 && asItIs.valid === 0) {
    return "The scenario as it is does not meet the conditions.";
  }
  const differences = confirmed.objectives.flatMap((value, k) => {
    const other = asItIs.objectives[k];
    return value === null || other === null ? [] : [value - other];
  });
  if (differences.length === 0) return null;
  const average = Number(mean(differences).toPrecision(4));
  const words = `${Math.abs(average)} ${average < 0 ? "less" : "more"} than the scenario as it is`;
  if (differences.length === 1) return `That is ${words}.`;
  const error = Number(standardError(differences).toPrecision(2));
  const seeds = asItIs.seeds.length;
  const rarely =
    conditions.length > 0 && asItIs.valid < seeds
      ? ` It meets the conditions on ${asItIs.valid} of ${seeds} seeds.`
      : "";
  return `That is ${words}, +- ${error} (standard error of the difference on the same seeds).${rarely}`;
}

export const standardError = (values: readonly number[]): number =>
  values.length < 2 ? Number.NaN : sampleStandardDeviation([...values]) / Math.sqrt(values.length);

/** Runs the file just written, and compares every outcome to the last bit. */
function isReproduced({ definition, limits }: SearchPlan, outcome: SearchOutcome, path: string) {
  const measurer = new Measurer({
    ...{ kind: definition.kind, scenarioPath: path, outcomes: definition.outcomes },
    runSeconds: limits.run_seconds ?? null,
  });
  const { outcomes } = measurer.measure({ sets: [], parameters: outcome.best.parameters });
  const seen = outcome.confirmed.runs[0];
  return JSON.stringify(outcomes) === JSON.stringify(seen) && seen !== null;
}
