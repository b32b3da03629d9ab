/**
 * The bare engine in threads: loads and simulates runs of a plan and keeps nothing but a last row. What
 * a sweep of the same runs is compared with; two such threads show what the machine itself gives.
 */
import { Piscina } from "piscina";
import { simulateScenario } from "../lab/engine.ts";
import { wantedRows } from "../lab/outcomes/outcome.ts";
import { type Points, pointsOf } from "../lab/plans/points.ts";
import type { Job } from "../lab/sweep/task.ts";
import { InputMemory } from "../scenarios/input-memory.ts";
import { loadAnyScenario } from "../scenarios/load-flock.ts";
import type { Cell, RecordSink, TableDefinition } from "../sim/records.ts";

const memory = new InputMemory();
/** A row that nobody takes is not made at all: the compiler sees through an empty sink. */
class LastRow implements RecordSink {
  row: readonly Cell[] = [];

  append(_: TableDefinition, row: readonly Cell[]): void {
    this.row = row;
  }
}
const sink = new LastRow();
let points: Points | null = null;

export default function bareRuns({ from, to }: { from: number; to: number }): void {
  const { definition, scenarioPath } = Piscina.workerData as Job;
  points ??= pointsOf(definition);
  const { tables } = wantedRows(definition.outcomes);
  for (let run = from; run < to; run++) {
    const loaded = loadAnyScenario(scenarioPath, points.at(run).sets, memory);
    simulateScenario(loaded, sink, { tables });
  }
}
