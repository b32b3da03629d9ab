/** The bare engine: loads and simulates runs of a plan and keeps nothing but a last row. */
import { simulateScenario } from "../../lab/engine.ts";
import { wantedRows } from "../../lab/outcomes/outcome.ts";
import { pointsOf } from "../../lab/plans/points.ts";
import type { Job } from "../../lab/sweep/task.ts";
import { InputMemory } from "../../scenarios/input-memory.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import type { Cell, RecordSink, TableDefinition } from "../../sim/records.ts";

/** A row that nobody takes is not made at all: the compiler sees through an empty sink. */
class LastRow implements RecordSink {
  row: readonly Cell[] = [];

  append(_: TableDefinition, row: readonly Cell[]): void {
    this.row = row;
  }
}

/** Makes run after run of a job, with what a sweep's worker remembers from one to the next. */
export function bareEngine({ definition, scenarioPath }: Job): (run: number) => void {
  const memory = new InputMemory();
  const sink = new LastRow();
  const points = pointsOf(definition);
  const { tables } = wantedRows(definition.outcomes);
  return (run) => {
    const loaded = loadAnyScenario(scenarioPath, points.at(run).sets, memory);
    simulateScenario(loaded, sink, { tables });
  };
}
