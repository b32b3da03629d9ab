/** Measures outcomes on the rows of a run while they pass; no row is kept. */
import type { Cell, RecordSink, TableDefinition } from "../../sim/records.ts";
import { type Expression, parseExpression, type Value } from "../plans/expression.ts";
import { type ComputedOutcome, isComputed, type MeasuredOutcome, type Outcome } from "./outcome.ts";
import { type Reducer, reducer } from "./reduce.ts";

/** By the outcome's name; null where no row was there to measure. */
export type OutcomeValues = Readonly<Record<string, number | null>>;

/** A number for what a column holds: amounts in rao lose what a double cannot hold. */
const numberOf = (cell: Cell): number | null => (isMeasurable(cell) ? Number(cell) : null);

const isMeasurable = (cell: Cell): boolean => cell !== null && typeof cell !== "string";

/** One outcome's state, for the columns of its table. */
class Gauge {
  private readonly column: number;
  private readonly per: number;
  private readonly conditions: readonly (readonly [column: number, value: Cell])[];
  /** Of all rows where there are no groups. */
  private readonly whole: Reducer;
  private readonly groups = new Map<Cell, Reducer>();
  /** Of outcomes that want the last row alone, its cell: one of thousands becomes a number. */
  private readonly isLastOfAll: boolean;
  private lastCell: Cell = null;

  constructor(
    readonly outcome: MeasuredOutcome,
    table: TableDefinition,
  ) {
    const index = (name: string): number => {
      const found = table.columns.findIndex((column) => column.name === name);
      if (found < 0) throw new Error(`outcome ${outcome.name}: ${table.name} has no ${name}`);
      return found;
    };
    this.whole = reducer(outcome.at, outcome.q);
    this.column = index(outcome.column);
    this.per = outcome.per === null ? -1 : index(outcome.per);
    this.isLastOfAll = outcome.at === "last" && this.per < 0;
    this.conditions = Object.entries(outcome.where).map(([name, value]) => {
      const at = index(name);
      const isWide = table.columns[at].type === "i64" && typeof value === "number";
      return [at, isWide ? BigInt(value) : value] as const;
    });
  }

  append(row: readonly Cell[]): void {
    const { conditions, outcome } = this;
    for (let k = 0; k < conditions.length; k++) {
      if (row[conditions[k][0]] !== conditions[k][1]) return;
    }
    if (this.isLastOfAll) {
      const cell = row[this.column];
      if (isMeasurable(cell)) this.lastCell = cell;
      return;
    }
    const { at, q } = outcome;
    // Rows are counted whatever their column holds.
    const value = at === "count" ? 0 : numberOf(row[this.column]);
    if (value === null) return;
    if (this.per < 0) {
      this.whole.add(value);
      return;
    }
    const group = row[this.per];
    let state = this.groups.get(group);
    if (!state) {
      state = reducer(at, q);
      this.groups.set(group, state);
    }
    state.add(value);
  }

  value(): number | null {
    const { per, over, q } = this.outcome;
    if (this.isLastOfAll) return numberOf(this.lastCell);
    if (per === null) return this.whole.value();
    const total = reducer(over, q);
    for (const state of this.groups.values()) total.add(state.value()!);
    return total.value();
  }
}

/** Rows of other tables are let through at the cost of one look-up. */
export class OutcomeSink implements RecordSink {
  private readonly gauges = new Map<string, Gauge[]>();
  private readonly waiting = new Map<string, MeasuredOutcome[]>();
  private lastTable: TableDefinition | null = null;
  private lastGauges: readonly Gauge[] = [];

  constructor(
    private readonly outcomes: readonly Outcome[],
    /** The run's parameters, which formulas may name. */
    private readonly parameters: Readonly<Record<string, Value>> = {},
  ) {
    for (const outcome of outcomes) {
      if (isComputed(outcome)) continue;
      const others = this.waiting.get(outcome.table) ?? [];
      this.waiting.set(outcome.table, [...others, outcome]);
    }
  }

  append(table: TableDefinition, row: readonly Cell[]): void {
    // Most rows are of the table of the row before.
    if (table !== this.lastTable) {
      this.lastTable = table;
      this.lastGauges = this.gaugesOf(table);
    }
    const gauges = this.lastGauges;
    for (let k = 0; k < gauges.length; k++) gauges[k].append(row);
  }

  private gaugesOf(table: TableDefinition): readonly Gauge[] {
    const known = this.gauges.get(table.name);
    if (known) return known;
    const own = this.waiting.get(table.name) ?? [];
    const gauges = own.map((outcome) => new Gauge(outcome, table));
    this.gauges.set(table.name, gauges);
    return gauges;
  }

  /** All outcomes, in the plan's order. May be asked at any time. */
  values(): OutcomeValues {
    const found: Record<string, number | null> = {};
    for (const outcome of this.outcomes) {
      found[outcome.name] = isComputed(outcome) ? null : this.measured(outcome);
    }
    const known: Record<string, Value | null> = { ...this.parameters, ...found };
    for (const outcome of this.outcomes) {
      if (!isComputed(outcome)) continue;
      const value = formulaOf(outcome).compute(known);
      found[outcome.name] = typeof value === "boolean" ? Number(value) : finite(value);
      known[outcome.name] = found[outcome.name];
    }
    return found;
  }

  private measured(outcome: MeasuredOutcome): number | null {
    const gauge = this.gauges.get(outcome.table)?.find((one) => one.outcome === outcome);
    return gauge ? gauge.value() : outcome.at === "count" ? 0 : null;
  }
}

/** Parsed once for all runs of a plan. */
const formulas = new WeakMap<ComputedOutcome, Expression>();

function formulaOf(outcome: ComputedOutcome): Expression {
  const known = formulas.get(outcome) ?? parseExpression(outcome.value);
  formulas.set(outcome, known);
  return known;
}

/** A formula may divide by nothing; what then comes out is no measurement. */
const finite = (value: Value | null): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
