/** Which series of numbers an ensemble gives bands of: a column over time, of rows that are picked. */
import { InputError, nearestName } from "../../scenarios/fault.ts";
import type { TableDefinition } from "../../sim/records.ts";
import { defaultOutcomes } from "../outcomes/defaults.ts";
import type { Plan } from "../plans/plan.ts";

export interface Series {
  /** As it was written: `subnets.emission_share[netuid=15]`. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly where: readonly { readonly column: string; readonly value: string }[];
  readonly unit: string;
  readonly meaning: string;
}

const NUMBERS = ["u16", "u32", "i32", "i64", "f64"];
const WRITTEN = /^([a-z_0-9]+)\.([a-z_0-9]+)(?:\[([^\]]*)\])?$/;

/** Throws InputError for a table or column that a run of the plan does not record. */
export function seriesFrom(text: string, plan: Pick<Plan, "recorded">): Series {
  const fail = (problem: string, remedy: string): never => {
    throw new InputError([{ file: "--series", field: text, problem, remedy }]);
  };
  const match = WRITTEN.exec(text);
  if (!match) {
    return fail("is no series", "table.column, or table.column[netuid=15]");
  }
  const [, tableName, columnName, filter = ""] = match;
  const known = plan.recorded.filter(hasTime);
  const table = known.find(({ name }) => name === tableName);
  if (!table) {
    const names = known.map(({ name }) => name);
    const near = nearestName(tableName, names);
    const remedy = near ? `did you mean ${near}?` : `one of ${names.join(", ")}`;
    return fail(`a run records no table ${tableName} over time`, remedy);
  }
  const where = filter === "" ? [] : filter.split(",").map((part) => part.split("="));
  for (const name of [columnName, ...where.map(([column]) => column)]) {
    if (!table.columns.some((column) => column.name === name)) {
      const near = nearestName(
        name,
        table.columns.map((column) => column.name),
      );
      const remedy = near ? `did you mean ${near}?` : `see \`hivelab describe ${tableName}\``;
      return fail(`${tableName} has no column ${name}`, remedy);
    }
  }
  const column = table.columns.find(({ name }) => name === columnName)!;
  if (!NUMBERS.includes(column.type)) {
    return fail(`${columnName} holds no numbers`, "a column of numbers");
  }
  return {
    ...{ name: text, table: tableName, column: columnName },
    where: where.map(([name, value = ""]) => ({ column: name, value })),
    ...{ unit: column.unit, meaning: column.meaning },
  };
}

const hasTime = ({ columns }: TableDefinition): boolean =>
  columns.some(({ name }) => name === "time");

/** The whole network's numbers over time, where nobody says which. */
export function usualSeries(plan: Pick<Plan, "kind" | "recorded">): Series[] {
  const names = defaultOutcomes[plan.kind]
    .filter(({ per, table }) => per === null && isClock(plan, table))
    .map(({ table, column }) => `${table}.${column}`);
  return [...new Set(names)].map((name) => seriesFrom(name, plan));
}

/** Tables with one row a moment: those of single events are none. */
const isClock = ({ recorded }: Pick<Plan, "recorded">, name: string): boolean => {
  const table = recorded.find((one) => one.name === name);
  return table !== undefined && hasTime(table) && table.columns[0].name !== "number";
};
