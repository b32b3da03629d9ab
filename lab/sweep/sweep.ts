/**
 * A sweep: every run of a plan, made by an executor, written down as it comes, and in the end the
 * tables. Killed at any moment, the same call goes on where it was.
 */
import type { Plan } from "../plans/plan.ts";
import type { RunCounts } from "../store/journal.ts";
import { forgetBroken } from "./assemble.ts";
import { finishSweep, manifestOfTables } from "./finish.ts";
import { identityOf } from "./identity.ts";
import { localExecutor } from "./local-executor.ts";
import { type KnownElsewhere, Pending } from "./pending.ts";
import { type Part, SweepFolder, WHOLE } from "./sweep-folder.ts";
import { completeManifest, type SweepManifest } from "./sweep-manifest.ts";
import { type Executor, type Job, type Task, TaskCrashed, type TaskResult } from "./task.ts";

export interface SweepProgress {
  readonly phase: "runs" | "tables";
  /** Runs of this folder that need nothing more, and how many there are. */
  readonly settled: number;
  readonly of: number;
  readonly failed: number;
}

export interface SweepRequest {
  readonly plan: Plan;
  readonly outDir: string;
  /** Threads of the local executor; 0 for none. */
  readonly workers: number;
  readonly part?: Part;
  /** Another executor than the local one. */
  readonly openExecutor?: (job: Job, folder: SweepFolder) => Executor | Promise<Executor>;
  /** Results that are known from elsewhere. */
  readonly knownElsewhere?: KnownElsewhere;
  readonly retryFailed?: boolean;
  /** Aborted: the sweep stops after the steps at work and keeps what is done. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SweepProgress) => void;
  /** One line about something that was found and mended. */
  readonly onNote?: (line: string) => void;
}

export interface SweepResult {
  readonly dir: string;
  /** Null where the sweep was stopped before its end. */
  readonly manifest: SweepManifest | null;
  /** Nothing was left to do. */
  readonly wasComplete: boolean;
  readonly counts: RunCounts;
}

/**
 * Throws InputError for a folder that cannot be used, DiskFull or ExecutorGone where the sweep
 * cannot go on; what was recorded until then is kept. A sweep that began with this call and
 * recorded nothing leaves nothing behind.
 */
export async function runSweep(request: SweepRequest): Promise<SweepResult> {
  const { plan, outDir, part = WHOLE } = request;
  const folder = SweepFolder.open(outDir, plan.name, identityOf(plan), part);
  try {
    return await new Sweep(folder, request).run();
  } catch (error) {
    folder.abandon();
    throw error;
  } finally {
    folder.close();
  }
}

const FLUSH_MS = 200;

/** Told where a sweep ended, or was killed, between its tables and its manifest. */
export const TABLES_STAND = "the tables stand whole; manifest.json is written again";

class Sweep {
  private readonly started = performance.now();
  private readonly total: number;
  private readonly pending: Pending;
  private readonly crashes = new Map<number, number>();
  private flushed = performance.now();
  private settled = 0;
  private failed = 0;

  constructor(
    private readonly folder: SweepFolder,
    private readonly request: SweepRequest,
  ) {
    const { plan, knownElsewhere, retryFailed = false } = request;
    this.pending = new Pending(folder, { retryFailed, knownElsewhere });
    const { index, of } = folder.file.part;
    this.total = Math.max(0, Math.ceil((plan.size - index) / of));
  }

  async run(): Promise<SweepResult> {
    const { folder, request } = this;
    const { journal } = folder;
    const { dir } = folder;
    const before = this.isToBeLeft() ? this.knownManifest() : null;
    if (before) return { dir, manifest: before, wasComplete: true, counts: before.runs };
    if (journal.brokenLines > 0) {
      request.onNote?.(
        `${journal.path}: ${journal.brokenLines} broken lines; their runs are made again`,
      );
    }
    folder.sweepOut();
    this.mendShards();
    const isWhole = await this.makeRuns();
    journal.flush();
    if (!isWhole) return { dir, manifest: null, wasComplete: false, counts: this.counts() };
    const manifest = await finishSweep(folder, {
      ...{ counts: this.counts(), started: this.started, signal: request.signal },
      onRun: (settled) =>
        request.onProgress?.({ phase: "tables", settled, of: this.total, failed: 0 }),
    });
    return { dir, manifest, wasComplete: false, counts: this.counts() };
  }

  /** Null where something is left to do. */
  private knownManifest(): SweepManifest | null {
    const { folder, request } = this;
    const there = completeManifest(folder.dir, folder.file.digest);
    if (there) return there;
    const again = manifestOfTables(folder);
    if (again) request.onNote?.(TABLES_STAND);
    return again;
  }

