/** From the values of a plan's parameters to what a run is told. */
import { type Expression, ExpressionError, parseExpression, type Value } from "./expression.ts";
import type { DerivedParameter, PlanParameter } from "./plan.ts";

export interface Settings {
  /** By name: the parameters, then derived ones. */
  readonly parameters: Readonly<Record<string, Value>>;
  /** `path=value`, without a seed. */
  readonly sets: readonly string[];
  /** A derived parameter that has no value here, so that there is nothing to run; or null. */
  readonly missing: DerivedParameter | null;
}

export interface Settable {
  /** `path=value` in every run. */
  readonly set: readonly string[];
  readonly parameters: readonly PlanParameter[];
  readonly derived: readonly DerivedParameter[];
}

/** A function of values in the order of the parameters; formulas are parsed once. */
export function settingsOf({ set, parameters: own, derived }: Settable) {
  const formulas = derived.map((one) => ({ ...one, formula: parseExpression(one.value) }));
  return (values: readonly Value[]): Settings => {
    const parameters: Record<string, Value> = {};
    const sets = [...set];
    const put = (name: string, paths: readonly string[], value: Value) => {
      parameters[name] = value;
      for (const path of paths) sets.push(`${path}=${JSON.stringify(value)}`);
    };
    own.forEach(({ name, paths }, k) => {
      put(name, paths, values[k]);
    });
    for (const { formula, ...one } of formulas) {
      const made = computed(formula, parameters);
      if (made === null || (typeof made === "number" && !Number.isFinite(made))) {
        return { parameters, sets, missing: one };
      }
      put(one.name, one.paths, made);
    }
    return { parameters, sets, missing: null };
  };
}

/** Null where kinds of values do not fit the formula. */
function computed(formula: Expression, values: Readonly<Record<string, Value>>): Value | null {
  try {
    return formula.compute(values);
  } catch (error) {
    if (error instanceof ExpressionError) return null;
    throw error;
  }
}
