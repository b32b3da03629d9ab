/** Tasks on threads of this process (Piscina), or in this very thread where there are none. */
import { mkdirSync } from "node:fs";
import { builtWorker, type Piscina, startPool } from "../pool.ts";
import { DiskFull, isDiskFull } from "../store/durable.ts";
import { Runner, tooLong } from "./runner.ts";
import { Signals } from "./signals.ts";
import { type Executor, type Job, type Task, TaskCrashed, type TaskResult } from "./task.ts";

const WATCH_MS = 200;
/** A run that does not heed its limit for so long is stopped with its thread. */
const GRACE_SECONDS = 3;

export function localExecutor(job: Job, shardFolder: string, workers: number): Executor {
  mkdirSync(shardFolder, { recursive: true });
  const filename = builtWorker("worker", import.meta.url);
  if (workers === 0 || filename === null) return new InlineExecutor(job, shardFolder);
  const pool = startPool({
    ...{ filename, workers, workerData: { job, shardFolder } },
    memoryMb: job.limits.run_memory_mb,
  });
  return new ThreadExecutor(job, pool, workers);
}

class InlineExecutor implements Executor {
  readonly slots = 1;
  private readonly runner: Runner;
  private isStopped = false;

  constructor(
    job: Job,
    private readonly shardFolder: string,
  ) {
    this.runner = new Runner(job);
  }

  async run(task: Task): Promise<TaskResult> {
    // A breath between tasks, in which Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve));
    return this.runner.task(task, this.shardFolder, {
      started() {},
      isStopped: () => this.isStopped,
    });
  }

  stop(): void {
    this.isStopped = true;
  }

  async close(): Promise<void> {}
}

interface UnderWay {
  readonly task: Task;
  readonly signals: Signals;
  readonly force: AbortController;
}

class ThreadExecutor implements Executor {
  /** One more than there are threads: a thread that is done finds its next task waiting. */
  readonly slots: number;
  private readonly underWay = new Set<UnderWay>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly job: Job,
    private readonly pool: Piscina,
    workers: number,
  ) {
    this.slots = 2 * workers;
    this.timer = setInterval(() => this.watch(), WATCH_MS);
  }

  async run(task: Task): Promise<TaskResult> {
    const one: UnderWay = { task, signals: new Signals(), force: new AbortController() };
    this.underWay.add(one);
    try {
      const { signal } = one.force;
      return await this.pool.run({ task, memory: one.signals.memory }, { signal });
    } catch (error) {
      throw this.failureOf(error, one);
    } finally {
      this.underWay.delete(one);
    }
  }

  stop(): void {
    for (const { signals } of this.underWay) signals.stop();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.destroy();
  }

  private watch(): void {
    const { run_seconds } = this.job.limits;
    if (run_seconds === undefined) return;
    for (const { signals, force } of this.underWay) {
      if (signals.seconds > run_seconds + GRACE_SECONDS) force.abort();
    }
  }

  private failureOf(error: unknown, { task, signals, force }: UnderWay): unknown {
    if (isDiskFull(error)) return new DiskFull((error as Error).message);
    const run = task.runs[signals.position];
    const { run_seconds, run_memory_mb } = this.job.limits;
    if (force.signal.aborted) return new TaskCrashed(run, tooLong(run_seconds!));
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_WORKER_OUT_OF_MEMORY") {
      const limit = run_memory_mb === undefined ? "" : ` (limit ${run_memory_mb} MB)`;
      return new TaskCrashed(run, `needed more memory than there is${limit}`);
    }
    return new TaskCrashed(run, `its worker ended: ${message.split("\n")[0]}`);
  }
}