  /** Whether nothing is to be made again, where the manifest says that all is made. */
  private isToBeLeft(): boolean {
    const { folder, request } = this;
    if (request.retryFailed && folder.journal.count("failed") > 0) return false;
    // A part keeps its shards for the merge; a whole sweep's have become tables.
    return folder.file.part.of === 1 || this.mendShards();
  }

  /** False where shards were broken, and their runs are to be made again. */
  private mendShards(): boolean {
    const lines = forgetBroken(this.folder);
    for (const line of lines) this.request.onNote?.(line);
    return lines.length === 0;
  }

  /** False where it was stopped. */
  private async makeRuns(): Promise<boolean> {
    const { folder, request } = this;
    const { signal, plan } = request;
    const { pending } = this;
    const isDone = pending.isEmpty;
    this.countSettled();
    if (isDone) return true;
    const { definition, scenarioPath, limits } = plan;
    const job: Job = { definition, scenarioPath, limits };
    const open = request.openExecutor ?? (() => localExecutor(job, folder.shards, request.workers));
    const executor = await open(job, folder);
    pending.blockRuns = executor.blockRuns;
    pending.lanes = executor.slots;
    let task = pending.next();
    const underWay = new Set<Promise<void>>();
    let failure: unknown = null;
    const stop = () => executor.stop();
    signal?.addEventListener("abort", stop);
    const begin = (one: Task) => {
      const settled = this.carryOut(one, executor, pending)
        .catch((error: unknown) => {
          failure ??= error;
          executor.stop();
        })
        .finally(() => underWay.delete(settled));
      underWay.add(settled);
    };
    try {
      while (failure === null && !signal?.aborted) {
        while (task && underWay.size < executor.slots) {
          begin(task);
          task = pending.next();
        }
        if (underWay.size === 0) break;
        await Promise.race(underWay);
        task ??= pending.next();
      }
      await Promise.all(underWay);
    } finally {
      signal?.removeEventListener("abort", stop);
      await executor.close();
    }
    if (failure !== null) {
      this.tryToFlush();
      throw failure;
    }
    return !signal?.aborted && pending.isEmpty;
  }

  private async carryOut(task: Task, executor: Executor, pending: Pending): Promise<void> {
    let result: TaskResult;
    try {
      result = await executor.run(task);
    } catch (error) {
      if (!(error instanceof TaskCrashed)) throw error;
      this.afterCrash(task, error, pending);
      return;
    }
    const { entries, shard, milliseconds } = result;
    const { journal } = this.folder;
    if (shard) journal.append(shard);
    for (const entry of entries) {
      journal.append(entry);
      if (entry.status === "failed") this.failed++;
    }
    pending.learn(entries.length, milliseconds);
    this.settled += entries.length;
    this.tell();
    if (performance.now() - this.flushed > FLUSH_MS) {
      journal.flushSoon();
      this.flushed = performance.now();
    }
  }

  /** The run at fault is tried again on its own; when it fails twice so, that is its result. */
  private afterCrash({ runs }: Task, { run, message }: TaskCrashed, pending: Pending): void {
    const at = runs.indexOf(run);
    if (runs.length > 1) {
      if (at < 0) pending.putBack(...runs.map((one) => [one]));
      else pending.putBack(runs.slice(0, at), [run], runs.slice(at + 1));
      return;
    }
    const [only] = runs;
    const crashes = (this.crashes.get(only) ?? 0) + 1;
    this.crashes.set(only, crashes);
    if (crashes < 2) {
      pending.putBack([only]);
      return;
    }
    const { outcomes } = this.folder.file.identity.definition;
    const error = message;
    this.folder.journal.append({
      ...{ run: only, status: "failed", error, outcomes: outcomes.map(() => null) },
    });
    this.failed++;
    this.settled++;
    this.tell();
  }

  private tell(): void {
    const { total, failed } = this;
    const settled = this.settled + this.pending.rejected + this.pending.aside;
    this.request.onProgress?.({ phase: "runs", settled, of: total, failed });
  }

  /** What is settled before the first task: what was known, and what constraints reject. */
  private countSettled(): void {
    const { journal } = this.folder;
    this.failed = journal.count("failed");
    const known = journal.count("done") + journal.count("same") + this.failed;
    // Those put aside on the way to the first task are in the journal already.
    this.settled = known - this.pending.aside;
    this.tell();
  }

  private counts(): RunCounts {
    const { journal } = this.folder;
    const [done, failed, same] = (["done", "failed", "same"] as const).map((status) =>
      journal.count(status),
    );
    return { done, failed, same, rejected: this.pending.rejected };
  }

  private tryToFlush(): void {
    try {
      this.folder.journal.flush();
    } catch {
      // The failure that ended the sweep is told; runs that were not written are made again.
    }
  }
}
