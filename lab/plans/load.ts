/** From a plan's file to a checked plan. */
import { basename } from "node:path";
import type { z } from "zod";
import { checkTree } from "../../scenarios/check.ts";
import type { FieldSchema } from "../../scenarios/expected.ts";
import { type Fault, InputError } from "../../scenarios/fault.ts";
import { readInputFile } from "../../scenarios/input-file.ts";
import { projectFolder } from "../../scenarios/paths.ts";
import { keyPlaceAt, nodeAt, type Path, placeAt, shown, type Tree } from "../../scenarios/tree.ts";
import { readYaml } from "../../scenarios/yaml-tree.ts";
import { defaultOutcomes } from "../outcomes/defaults.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import { checkDesign } from "./check-design.ts";
import { fieldAt } from "./check-fields.ts";
import { checkDerived, checkFormulas, type Trial } from "./check-formulas.ts";
import { outcomesOf, tableNamed } from "./check-outcomes.ts";
import { parametersOf } from "./check-parameters.ts";
import { PlanFaults } from "./faults.ts";
import type { DerivedParameter, Plan, PlanDefinition, PlanParameter, Seeds } from "./plan.ts";
import { pointsOf } from "./points.ts";
import { type PlanFile, planSchema, type SeedsFile } from "./schema.ts";
import { readSubject, type Subject, subjectPath } from "./subject.ts";

const MAX_PLAN_BYTES = 1_000_000;

/** A file of plans that was read, before its meaning is checked. */
export interface PlanSource {
  /** Where paths in it start. */
  readonly path: string;
  readonly name: string;
  readonly tree: Tree;
}

export function readPlanFile(path: string): PlanSource {
  const project = projectFolder(path);
  const file = readInputFile(path, { maxBytes: MAX_PLAN_BYTES, project, anywhere: true });
  const tree = readYaml(file.text, file.shownAs);
  if (tree.kind !== "map") {
    const remedy = "a plan starts with `version: 1`, `title: ...` and `scenario: ...`";
    throw new InputError([{ ...tree.place, field: "", problem: "holds no fields", remedy }]);
  }
  return { path, name: basename(path).replace(/\.ya?ml$/, ""), tree };
}

/** Whether a file is a plan rather than a scenario: it names the scenario that it varies. */
export const isPlan = (tree: Tree): boolean => nodeAt(tree, ["scenario"]) !== undefined;

/**
 * Throws InputError with every fault that was found. `sets` are `path=value` of the prompt, over
 * what the plan sets.
 */
export function loadPlan(path: string, sets: readonly string[] = []): Plan {
  return planFrom(readPlanFile(path), sets);
}

export function planFrom(source: PlanSource, sets: readonly string[] = []): Plan {
  if (nodeAt(source.tree, ["search"])) {
    const place = keyPlaceAt(source.tree, ["search"]);
    const problem = "this is the file of a search";
    throw new InputError([
      { ...place, field: "search", problem, remedy: "`hivelab search` runs it" },
    ]);
  }
  const file = checkTree(planSchema, source.tree);
  const common = commonParts(source, file, sets);
  const { faults, subject } = common;
  checkDesign(file, common.parameters, faults);
  file.tables.forEach((name, k) => {
    tableNamed(name, ["tables", k], subject.tables, faults);
  });
  const seeds = seedsOf(file.seeds, subject, faults);
  faults.throwIfAny();
  const definition: PlanDefinition = {
    format: "hivelab plan 1",
    title: file.title,
    kind: subject.kind,
    scenario: { sources: subject.sources },
    set: common.set,
    design: file.design,
    parameters: common.parameters,
    derived: common.derived,
    constraints: file.constraints,
    seeds,
    outcomes: common.outcomes.length > 0 ? common.outcomes : defaultOutcomes[subject.kind],
    tables: file.tables,
  };
  const plan = planOf(definition, { name: source.name, subject, limits: file.limits });
  if (plan.size > 0) checkDerived(plan.at(0), common.fieldsOf, faults);
  faults.throwIfAny();
  return plan;
}

function planOf(
  definition: PlanDefinition,
  { name, subject, limits }: { name: string; subject: Subject; limits: Plan["limits"] },
): Plan {
  const { parameters, outcomes } = definition;
  const points = pointsOf(definition);
  return {
    name,
    definition,
    canonical: JSON.stringify(definition),
    scenarioPath: subject.path,
    kind: subject.kind,
    recorded: subject.tables,
    ...{ parameters, outcomes, limits },
    ...points,
  };
}

