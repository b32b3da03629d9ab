/**
 * A long run that can go on after anything: every so often its state and its rows are on the disk.
 * Its tables are those of a run without checkpoints, to the byte.
 */
import { join, resolve } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { type AnyLoadedScenario, loadAnyScenario } from "../../scenarios/load-flock.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { drive, openSimulation, RunStopped, sourcesOf, tablesOf } from "../engine.ts";
import type { Manifest } from "../manifest.ts";
import { nameOf, type RunResult } from "../run.ts";
import { openRun } from "../run-folder.ts";
import type { RunSpan, Simulation } from "../simulation.ts";
import type { ShardEntry } from "../store/journal.ts";
import { ShardTable, ShardWriter } from "../store/shard.ts";
import { copyColumn } from "../tables/copy-column.ts";
import type { TableFileSink } from "../tables/table-file-sink.ts";
import { version } from "../version.ts";
import { StagedSnapshots } from "./stages.ts";
import { WorkFolder } from "./work-folder.ts";

export interface CheckpointRequest {
  readonly scenarioPath: string;
  readonly sets: readonly string[];
  readonly outDir: string;
  /** Simulated time: 30d, 12h. */
  readonly every: string;
  readonly report: boolean;
}

export interface CheckpointHooks {
  readonly writeReport?: (folder: string, manifest: Manifest) => void | Promise<void>;
  readonly onStart?: (span: RunSpan) => void | Promise<void>;
  /** Returning false makes a checkpoint and stops. */
  readonly onProgress?: (block: number) => boolean | undefined;
}

/** Throws InputError, and RunStopped where a hook says so; `resumeRun` then goes on. */
export function runWithCheckpoints(
  request: CheckpointRequest,
  hooks: CheckpointHooks,
): Promise<RunResult> {
  secondsOf(request.every);
  const any = loadAnyScenario(request.scenarioPath, request.sets);
  const scenarioPath = resolve(request.scenarioPath);
  const files = sourcesOf(any).map(({ path, sha256 }) => ({ path, sha256 }));
  const folder = WorkFolder.begin({ ...request, scenarioPath, version, files });
  return new CheckpointedRun(folder, any, hooks).run().finally(() => folder.unlock());
}

/** Whether the run that is unfinished at this place wants a report. Throws InputError. */
export const wantsReport = (outDir: string): boolean => WorkFolder.find(outDir).run.report;

/** Goes on with a run that was stopped or killed. Throws InputError where it cannot. */
export function resumeRun(outDir: string, hooks: CheckpointHooks): Promise<RunResult> {
  const folder = WorkFolder.find(outDir);
  const { run } = folder;
  const refuse = (problem: string, remedy: string) =>
    new InputError([{ file: folder.dir, field: "", problem, remedy }]);
  if (run.version !== version) {
    throw refuse(`was begun by hivelab ${run.version}`, "go on with that version");
  }
  const any = loadAnyScenario(run.scenarioPath, run.sets);
  const sources = sourcesOf(any);
  const changed = run.files.find(({ sha256 }, k) => sources[k]?.sha256 !== sha256);
  if (changed) throw refuse(`${changed.path} has changed since`, "put it back as it was");
  folder.lock();
  return new CheckpointedRun(folder, any, hooks).run().finally(() => folder.unlock());
}

/** Seconds of simulated time. Throws InputError. */
export function secondsOf(every: string): number {
  const [, count, unit] = /^(\d{1,6}(?:\.\d{1,3})?)([dh])$/.exec(every) ?? [];
  const seconds = Number(count) * (unit === "d" ? 86_400 : 3_600);
  if (seconds > 0) return seconds;
  const problem = `${JSON.stringify(every)} is not right here`;
  const remedy = "simulated time, such as 30d or 12h";
  throw new InputError([{ file: "--checkpoint-every", field: "", problem, remedy }]);
}

const BLOCK_SECONDS = 12;

/** Rows go to the segment at work; before there is one, nowhere. */
class SegmentSink implements RecordSink {
  writer: ShardWriter | null = null;

  append(table: TableDefinition, row: Parameters<RecordSink["append"]>[1]): void {
    this.writer?.append(table, row);
  }
}

