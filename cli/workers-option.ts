/** `--workers`: how many threads, 0 for none. */
import type { PlanLimits } from "../lab/plans/plan.ts";
import { usualWorkers } from "../lab/pool.ts";
import { wholeFlag } from "./whole-flag.ts";

/** One a processor where nothing is said. Throws InputError. */
export const workersOf = (text: string | undefined): number =>
  text === undefined ? usualWorkers() : wholeFlag("--workers", text, 0, 256);

/** One line where a plan's limit is of threads and there are none; null where it is held. */
export function limitNote({ run_memory_mb }: PlanLimits, workers: number): string | null {
  if (workers > 0 || run_memory_mb === undefined) return null;
  return `--workers 0: limits.run_memory_mb (${run_memory_mb}) is not held, there is no thread to limit; --workers 1 holds it`;
}
