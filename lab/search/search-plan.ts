/** From a search's file to a checked search. */
import { checkTree } from "../../scenarios/check.ts";
import { type FieldSchema, schemaAt } from "../../scenarios/expected.ts";
import { InputError } from "../../scenarios/fault.ts";
import { applySets, pathOf } from "../../scenarios/sets.ts";
import { nodeAt, type Tree } from "../../scenarios/tree.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import { checkFormula } from "../plans/check-formulas.ts";
import type { Value } from "../plans/expression.ts";
import { parseExpression } from "../plans/expression.ts";
import { commonParts, type PlanSource, readPlanFile } from "../plans/load.ts";
import type { DerivedParameter, PlanLimits, PlanParameter } from "../plans/plan.ts";
import { settingsOf } from "../plans/settings.ts";
import type { SubjectKind } from "../plans/subject.ts";
import { type SearchFile, searchPlanSchema } from "./search-schema.ts";

/** Everything that decides what a search does, as plain data. */
export interface SearchDefinition {
  readonly format: "hivelab search 1";
  readonly title: string;
  readonly kind: SubjectKind;
  readonly scenario: {
    readonly sources: readonly { readonly path: string; readonly sha256: string }[];
  };
  /** `path=value` in every run. */
  readonly set: readonly string[];
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
  readonly constraints: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** A formula that is to be as small as can be (`sign` 1) or as large (-1). */
  readonly objective: { readonly formula: string; readonly sign: 1 | -1 };
  readonly subjectTo: readonly string[];
  readonly budget: number;
  /** 0 for the usual number. */
  readonly population: number;
  readonly tolerance: number;
  readonly seed: string;
  /** Null where nothing is left to chance. */
  readonly seeds: SearchSeeds | null;
  /** The parameters' values in the scenario as it is, where they are known. */
  readonly asItIs: Readonly<Record<string, Value>>;
}

export interface SearchSeeds {
  readonly from: string;
  readonly first: number;
  readonly most: number;
  readonly confirm: number;
}

export interface SearchPlan {
  readonly name: string;
  readonly definition: SearchDefinition;
  readonly scenarioPath: string;
  readonly limits: PlanLimits;
}

/** Whether a plan's file is one of a search. */
export const isSearch = (tree: Tree): boolean => nodeAt(tree, ["search"]) !== undefined;

/** Throws InputError with every fault that was found. */
export function loadSearch(path: string, sets: readonly string[] = []): SearchPlan {
  return searchFrom(readPlanFile(path), sets);
}

export function searchFrom(source: PlanSource, sets: readonly string[] = []): SearchPlan {
  if (!isSearch(source.tree)) {
    const problem = "is missing; this may be the plan of a sweep";
    const remedy =
      "`hivelab sweep` runs plans; a search says what is sought: `search: { minimise: ... }`";
    throw new InputError([{ ...source.tree.place, field: "search", problem, remedy }]);
  }
  const file = checkTree(searchPlanSchema, source.tree);
  const common = commonParts(source, file, sets);
  const { faults, subject, parameters, derived, outcomes } = common;
  const { search } = file;
  if (parameters.length === 0) {
    faults.add(["parameters"], "there is nothing to search over", "a parameter with a range");
  }
  const known = [...parameters, ...derived, ...outcomes].map(({ name }) => name);
  const objective = objectiveOf(search);
  if (!objective) {
    const problem = search.minimise === undefined ? "nothing is sought" : "two things are sought";
    faults.add(["search"], problem, "`minimise` or `maximise`");
  } else {
    const field = objective.sign === 1 ? "minimise" : "maximise";
    faults.formula(["search", field], objective.formula, known);
  }
  search.subject_to.forEach((text, k) => {
    faults.formula(["search", "subject_to", k], text, known);
  });
  if (faults.items.length === 0 && objective) {
    const field = objective.sign === 1 ? "minimise" : "maximise";
    const sought = { at: ["search", field], text: objective.formula, wanted: "number" } as const;
    const [value] = checkFormula(sought, common.trials, faults);
    if (typeof value === "boolean") {
      faults.add(sought.at, `gives ${value}`, "a number; conditions go to `subject_to`");
    }
    search.subject_to.forEach((text, k) => {
      const at = ["search", "subject_to", k];
      checkFormula({ at, text, wanted: "condition" }, common.trials, faults);
    });
  }
  const { from = subject.seed, first, most, confirm } = search.seeds;
  if (first > most) {
    faults.add(["search", "seeds", "first"], `${first} is above most (${most})`, `at most ${most}`);
  }
  faults.throwIfAny();
  return {
    name: source.name,
    definition: {
      format: "hivelab search 1",
      title: file.title,
      kind: subject.kind,
      scenario: { sources: subject.sources.map(({ path, sha256 }) => ({ path, sha256 })) },
      set: common.set,
      ...{ parameters, derived, outcomes },
      constraints: file.constraints,
      objective: objective!,
      subjectTo: search.subject_to,
      budget: search.budget,
      population: search.population ?? 0,
      tolerance: search.tolerance,
      seed: search.seed,
      seeds: subject.hasSeed ? { from, first, most, confirm } : null,
      asItIs: valuesAsTheyAre(parameters, applySets(subject.tree, common.set).tree, subject.fields),
    },
    scenarioPath: subject.path,
    limits: file.limits,
  };
}

function valuesAsTheyAre(
  parameters: readonly PlanParameter[],
  tree: Tree,
  fields: FieldSchema,
): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const { name, paths } of parameters) {
    const path = paths.length > 0 ? pathOf(paths[0]) : null;
    if (path === null) continue;
    const node = nodeAt(tree, path);
    const value = node?.kind === "scalar" ? node.value : schemaAt(fields, path)?.default;
    if (["number", "string", "boolean"].includes(typeof value)) found[name] = value as Value;
  }
  return found;
}

function objectiveOf({ minimise, maximise }: SearchFile["search"]) {
  if ((minimise === undefined) === (maximise === undefined)) return null;
  return minimise !== undefined
    ? ({ formula: minimise, sign: 1 } as const)
    : ({ formula: maximise!, sign: -1 } as const);
}

/** One point: the parameters' values, and what they set. */
export interface SearchPoint {
  readonly parameters: Readonly<Record<string, Value>>;
  readonly sets: readonly string[];
  /** By how much parameters miss the constraints on them: 0 or more where they hold. */
  readonly margin: number;
}

/** A function from values of the parameters, in the definition's order, to their point. */
export function pointsOfSearch(definition: SearchDefinition) {
  const settings = settingsOf(definition);
  const constraints = definition.constraints.map((text) => parseExpression(text));
  return (values: readonly Value[]): SearchPoint => {
    const { parameters, sets, missing } = settings(values);
    if (missing) return { parameters, sets, margin: -Number.MAX_VALUE };
    const margins = constraints.map((one) => one.margin(parameters)!);
    return { parameters, sets, margin: Math.min(0, ...margins) };
  };
}

/** The sets of a point with a seed; `seed` is null where there is none. */
export const setsWithSeed = ({ sets }: SearchPoint, seed: string | null): readonly string[] =>
  seed === null ? sets : [...sets, `seed=${JSON.stringify(seed)}`];
