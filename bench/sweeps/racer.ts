/**
 * One side of a race, as a process of its own:
 *
 *   node dist/bench/sweeps/racer.js KIND sweep|bare THREADS RUNS
 *
 * warms its threads with all of its runs once, says "ready" to its parent, and makes them again at
 * each "go"; the answer is what the process's threads spent, in seconds of CPU.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtWorker, startPool } from "../../lab/pool.ts";
import { localExecutor } from "../../lab/sweep/local-executor.ts";
import { runSweep } from "../../lab/sweep/sweep.ts";
import type { Executor, Task, TaskResult } from "../../lab/sweep/task.ts";
import { timed } from "../turns.ts";
import { jobOf, kinds, planOf } from "./kinds.ts";

export interface RacerReport {
  readonly cpuSeconds: number;
  /** Of it the main thread's; null where the system does not tell. */
  readonly mainSeconds: number | null;
}

const [kindName, way, threadsText, runsText] = process.argv.slice(2);
const threads = Number(threadsText);
const runs = Number(runsText);
const kind = kinds.find(({ name }) => name === kindName)!;
const place = mkdtempSync(join(tmpdir(), "hivelab-racer-"));
const plan = planOf(kind, runs, place);
const once = way === "bare" ? bareRuns() : sweeps();

/** Handed to the threads in parts of a task's length. */
function bareRuns(): () => Promise<void> {
  const filename = builtWorker("bare-runs", import.meta.url)!;
  const pool = startPool({ filename, workers: threads, workerData: jobOf(plan) });
  const size = kind.taskRuns;
  const parts = Array.from({ length: Math.ceil(runs / size) }, (_, k) => ({
    from: k * size,
    to: Math.min(runs, (k + 1) * size),
  }));
  return async () => {
    await Promise.all(parts.map((part) => pool.run(part)));
  };
}

/** Whole sweeps, folder and tables included, on threads that stay from one to the next. */
function sweeps(): () => Promise<void> {
  const executor = evenTasks(localExecutor(jobOf(plan), join(place, "shards"), threads));
  let count = 0;
  return async () => {
    const outDir = join(place, `sweep-${count++}`);
    await runSweep({ plan, outDir, workers: threads, openExecutor: () => executor });
  };
}

/**
 * Its tasks seem to take the usual time: a process that is halted in between would take its runs for
 * slow ones and make its tasks shorter.
 */
function evenTasks(executor: Executor): Executor {
  const run = async (task: Task): Promise<TaskResult> => {
    const result = await executor.run(task);
    return { ...result, milliseconds: (100 / kind.taskRuns) * result.entries.length };
  };
  return { slots: executor.slots, run, stop() {}, async close() {} };
}

async function race(): Promise<void> {
  const before = mainSeconds();
  const { cpu } = await timed(once);
  const after = mainSeconds();
  const own = after === null || before === null ? null : after - before;
  const report: RacerReport = { cpuSeconds: cpu, mainSeconds: own };
  process.send!(report);
}

/** What the main thread spent so far, in seconds of CPU. */
function mainSeconds(): number | null {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8");
    return Number(text.split(" ")[0]) / 1e9;
  } catch {
    return null;
  }
}

await once();
process.on("message", () => void race());
process.on("disconnect", () => {
  rmSync(place, { recursive: true, force: true });
  process.exit();
});
process.send!("ready");
