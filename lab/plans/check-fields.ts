/** Paths that a plan sets, against the fields of the scenario that it varies. */
import { knownInstead } from "../../scenarios/check.ts";
import { expectedText, type FieldSchema, schemaAt } from "../../scenarios/expected.ts";
import { pathOf } from "../../scenarios/sets.ts";
import { type Path, shown } from "../../scenarios/tree.ts";
import type { Axis } from "./axis.ts";
import type { Value } from "./expression.ts";
import type { PlanFaults } from "./faults.ts";
import type { Subject } from "./subject.ts";

/** The field's schema; null, with a fault at `at`, where the scenario has no such field. */
export function fieldAt(
  text: string,
  at: Path,
  { fields }: Subject,
  faults: PlanFaults,
): FieldSchema | null {
  const path = pathOf(text);
  if (!path) {
    faults.add(at, `${shown(text)} is not a path`, "such as chain.horizon_days");
    return null;
  }
  if (["version", "extends"].includes(String(path[0]))) {
    faults.add(at, `${shown(text)} cannot be varied`, "write it in the scenario file");
    return null;
  }
  if (text === "seed") {
    faults.add(at, "the seed is varied by `seeds`", "seeds: 10");
    return null;
  }
  for (let depth = 1; depth <= path.length; depth++) {
    const part = path.slice(0, depth);
    if (schemaAt(fields, part)) continue;
    faults.add(at, `${shown(text)} is no field of the scenario`, knownInstead(part, fields));
    return null;
  }
  return schemaAt(fields, path);
}

/** Faults for those ends of an axis that the field does not allow. */
export function checkAxis(axis: Axis, schema: FieldSchema, at: Path, faults: PlanFaults): void {
  const told = (value: Value, where: Path) => {
    if (!allows(schema, value)) {
      faults.add(where, `${shown(value)} is not allowed by the scenario`, expectedText(schema));
    }
  };
  if (axis.kind === "list") {
    axis.values.forEach((value, k) => {
      told(value, [...at, "values", k]);
    });
    return;
  }
  told(axis.from, [...at, "from"]);
  told(axis.to, [...at, "to"]);
}

export function allows(schema: FieldSchema, value: Value): boolean {
  if (schema.anyOf) return schema.anyOf.some((one) => allows(one, value));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type === "boolean") return typeof value === "boolean";
  if (schema.type === "string") return typeof value === "string";
  if (schema.type !== "number" && schema.type !== "integer") return schema.type === undefined;
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (typeof value !== "number" || value < minimum || value > maximum) return false;
  return schema.type === "number" || Number.isInteger(value);
}

/** Whether the field takes whole numbers and no others. */
export const onlyWhole = (schema: FieldSchema): boolean =>
  schema.type === "integer" ||
  (schema.anyOf?.some((one) => one.type === "integer") === true &&
    !schema.anyOf.some((one) => one.type === "number"));
