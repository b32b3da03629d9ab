/** `hivelab worker`: makes runs of sweeps that other machines ask for. */
import { serveTasks } from "../lab/remote/serve.ts";
import { openResultStore } from "../lab/store/result-store.ts";
import { InputError } from "../scenarios/fault.ts";
import { reportAndExit } from "./failure.ts";
import { stopOnSignals } from "./stopping.ts";
import { workersOf } from "./workers-option.ts";

export interface WorkerFlags {
  readonly redis: string;
  readonly results: string;
  readonly workers?: string;
  readonly lease: string;
}

/** Ends with Ctrl-C or SIGTERM, after the tasks at work. */
export async function worker(flags: WorkerFlags): Promise<void> {
  const stopping = stopOnSignals();
  try {
    await serveTasks({
      redisUrl: flags.redis,
      results: await openResultStore(flags.results),
      threads: workersOf(flags.workers),
      leaseSeconds: leaseOf(flags.lease),
      signal: stopping.signal,
      onLine: (line) => console.log(line),
    });
    process.exit(0);
  } catch (error) {
    reportAndExit(error);
  }
}

function leaseOf(text: string): number {
  const seconds = Number(text);
  if (seconds >= 1 && seconds <= 3_600) return seconds;
  const problem = `${JSON.stringify(text)} is not right here`;
  throw new InputError([{ file: "--lease", field: "", problem, remedy: "1 to 3600 seconds" }]);
}
