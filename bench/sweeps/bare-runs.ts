/** The bare engine in a thread: what a sweep's workers are compared with. */
import { Piscina } from "piscina";
import type { Job } from "../../lab/sweep/task.ts";
import { bareEngine } from "./bare-engine.ts";

let makeRun: ((run: number) => void) | null = null;

export default function bareRuns({ from, to }: { from: number; to: number }): void {
  makeRun ??= bareEngine(Piscina.workerData as Job);
  for (let run = from; run < to; run++) makeRun(run);
}
