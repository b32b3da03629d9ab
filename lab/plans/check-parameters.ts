/** Parameters and what is derived from them: their values make sense and the scenario has them. */
import type { FieldSchema } from "../../scenarios/expected.ts";
import type { Path } from "../../scenarios/tree.ts";
import type { Axis } from "./axis.ts";
import { checkAxis, fieldAt, onlyWhole } from "./check-fields.ts";
import type { PlanFaults } from "./faults.ts";
import { checkName } from "./names.ts";
import type { DerivedParameter, PlanParameter } from "./plan.ts";
import type { ParameterFile, PlanFile } from "./schema.ts";
import type { Subject } from "./subject.ts";

export function parametersOf(
  file: Pick<PlanFile, "parameters" | "derived">,
  subject: Subject,
  faults: PlanFaults,
): {
  parameters: PlanParameter[];
  derived: DerivedParameter[];
  /** By name of a derived value: the fields that it sets. */
  fieldsOf: Map<string, FieldSchema[]>;
} {
  const taken = new Map<string, string>();
  const claim = (field: string, name: string, at: Path) => {
    const first = taken.get(field);
    if (first !== undefined)
      faults.add(at, `${field} is set by ${first} already`, "by one of them");
    else taken.set(field, name);
  };
  const fieldsOf = (name: string, paths: readonly string[], at: Path) =>
    paths.map((field, k) => {
      const here = paths.length > 1 ? [...at, "path", k] : [...at, "path"];
      claim(field, name, here);
      return fieldAt(field, here, subject, faults);
    });
  const parameters = Object.entries(file.parameters).map(([name, written]) => {
    const at: Path = ["parameters", name];
    checkName(name, at, faults);
    const paths = listOf(written.path);
    const fields = fieldsOf(name, paths, at);
    const isWhole = fields.some((schema) => schema !== null && onlyWhole(schema));
    const axis = axisOf({ ...written, whole: written.whole ?? isWhole }, at, faults);
    for (const schema of fields) {
      if (axis && schema) checkAxis(axis, schema, at, faults);
    }
    return { name, paths, axis: axis ?? { kind: "list" as const, values: [0] } };
  });
  const above = parameters.map(({ name }) => name);
  const set = new Map<string, FieldSchema[]>();
  const derived = Object.entries(file.derived).map(([name, written]) => {
    const at: Path = ["derived", name];
    checkName(name, at, faults);
    if (above.includes(name)) faults.addAtKey(at, `${name} is a parameter`, "names differ");
    const paths = listOf(written.path);
    set.set(
      name,
      fieldsOf(name, paths, at).filter((schema) => schema !== null),
    );
    faults.formula([...at, "value"], written.value, above);
    above.push(name);
    return { name, paths, value: written.value };
  });
  return { parameters, derived, fieldsOf: set };
}

const listOf = (path: string | readonly string[] | undefined): readonly string[] =>
  path === undefined ? [] : typeof path === "string" ? [path] : path;

function axisOf(written: ParameterFile, at: Path, faults: PlanFaults): Axis | null {
  const { values, from, to, steps = null, scale = "linear", whole = false } = written;
  const refuse = (path: Path, problem: string, remedy: string) => {
    faults.add(path, problem, remedy);
    return null;
  };
  if (values !== undefined) {
    const range = ["from", "to", "steps", "scale"] as const;
    const beside = range.find((key) => written[key] !== undefined);
    if (beside) return refuse([...at, beside], "stands beside `values`", "a list, or a range");
    return { kind: "list", values };
  }
  if (from === undefined || to === undefined) {
    return refuse(at, "has neither a list nor a range", "`values`, or `from` and `to`");
  }
  if (from > to || (from === to && steps !== 1)) {
    return refuse([...at, "to"], `the range from ${from} to ${to} is empty`, `above ${from}`);
  }
  if (scale === "log" && from <= 0) {
    return refuse([...at, "from"], `${from} has no logarithm`, "above 0");
  }
  if (whole && !(Number.isInteger(from) && Number.isInteger(to))) {
    return refuse(at, `${from} to ${to} is not of whole numbers`, "whole ends");
  }
  if (whole && steps !== null && steps > to - from + 1) {
    return refuse(
      [...at, "steps"],
      `${from} to ${to} holds ${to - from + 1} values`,
      "at most so many",
    );
  }
  return { kind: "range", from, to, scale, whole, steps };
}
