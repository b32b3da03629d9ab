/** Makes runs of a plan, one at a time: what a worker does with a task. */
import { InputMemory } from "../../scenarios/input-memory.ts";
import type { RecordSink } from "../../sim/records.ts";
import { RunStopped } from "../engine.ts";
import { type WantedRows, wantedRows } from "../outcomes/outcome.ts";
import { OutcomeSink } from "../outcomes/outcome-sink.ts";
import type { PlannedRun } from "../plans/plan.ts";
import { type Points, pointsOf } from "../plans/points.ts";
import { runSubject } from "../plans/run-subject.ts";
import { isDiskFull } from "../store/durable.ts";
import type { RunEntry } from "../store/journal.ts";
import { ShardWriter } from "../store/shard.ts";
import type { Job, Task, TaskResult } from "./task.ts";

/** Who watches a task: told which run is at work, and asked whether to go on. */
export interface Watch {
  started(position: number): void;
  isStopped(): boolean;
}

class TookTooLong extends Error {}

const MAX_ERROR_CHARACTERS = 500;

export class Runner {
  private readonly memory = new InputMemory();
  private readonly points: Points;
  private readonly wanted: WantedRows;

  constructor(readonly job: Job) {
    const { definition } = job;
    this.points = pointsOf(definition);
    this.wanted = wantedRows(definition.outcomes, definition.tables);
  }

  /** `shardFolder` is where rows go that are kept. Throws DiskFull; a failed run is an entry. */
  task(task: Task, shardFolder: string, watch: Watch): TaskResult {
    const start = performance.now();
    const kept = new Set(this.job.definition.tables);
    const writer = task.shard === null ? null : new ShardWriter(shardFolder, task.shard, kept);
    const entries: RunEntry[] = [];
    try {
      for (const [position, run] of task.runs.entries()) {
        if (watch.isStopped()) break;
        watch.started(position);
        const entry = this.run(this.points.at(run), writer, watch);
        if (!entry) break;
        entries.push(entry);
      }
      const shard = writer?.finish() ?? null;
      return { entries, shard, milliseconds: performance.now() - start };
    } catch (error) {
      writer?.abort();
      throw error;
    }
  }

  /** Null where the sweep was stopped before its end. */
  private run(planned: PlannedRun, writer: ShardWriter | null, watch: Watch): RunEntry | null {
    const { outcomes } = this.job.definition;
    const measured = new OutcomeSink(outcomes, planned.parameters);
    writer?.startRun(planned.index);
    const sink = writer ? both(measured, writer) : measured;
    try {
      this.simulate(planned, sink, watch);
    } catch (error) {
      if (error instanceof RunStopped) return null;
      if (isDiskFull(error)) throw error;
      return {
        ...{ run: planned.index, status: "failed", error: errorLine(error) },
        outcomes: outcomes.map(() => null),
      };
    }
    const values = measured.values();
    const entry: RunEntry = {
      ...{ run: planned.index, status: "done" },
      outcomes: outcomes.map(({ name }) => values[name]),
    };
    return writer ? { ...entry, shard: writer.name, rows: writer.endRun() } : entry;
  }

  private simulate(planned: PlannedRun, sink: RecordSink, watch: Watch): void {
    const { scenarioPath: path, definition, limits } = this.job;
    const isOver = clockOf(limits.run_seconds);
    const onProgress = () => {
      if (isOver?.()) throw new TookTooLong(tooLong(limits.run_seconds!));
      return !watch.isStopped();
    };
    const options = { memory: this.memory, ...this.wanted, onProgress };
    runSubject({ kind: definition.kind, path }, planned.sets, sink, options);
  }
}

/** Asked every few steps, of which a small world makes a million a second: without a limit, no clock. */
function clockOf(seconds: number | undefined): (() => boolean) | null {
  if (seconds === undefined) return null;
  const end = performance.now() + 1_000 * seconds;
  return () => performance.now() > end;
}

export const tooLong = (seconds: number): string => `took longer than ${seconds} s`;

/** The first line of what went wrong. */
function errorLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line] = text.split("\n");
  return line.slice(0, MAX_ERROR_CHARACTERS);
}

const both = (first: RecordSink, second: RecordSink): RecordSink => ({
  append(table, row) {
    first.append(table, row);
    second.append(table, row);
  },
});
