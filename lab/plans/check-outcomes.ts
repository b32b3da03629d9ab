/** Outcomes as a plan writes them, against the tables that a run records. */
import { nearestName } from "../../scenarios/fault.ts";
import type { Path } from "../../scenarios/tree.ts";
import type { TableDefinition } from "../../sim/records.ts";
import type { Outcome, OutcomeFile } from "../outcomes/outcome.ts";
import type { PlanFaults } from "./faults.ts";
import { checkName } from "./names.ts";

const known = (name: string, names: readonly string[]): string => {
  const near = nearestName(name, names);
  return near ? `did you mean \`${near}\`?` : `known: ${names.join(", ")}`;
};

export function tableNamed(
  name: string,
  at: Path,
  tables: readonly TableDefinition[],
  faults: PlanFaults,
): TableDefinition | null {
  const found = tables.find((table) => table.name === name);
  if (!found) {
    const names = tables.map((table) => table.name);
    faults.add(at, `${name} is no table of this scenario`, known(name, names));
  }
  return found ?? null;
}

/** The outcomes, completed; those with faults are left out. `names` are those of parameters. */
export function outcomesOf(
  written: Readonly<Record<string, OutcomeFile>>,
  { tables, names }: { tables: readonly TableDefinition[]; names: readonly string[] },
  faults: PlanFaults,
): Outcome[] {
  const found: Outcome[] = [];
  const above = [...names];
  for (const [name, outcome] of Object.entries(written)) {
    const at: Path = ["outcomes", name];
    checkName(name, at, faults);
    if (above.includes(name)) {
      faults.addAtKey(at, `${name} is the name of something else`, "names differ");
      continue;
    }
    const made = outcome.value === undefined ? measured : computed;
    const one = made(name, outcome, { tables, above, faults, at });
    if (one) found.push(one);
    // Known from here on even with a fault, so that one fault does not make others.
    above.push(name);
  }
  return found;
}

interface Context {
  readonly tables: readonly TableDefinition[];
  readonly above: readonly string[];
  readonly faults: PlanFaults;
  readonly at: Path;
}

function computed(name: string, outcome: OutcomeFile, { above, faults, at }: Context) {
  const { value, ...rest } = outcome;
  const beside = Object.keys(rest).filter((key) => rest[key as keyof typeof rest] !== undefined);
  if (beside.length > 0) {
    faults.add(at, `${beside.join(", ")} beside a formula`, "either `value`, or a table");
    return null;
  }
  return faults.formula([...at, "value"], value!, above) ? { name, value: value! } : null;
}

function measured(
  name: string,
  outcome: OutcomeFile,
  { tables, faults, at }: Context,
): Outcome | null {
  if (outcome.table === undefined) {
    faults.add(at, "measures nothing", "`table` and `column`, or a formula as `value`");
    return null;
  }
  const table = tableNamed(outcome.table, [...at, "table"], tables, faults);
  if (!table) return null;
  const names = table.columns.map((column) => column.name);
  const columnAt = (text: string, path: Path) => {
    const column = table.columns.find((one) => one.name === text);
    if (!column) faults.add(path, `${table.name} has no column ${text}`, known(text, names));
    return column ?? null;
  };
  const how = outcome.at ?? "last";
  if (outcome.column === undefined && how !== "count") {
    faults.add(at, "`column` is missing", `one of ${names.join(", ")}`);
    return null;
  }
  const column = columnAt(outcome.column ?? names[0], [...at, "column"]);
  if (column?.type === "text" && how !== "count") {
    const numbers = table.columns.filter((one) => one.type !== "text").map((one) => one.name);
    faults.add([...at, "column"], `${column.name} is text`, `one of ${numbers.join(", ")}`);
  }
  for (const key of Object.keys(outcome.where ?? {})) {
    const asked = columnAt(key, [...at, "where", key]);
    const value = outcome.where?.[key];
    if (asked && !fits(asked.type, value)) {
      faults.add([...at, "where", key], `${value} never stands there`, `${asked.type}`);
    }
  }
  if (outcome.per !== undefined) columnAt(outcome.per, [...at, "per"]);
  if (outcome.over !== undefined && outcome.per === undefined) {
    faults.add(
      [...at, "over"],
      "has nothing to reduce",
      "`per`: a column whose values are told apart",
    );
  }
  return {
    name,
    table: table.name,
    column: column?.name ?? "",
    where: outcome.where ?? {},
    at: how,
    per: outcome.per ?? null,
    over: outcome.over ?? "mean",
    q: outcome.q ?? 0.5,
  };
}

function fits(type: string, value: unknown): boolean {
  if (type === "text") return typeof value === "string";
  if (type === "bool") return typeof value === "boolean";
  return typeof value === "number" && (type === "f64" || Number.isInteger(value));
}
