/** What a worker does beside the engine: its tasks against bare runs, turn about in one thread. */
import { Runner } from "../../lab/sweep/runner.ts";
import { Signals } from "../../lab/sweep/signals.ts";
import type { Job } from "../../lab/sweep/task.ts";
import { Turns } from "../turns.ts";
import { bareEngine } from "./bare-engine.ts";

const WARM_TURNS = 20;
const TURNS = 80;

/** How long a task takes, over the same runs on the bare engine; tasks of so many runs. */
export async function inThread(job: Job, taskRuns: number): Promise<number> {
  const makeRun = bareEngine(job);
  const runner = new Runner(job);
  const signals = new Signals();
  const watch = {
    started: (position: number) => signals.start(position),
    isStopped: () => signals.isStopped,
  };
  const runs = Array.from({ length: taskRuns }, (_, run) => run);
  const works = {
    bare: () => runs.forEach(makeRun),
    lab: () => void runner.task({ runs, shard: null }, "", watch),
  };
  await Turns.take(WARM_TURNS, works);
  const turns = await Turns.take(TURNS, works);
  return turns.within((spent) => spent("lab") / spent("bare"));
}
