/**
 * A FLock world: createFlockWorld, then runFlockDays. Only plain data and the agents given to it;
 * the same settings and seed give the same days.
 */
import type { RecordSink } from "../../records.ts";
import { flockTables } from "../tables.ts";
import { stepDay } from "./day.ts";
import { type RecordingPlan, recordDay } from "./record.ts";
import type { FlockWorldState } from "./state.ts";

export type {
  FlockAction,
  FlockAgent,
  FlockView,
  OperatorView,
  TaskView,
  ValidationBatch,
} from "./agent.ts";
export { createFlockWorld, FlockWorldError, type FlockWorldSettings } from "./create.ts";
export type { FlockWorldState } from "./state.ts";

export const ALL_FLOCK_TABLES: ReadonlySet<string> = new Set(flockTables.map(({ name }) => name));

/** Steps `days` days and writes each down. Throws ConservationError when the books are wrong. */
export function runFlockDays(
  world: FlockWorldState,
  days: number,
  sink: RecordSink,
  plan: RecordingPlan = { everyDays: 7, tables: ALL_FLOCK_TABLES },
): void {
  for (let i = 0; i < days; i++) {
    stepDay(world);
    recordDay(world, sink, plan);
  }
}
