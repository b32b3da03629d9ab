/** Worker threads for built code; from the sources (in tests) there are none to be had. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";

export type { Piscina } from "piscina";

/** One a processor, but not more than are sensible on a shared machine. */
export const usualWorkers = (): number => Math.min(64, availableParallelism());

/** The path of `<name>.js` beside a module, or null where only the source is there. */
export function builtWorker(name: string, moduleUrl: string): string | null {
  const path = fileURLToPath(new URL(`./${name}.js`, moduleUrl));
  return existsSync(path) ? path : null;
}

export interface PoolOptions {
  readonly filename: string;
  readonly workers: number;
  readonly workerData?: unknown;
  /** Of each thread's heap. */
  readonly memoryMb?: number;
}

/** A pool whose threads start with it and stay. */
export const startPool = ({ filename, workers, workerData, memoryMb }: PoolOptions): Piscina =>
  new Piscina({
    ...{ filename, minThreads: workers, maxThreads: workers, workerData },
    ...(memoryMb === undefined
      ? {}
      : { resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 64 } }),
  });
