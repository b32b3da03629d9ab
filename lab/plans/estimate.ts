/** What a plan would cost: a probe run is timed, and its rows are counted. */
import { InputMemory } from "../../scenarios/input-memory.ts";
import type { Cell, ColumnType, RecordSink, TableDefinition } from "../../sim/records.ts";
import { wantedRows } from "../outcomes/outcome.ts";
import { OutcomeSink } from "../outcomes/outcome-sink.ts";
import type { Plan, PlannedRun } from "./plan.ts";
import { runSubject } from "./run-subject.ts";

export interface Estimate {
  /** Runs of the plan, and how many of them a constraint refuses: about, where `isSampled`. */
  readonly runs: number;
  readonly rejected: number;
  readonly isSampled: boolean;
  /** The run that was tried, and how long it took once files and code were warm. */
  readonly probe: PlannedRun | null;
  readonly secondsPerRun: number;
  /** Of all runs on so many workers. */
  readonly seconds: number;
  readonly workers: number;
  /** Rows kept of a run, and what they take with the outcomes of all runs, in bytes. */
  readonly rowsPerRun: number;
  readonly bytes: number;
}

/** Points that are looked at when rejected ones are counted. */
const SAMPLE = 2_000;
/** A first run this short is mostly reading and compiling; it is made again. */
const WARM_SECONDS = 5;
/** A run's own row: index, seed, state, and eight bytes a number. */
const ROW_BYTES = 60;

/** Runs the plan's first point that is not rejected. Throws InputError where that cannot be run. */
export function estimatePlan(plan: Plan, workers: number): Estimate {
  const { rejected, isSampled, first } = sampled(plan);
  const common = { runs: plan.size, rejected, isSampled, workers };
  const numbers = plan.parameters.length + plan.outcomes.length;
  const ownBytes = plan.size * (ROW_BYTES + 8 * numbers);
  if (first === null) {
    return { ...common, probe: null, secondsPerRun: 0, seconds: 0, rowsPerRun: 0, bytes: ownBytes };
  }
  const memory = new InputMemory();
  let { seconds: secondsPerRun, counter } = probe(plan, first, memory);
  if (secondsPerRun < WARM_SECONDS) {
    ({ seconds: secondsPerRun, counter } = probe(plan, first, memory));
  }
  const made = plan.size - rejected;
  return {
    ...common,
    probe: first,
    secondsPerRun,
    seconds: (made * secondsPerRun) / Math.max(1, workers),
    rowsPerRun: counter.rows,
    bytes: ownBytes + made * counter.bytes,
  };
}

function sampled(plan: Plan): { rejected: number; isSampled: boolean; first: PlannedRun | null } {
  const count = Math.min(plan.points, SAMPLE);
  const isSampled = count < plan.points;
  let refused = 0;
  let first: PlannedRun | null = null;
  for (let k = 0; k < count; k++) {
    const point = Math.floor((k * plan.points) / count);
    const run = plan.at(point * plan.replicates);
    if (run.rejected !== null) refused++;
    else first ??= run;
  }
  const rejected = Math.round((refused / count) * plan.points) * plan.replicates;
  return { rejected, isSampled, first };
}

function probe(plan: Plan, run: PlannedRun, memory: InputMemory) {
  const counter = new RowCounter(new Set(plan.definition.tables));
  const outcomes = new OutcomeSink(plan.outcomes, run.parameters);
  const sink: RecordSink = {
    append(table, row) {
      outcomes.append(table, row);
      counter.append(table, row);
    },
  };
  const start = performance.now();
  const wanted = wantedRows(plan.outcomes, plan.definition.tables);
  const subject = { kind: plan.kind, path: plan.scenarioPath };
  runSubject(subject, run.sets, sink, { memory, ...wanted });
  outcomes.values();
  return { seconds: (performance.now() - start) / 1_000, counter };
}

const WIDTHS: Readonly<Record<ColumnType, number>> = {
  ...{ bool: 0.125, u16: 2, u32: 4, i32: 4, i64: 8, f64: 8, text: 4, time: 8 },
};

class RowCounter implements RecordSink {
  rows = 0;
  bytes = 0;
  private readonly widths = new Map<string, number>();

  constructor(private readonly kept: ReadonlySet<string>) {}

  append(table: TableDefinition, _row: readonly Cell[]): void {
    if (!this.kept.has(table.name)) return;
    let width = this.widths.get(table.name);
    if (width === undefined) {
      // Four bytes more say which run a row is of.
      width = table.columns.reduce((sum, { type }) => sum + WIDTHS[type], 4);
      this.widths.set(table.name, width);
    }
    this.rows++;
    this.bytes += width;
  }
}
