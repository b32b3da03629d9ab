/** A thread of the local executor: keeps the scenario's files and kernels for its next task. */
import { Piscina } from "piscina";
import { Runner } from "./runner.ts";
import { Signals } from "./signals.ts";
import type { Job, Task, TaskResult } from "./task.ts";

export interface WorkerData {
  readonly job: Job;
  readonly shardFolder: string;
}

let runner: Runner | null = null;

export default function work({
  task,
  memory,
}: {
  task: Task;
  memory: SharedArrayBuffer;
}): TaskResult {
  const { job, shardFolder } = Piscina.workerData as WorkerData;
  runner ??= new Runner(job);
  const signals = new Signals(memory);
  return runner.task(task, shardFolder, {
    started: (position) => signals.start(position),
    isStopped: () => signals.isStopped,
  });
}
