/** What goes to a worker and what comes back; plain data, so that it survives threads and JSON. */
import type { PlanDefinition, PlanLimits } from "../plans/plan.ts";
import type { RunEntry, ShardEntry } from "../store/journal.ts";

/** All that a worker must know of a sweep; the same for each of its tasks. */
export interface Job {
  readonly definition: PlanDefinition;
  readonly scenarioPath: string;
  readonly limits: PlanLimits;
}

/** Some runs of a plan, one after the other. */
export interface Task {
  readonly runs: readonly number[];
  /** What their shard would be called; null where no rows are kept. */
  readonly shard: string | null;
}

export interface TaskResult {
  /** In the task's order; fewer than asked for where the sweep was stopped. */
  readonly entries: readonly RunEntry[];
  readonly shard: ShardEntry | null;
  /** How long they took. */
  readonly milliseconds: number;
}

/** A worker that died, or had to be stopped by force, while it made a run. */
export class TaskCrashed extends Error {
  override readonly name = "TaskCrashed";
  constructor(
    /** The run at work; -1 where that is not known. */
    readonly run: number,
    reason: string,
  ) {
    super(reason);
  }
}

/** Where tasks are carried out: threads of this process, or workers on other machines. */
export interface Executor {
  /** How many tasks are worth having under way. */
  readonly slots: number;
  /** Where tasks must be the same whenever they are made: this many runs, counted from 0. */
  readonly blockRuns?: number;
  /** Throws TaskCrashed, DiskFull, or ExecutorGone when no task can be carried out any more. */
  run(task: Task): Promise<TaskResult>;
  /** Tasks under way end after the step at work, with the runs that are complete. */
  stop(): void;
  close(): Promise<void>;
}

/** The machinery behind an executor is gone; what was recorded is kept. */
export class ExecutorGone extends Error {
  override readonly name = "ExecutorGone";
}