type CommonFile = Pick<
  z.output<typeof planSchema>,
  "scenario" | "set" | "parameters" | "derived" | "constraints" | "outcomes"
>;

export interface CommonParts {
  readonly subject: Subject;
  readonly faults: PlanFaults;
  readonly set: readonly string[];
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
  /** By name of a derived value: the fields that it sets. */
  readonly fieldsOf: ReadonlyMap<string, readonly FieldSchema[]>;
  readonly outcomes: readonly Outcome[];
  /** Values on which formulas were tried; none where something is at fault. */
  readonly trials: readonly Trial[];
}

/** What plans of sweeps and of searches have in common; faults are collected, not thrown. */
export function commonParts(
  { tree, path }: PlanSource,
  file: CommonFile,
  sets: readonly string[],
): CommonParts {
  const faults = new PlanFaults(tree);
  const subject = subjectOf(file.scenario, path, tree);
  const set = Object.entries(file.set).map(([field, value]) => {
    fieldAt(field, ["set", field], subject, faults);
    return `${field}=${JSON.stringify(value)}`;
  });
  const { parameters, derived, fieldsOf } = parametersOf(file, subject, faults);
  faults.items.push(...setFaults(sets, subject, [...parameters, ...derived]));
  const names = [...parameters, ...derived].map((one) => one.name);
  file.constraints.forEach((text, k) => {
    faults.formula(["constraints", k], text, names);
  });
  const outcomes = outcomesOf(file.outcomes, { tables: subject.tables, names }, faults);
  const { constraints } = file;
  const trials =
    faults.items.length === 0
      ? checkFormulas({ parameters, derived, constraints, outcomes }, faults)
      : [];
  return {
    subject,
    faults,
    set: [...set, ...sets],
    parameters,
    derived,
    fieldsOf,
    outcomes,
    trials,
  };
}

/** Faults of `path=value` from the prompt, each at its option. */
function setFaults(
  sets: readonly string[],
  subject: Subject,
  varied: readonly { readonly name: string; readonly paths: readonly string[] }[],
): readonly Fault[] {
  return sets.flatMap((text, k) => {
    const place = { file: `--set ${k + 1}` };
    const own = new PlanFaults({ kind: "map", place, entries: new Map() });
    const equals = text.indexOf("=");
    const field = text.slice(0, Math.max(0, equals)).trim();
    if (equals < 1) own.add([], `${shown(text)} is not path=value`, "such as seed=another");
    else fieldAt(field, [], subject, own);
    const over = varied.find(({ paths }) => paths.includes(field));
    if (over) {
      own.add([], `${field} is varied by ${over.name}`, `leave it out, or --param ${field}=VALUE`);
    }
    return own.items;
  });
}

/** The scenario; its own faults of reading are told where they are, an unknown path in the plan. */
function subjectOf(text: string, planPath: string, tree: Tree): Subject {
  const at: Path = ["scenario"];
  const path = subjectPath(text, planPath, placeAt(tree, at));
  try {
    return readSubject(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isMissing = error.faults.some(({ problem }) => problem.startsWith("does not exist"));
    if (!isMissing) throw error;
    const [{ remedy }] = error.faults;
    const fault: Fault = {
      ...placeAt(tree, at),
      field: "scenario",
      problem: `${text} does not exist or cannot be opened`,
      remedy,
    };
    throw new InputError([fault]);
  }
}

function seedsOf(
  written: SeedsFile | undefined,
  subject: Subject,
  faults: PlanFaults,
): Seeds | null {
  if (!subject.hasSeed) {
    if (written !== undefined) {
      faults.add(["seeds"], "nothing in a case is left to chance", "leave it out");
    }
    return null;
  }
  const from = subject.seed;
  if (written === undefined) return { list: null, count: 1, from, common: true };
  if (typeof written === "number") return { list: null, count: written, from, common: true };
  if (Array.isArray(written)) {
    const list = written.map(String);
    const twice = list.findIndex((seed, k) => list.indexOf(seed) < k);
    if (twice >= 0)
      faults.add(["seeds", twice], `${list[twice]} is listed twice`, "each seed once");
    return { list, count: list.length, from, common: true };
  }
  const { count, common = true } = written as Exclude<SeedsFile, number | readonly unknown[]>;
  return { list: null, count, from: String((written as { from?: unknown }).from ?? from), common };
}

export type { PlanFile };