class CheckpointedRun {
  private readonly sink = new SegmentSink();
  private readonly tables: readonly TableDefinition[];
  private segments: readonly ShardEntry[] = [];
  private number = 0;

  constructor(
    private readonly folder: WorkFolder,
    private readonly any: AnyLoadedScenario,
    private readonly hooks: CheckpointHooks,
  ) {
    this.tables = tablesOf(any);
  }

  async run(): Promise<RunResult> {
    const started = performance.now();
    const latest = this.folder.latest();
    this.folder.sweepOut(latest?.checkpoint ?? null);
    // What a world writes when it is built is in the first segment.
    if (!latest) this.beginSegment();
    const simulation = openSimulation(this.any, this.sink);
    const snapshots = new StagedSnapshots(simulation);
    if (latest) {
      snapshots.restore(latest.state);
      this.segments = latest.checkpoint.segments;
      this.number = latest.checkpoint.number;
      this.beginSegment();
    }
    await this.hooks.onStart?.(simulation.span);
    const simulateStart = performance.now();
    await this.simulate(simulation, snapshots);
    const end = performance.now();
    this.endSegment();
    const result = await this.finish(simulation, {
      load_s: seconds(started, simulateStart),
      simulate_s: seconds(simulateStart, end),
    });
    this.folder.remove();
    return result;
  }

  private async simulate(simulation: Simulation, snapshots: StagedSnapshots): Promise<void> {
    const { every } = this.folder.run;
    const unit = simulation.span.unit?.seconds ?? BLOCK_SECONDS;
    const interval = Math.max(1, Math.round(secondsOf(every) / unit));
    let next = simulation.position + interval;
    await drive(simulation, {
      onProgress: (position) => {
        snapshots.follow();
        const isStopped = this.hooks.onProgress?.(position) === false;
        if ((position >= next || isStopped) && !simulation.isDone) {
          this.checkpoint(position, snapshots);
          next = position + interval;
        }
        if (isStopped) throw new RunStopped("stopped at a checkpoint");
        return true;
      },
    });
  }

  private checkpoint(position: number, snapshots: StagedSnapshots): void {
    this.endSegment();
    this.number++;
    const { number, segments } = this;
    this.folder.keep({ number, position, segments }, snapshots.save());
    this.beginSegment();
  }

  private beginSegment(): void {
    const wanted = new Set(this.tables.map(({ name }) => name));
    this.sink.writer = new ShardWriter(this.folder.segments, `${this.number}`, wanted);
  }

  private endSegment(): void {
    const segment = this.sink.writer!.finish();
    this.sink.writer = null;
    this.segments = [...this.segments, segment];
  }

  private async finish(
    simulation: Simulation,
    timings: Readonly<Record<string, number>>,
  ): Promise<RunResult> {
    const { tables, hooks } = this;
    const { outDir } = this.folder;
    const { scenarioPath } = this.folder.run;
    const run = openRun(outDir, { tables, writeReport: hooks.writeReport });
    try {
      for (const segment of this.segments) {
        await copySegment(join(this.folder.segments, segment.shard), segment, tables, run.sink);
      }
      const { title, completed, ...facts } = simulation.facts();
      const name = nameOf(scenarioPath);
      return await run.finish({ scenario: { name, title, completed }, ...facts, timings });
    } catch (error) {
      run.abort();
      throw error;
    }
  }
}

/** The rows of a segment go behind those that the tables have. */
async function copySegment(
  folder: string,
  { files }: ShardEntry,
  tables: readonly TableDefinition[],
  sink: TableFileSink,
): Promise<void> {
  for (const { table: name } of files) {
    const definition = tables.find((table) => table.name === name)!;
    const { batch: target } = sink.file(definition);
    const source = await ShardTable.open(join(folder, `${name}.arrow`));
    for await (const batch of source.batches()) {
      target.appendMany(batch.numRows, (columns, at, from, count) => {
        // The first column of a segment is the run, of which there is one.
        for (const [k, column] of columns.entries()) {
          copyColumn(column, at, { data: batch.data.children[k + 1], from, count });
        }
      });
    }
    await source.close();
  }
}

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
