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
  return {
    ...{ name, precision: "float32", device, isSoftware, work: runner.work },
    consensus: (batch) => consensusOnGpu(runner, batch),
    answers: (batch) => answersOnGpu(runner, batch),
    paths: (batch) => pathsOnGpu(runner, batch),
    dispose: async () => {
      await gpu.destroy();
    },
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
