/** Whether derived values and constraints fit the kinds of values that they are made of. */
import { expectedText, type FieldSchema } from "../../scenarios/expected.ts";
import { type Path, shown } from "../../scenarios/tree.ts";
import { valueAt } from "./axis.ts";
import { allows } from "./check-fields.ts";
import { type Expression, ExpressionError, parseExpression, type Value } from "./expression.ts";
import type { PlanFaults } from "./faults.ts";
import type { DerivedParameter, PlannedRun, PlanParameter } from "./plan.ts";

export interface Formulas {
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
  readonly constraints: readonly string[];
}

/** Tries them on the first values, and on one of each kind (number, text, truth) of mixed lists. */
export function checkFormulas(formulas: Formulas, faults: PlanFaults): void {
  const { parameters, derived, constraints } = formulas;
  const made = derived.map(({ name, value }) => ({
    ...{ name, at: ["derived", name, "value"] as Path, formula: parseExpression(value) },
  }));
  const conditions = constraints.map((text, k) => ({
    ...{ at: ["constraints", k] as Path, formula: parseExpression(text) },
  }));
  const told = new Set<string>();
  const tell = (at: Path, problem: string, remedy: string) => {
    if (told.has(at.join("."))) return;
    told.add(at.join("."));
    faults.add(at, problem, remedy);
  };
  const computed = (at: Path, formula: Expression, values: Readonly<Record<string, Value>>) => {
    try {
      return formula.compute(values);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      tell(at, error.problem, error.remedy);
      return null;
    }
  };
  for (const values of representatives(parameters)) {
    for (const { name, at, formula } of made) {
      const value = computed(at, formula, values);
      if (value === null || (typeof value === "number" && !Number.isFinite(value))) continue;
      values[name] = value;
    }
    for (const { at, formula } of conditions) {
      const value = computed(at, formula, values);
      if (value === null || typeof value === "boolean") continue;
      tell(at, `gives ${shown(value)}, neither true nor false`, "a comparison");
    }
  }
}

/** The first value of each parameter; then, of lists of several kinds, the first of each kind. */
function representatives(parameters: readonly PlanParameter[]): Record<string, Value>[] {
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
