/** The table of a sweep's runs: one row a run, with its seed, parameters and outcomes. */
import type { Cell, Column, ColumnType, TableDefinition } from "../../sim/records.ts";
import type { Axis } from "../plans/axis.ts";
import type { Value } from "../plans/expression.ts";
import type { PlanDefinition, PlannedRun } from "../plans/plan.ts";
import { pointsOf } from "../plans/points.ts";
import type { RunEntry } from "../store/journal.ts";

export const RUNS_TABLE = "runs";

export class RunsTable {
  readonly definition: TableDefinition;
  private readonly types: ReadonlyMap<string, ColumnType>;
  private readonly parameters: readonly string[];
  private readonly nothing: readonly null[];

  constructor(plan: PlanDefinition) {
    const first = firstValues(plan);
    this.types = new Map([
      ...plan.parameters.map(({ name, axis }) => [name, typeOfAxis(axis)] as const),
      ...plan.derived.map(({ name }) => [name, typeOfValues([first[name]])] as const),
    ]);
    this.parameters = [...this.types.keys()];
    this.nothing = plan.outcomes.map(() => null);
    const column = (name: string, type: ColumnType, meaning: string, unit = ""): Column => ({
      ...{ name, type, unit, meaning },
    });
    const parameters = [...plan.parameters, ...plan.derived].map(({ name, paths }) =>
      column(
        name,
        this.types.get(name)!,
        paths.length === 0 ? "parameter" : `parameter: ${paths.join(", ")}`,
      ),
    );
    this.definition = {
      name: RUNS_TABLE,
      meaning: "The runs of a sweep: what was set, and what came out.",
      columns: [
        column("run", "u32", "which run of the plan, from 0"),
        column("point", "u32", "which point of the design, from 0"),
        column("replicate", "u32", "which of the point's seeds, from 0"),
        column("seed", "text", "the source of all its chance"),
        ...parameters,
        ...plan.outcomes.map(({ name }) => column(name, "f64", "outcome")),
        column("status", "text", "done, failed, or rejected (a constraint forbids the point)"),
        column("error", "text", "why it failed, or the constraint that rejects it"),
        column("key", "text", "content address: runs with the same key have the same outcomes"),
      ],
    };
  }

  /** `entry` is null for a run that a constraint rejects. */
  row(planned: PlannedRun, entry: RunEntry | null, key: string): Cell[] {
    const { parameters, rejected } = planned;
    return [
      ...[planned.index, planned.point, planned.replicate, planned.seed],
      ...this.parameters.map((name) => cellOf(parameters[name], this.types.get(name)!)),
      ...(entry?.outcomes ?? this.nothing),
      entry?.status ?? "rejected",
      entry ? (entry.error ?? null) : rejected,
      key,
    ];
  }
}

const LOOKED_AT = 1_000;

/** Of each derived value the first that there is: at the very first point it may have none. */
function firstValues(plan: PlanDefinition): Readonly<Record<string, Value>> {
  const found: Record<string, Value> = {};
  if (plan.derived.length === 0) return found;
  const { at, points, replicates } = pointsOf(plan);
  for (let point = 0; point < Math.min(points, LOOKED_AT); point++) {
    Object.assign(found, { ...at(point * replicates).parameters, ...found });
    if (plan.derived.every(({ name }) => Object.hasOwn(found, name))) break;
  }
  return found;
}

/** What a column of these values holds: numbers, where nothing is known. */
function typeOfValues(values: readonly (Value | undefined)[]): ColumnType {
  if (values.every((value) => typeof value === "number" || value === undefined)) return "f64";
  return values.every((value) => typeof value === "boolean") ? "bool" : "text";
}

const typeOfAxis = (axis: Axis): ColumnType =>
  axis.kind === "range" ? "f64" : typeOfValues(axis.values);

function cellOf(value: Value | undefined, type: ColumnType): Cell {
  if (value === undefined) return null;
  if (type === "text") return String(value);
  if (type === "f64") return Number.isFinite(Number(value)) ? Number(value) : null;
  return Boolean(value);
}
