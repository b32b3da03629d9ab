/**
 * gpu.js: WebGPU and WebGL where there is a GPU (or a driver that plays one), and its two modes
 * without. All of them give float32. gpu.js is an optional dependency and is loaded when asked for.
 */
import type { Backend, BackendName } from "../types.ts";
import { answersOnGpu } from "./answers.ts";
import { consensusOnGpu } from "./consensus.ts";
import { type OpenedMode, openMode } from "./modes.ts";
import { pathsOnGpu } from "./paths.ts";
import { type GpuLibrary, GpuRunner } from "./runner.ts";

/** Throws with the reason where this machine cannot run the mode. */
export async function gpujsBackend(name: BackendName): Promise<Backend> {
  const library = await loadLibrary();
  const { mode, device, isSoftware }: OpenedMode = await openMode(library, name);
  const gpu = new library.GPU({ mode });
  const runner = new GpuRunner(library, gpu, mode);
  const inTurn = oneByOne(() => runner.startBatch());
  return {
    ...{ name, precision: "float32", device, isSoftware, work: runner.work },
    consensus: (batch) => inTurn(() => consensusOnGpu(runner, batch)),
    answers: (batch) => inTurn(() => answersOnGpu(runner, batch)),
    paths: (batch) => inTurn(() => pathsOnGpu(runner, batch)),
    dispose: async () => {
      runner.forget();
      await gpu.destroy();
    },
  };
}

/** Starts a job when the one before is done: jobs keep what they read in the same places of the device. */
function oneByOne(before: () => void): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const own = last.then(before).then(job);
    last = own.catch(() => undefined);
    return own;
  };
}

async function loadLibrary(): Promise<GpuLibrary> {
  try {
    const module: unknown = await import("gpu.js");
    return ((module as { default?: unknown }).default ?? module) as GpuLibrary;
  } catch {
    throw new Error("gpu.js is not installed (npm install gpu.js)");
  }
}
