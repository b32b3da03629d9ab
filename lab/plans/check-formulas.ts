/** Whether formulas fit the kinds of values that they are made of, and give what is wanted. */
import { expectedText, type FieldSchema } from "../../scenarios/expected.ts";
import { type Path, shown } from "../../scenarios/tree.ts";
import { isComputed, type Outcome } from "../outcomes/outcome.ts";
import { valueAt } from "./axis.ts";
import { allows } from "./check-fields.ts";
import { ExpressionError, parseExpression, type Value } from "./expression.ts";
import type { PlanFaults } from "./faults.ts";
import type { DerivedParameter, PlannedRun, PlanParameter } from "./plan.ts";

export interface Formulas {
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
  readonly constraints: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** Values on which formulas were tried; a measured outcome is 1. */
export type Trial = Record<string, Value>;

/**
 * Tries them on the first values, and on one of each kind (number, text, truth) of mixed lists.
 * Returns those values with what was computed.
 */
export function checkFormulas(formulas: Formulas, faults: PlanFaults): readonly Trial[] {
  const { parameters, derived, constraints, outcomes } = formulas;
  const trials = representatives(parameters);
  const check = (at: Path, text: string, wanted: Wanted) =>
    checkFormula({ at, text, wanted }, trials, faults);
  for (const { name, value } of derived) {
    keep(trials, name, check(["derived", name, "value"], value, "any"));
  }
  constraints.forEach((text, k) => {
    check(["constraints", k], text, "condition");
  });
  for (const one of outcomes) {
    const { name } = one;
    const values = isComputed(one)
      ? check(["outcomes", name, "value"], one.value, "number")
      : trials.map(() => 1);
    keep(trials, name, values);
  }
  return trials;
}

type Wanted = "any" | "condition" | "number";

/** The formula's values on the trials; a fault, once, where one is not of the wanted kind. */
export function checkFormula(
  { at, text, wanted }: { readonly at: Path; readonly text: string; readonly wanted: Wanted },
  trials: readonly Trial[],
  faults: PlanFaults,
): (Value | null)[] {
  const formula = parseExpression(text);
  let isTold = false;
  const tell = (problem: string, remedy: string) => {
    if (!isTold) faults.add(at, problem, remedy);
    isTold = true;
  };
  return trials.map((values) => {
    try {
      const value = formula.compute(values);
      if (wanted === "condition" && value !== null && typeof value !== "boolean") {
        tell(`gives ${shown(value)}, neither true nor false`, "a comparison");
      }
      if (wanted === "number" && typeof value === "string") {
        tell(`gives ${shown(value)}`, "a number");
      }
      return value;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      tell(error.problem, error.remedy);
      return null;
    }
  });
}

function keep(trials: readonly Trial[], name: string, values: readonly (Value | null)[]): void {
  values.forEach((value, k) => {
    if (value === null || (typeof value === "number" && !Number.isFinite(value))) return;
    trials[k][name] = value;
  });
}

/** The first value of each parameter; then, of lists of several kinds, the first of each kind. */
function representatives(parameters: readonly PlanParameter[]): Trial[] {
  const first = Object.fromEntries(parameters.map(({ name, axis }) => [name, valueAt(axis, 0)]));
  const others = parameters.flatMap(({ name, axis }) => {
    const values = axis.kind === "list" ? axis.values : [];
    const kinds = new Map(values.toReversed().map((value) => [typeof value, value]));
    kinds.delete(typeof first[name]);
    return [...kinds.values()].map((value) => ({ ...first, [name]: value }));
  });
  return [first, ...others];
}

/** Faults for derived values of a point that the fields they set do not allow. */
export function checkDerived(
  { parameters, rejected }: Pick<PlannedRun, "parameters" | "rejected">,
  fieldsOf: ReadonlyMap<string, readonly FieldSchema[]>,
  faults: PlanFaults,
): void {
  if (rejected !== null) return;
  for (const [name, fields] of fieldsOf) {
    const value = parameters[name];
    const unfit = fields.find((field) => !allows(field, value));
    if (unfit === undefined) continue;
    const problem = `${shown(value)} is not allowed by the scenario`;
    faults.add(["derived", name, "value"], problem, expectedText(unfit));
  }
}
