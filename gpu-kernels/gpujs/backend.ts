/**
 * gpu.js: WebGPU and WebGL where there is a GPU (or a driver that plays one), and its two modes
 * without. All of them give float32. gpu.js is an optional dependency and is loaded when asked for.
 */
import type { Backend, BackendName } from "../types.ts";
import { withWinners } from "../typescript/answers.ts";
import { consensusOnGpu } from "./consensus.ts";
import { gradeSum, score } from "./kernels.ts";
import { pathsOnGpu } from "./paths.ts";
import { slicesOf } from "./slices.ts";

/** The part of gpu.js that is used, as it is; its own typings lack some of it. */
interface GpuLibrary {
  readonly GPU: {
    new (settings: { mode: string }): GpuInstance;
    readonly isHeadlessGLSupported: boolean;
    readonly isWebGLSupported: boolean;
  };
  input(values: Float32Array, size: readonly number[]): unknown;
}

interface GpuInstance {
  createKernel(source: unknown, settings: object): (...values: readonly unknown[]) => unknown;
  destroy(): Promise<void>;
}

type Mode = "webgpu" | "webgl" | "headlessgl" | "webasm" | "cpu";

/** A function of kernels.ts. */
type ThreadFunction = (...values: never[]) => number;

/** What the jobs need of gpu.js: kernels by shape, and flat results whatever the mode. */
export interface GpuRunner {
  readonly input: GpuLibrary["input"];
  /** Runs `kernel` for each x of `width` and y of `height`; values by y and x. */
  run(
    kernel: ThreadFunction,
    shape: { readonly width: number; readonly height: number },
    ...values: readonly unknown[]
  ): Promise<Float32Array>;
}

/** Throws with the reason where this machine cannot run the mode. */
export async function gpujsBackend(name: BackendName): Promise<Backend> {
  const library = await loadLibrary();
  const { mode, device } = await openMode(library, name);
  const gpu = new library.GPU({ mode });
  const runner = runnerFor(library, gpu);
  return {
    name,
    precision: "float32",
    device,
    consensus: (batch) => consensusOnGpu(runner, batch),
    paths: (batch) => pathsOnGpu(runner, batch),
    async answers(batch) {
      const { problems, validators, miners, sharpness } = batch;
      const scores = new Float32Array(problems * miners);
      for (const slice of slicesOf(batch, batch.grades)) {
        const height = slice.problems;
        const grades = runner.input(slice.matrices, [miners, validators, height]);
        const stake = runner.input(slice.stake, [validators, height]);
        const sums = runner.input(
          await runner.run(gradeSum, { width: validators, height }, grades, sharpness, miners),
          [validators, height],
        );
        const shape = { width: miners, height };
        const own = await runner.run(score, shape, grades, sums, stake, sharpness, validators);
        scores.set(own, slice.first * miners);
      }
      return withWinners(scores, problems, miners);
    },
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

async function openMode(
  { GPU: Gpu }: GpuLibrary,
  name: BackendName,
): Promise<{ mode: Mode; device: string }> {
  if (name === "gpujs-cpu") return { mode: "cpu", device: "gpu.js in JavaScript, one thread" };
  if (name === "gpujs-webasm") return { mode: "webasm", device: "gpu.js in WebAssembly" };
  if (name === "gpujs-webgpu") return { mode: "webgpu", device: await openWebGpu() };
  if (Gpu.isHeadlessGLSupported) return { mode: "headlessgl", device: "headless WebGL" };
  if (Gpu.isWebGLSupported) return { mode: "webgl", device: "WebGL" };
  throw new Error(
    "no WebGL here (in Node: npm rebuild gl --ignore-scripts=false, and an X server)",
  );
}

/** In Node the adapter is handed over by hand; a browser has its own. Gives the adapter's name. */
async function openWebGpu(): Promise<string> {
  const place = globalThis as { navigator?: { gpu?: WebGpu } };
  if (!place.navigator?.gpu) {
    const { create, globals } = (await importWebGpu()) as NodeWebGpu;
    Object.assign(globalThis, globals);
    const navigator = { ...place.navigator, gpu: create([]) };
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  }
  const adapter = await place.navigator?.gpu?.requestAdapter();
  if (!adapter) throw new Error("no WebGPU adapter: no GPU, or no driver for it");
  const { vendor, architecture, description } = adapter.info;
  return [vendor, architecture, description].filter((part) => part).join(" ") || "WebGPU";
}

async function importWebGpu(): Promise<unknown> {
  const name = "webgpu";
  try {
    return await import(name);
  } catch (error) {
    const [line] = String((error as Error).message).split("\n");
    throw new Error(`the package webgpu does not load: ${line}`);
  }
}

interface WebGpu {
  requestAdapter(): Promise<{
    readonly info: { vendor: string; architecture: string; description: string };
  } | null>;
}

interface NodeWebGpu {
  create(options: string[]): WebGpu;
  readonly globals: object;
}

/** Kernels kept per kind and sizes; a new batch's shape beyond that starts over. */
const MOST_KERNELS = 64;

/**
 * A kernel is compiled for the sizes of its arguments: with sizes left open, gpu.js's CPU mode reads
 * matrices as if they were as wide as the output.
 */
function runnerFor({ input }: GpuLibrary, gpu: GpuInstance): GpuRunner {
  const kernels = new Map<string, ReturnType<GpuInstance["createKernel"]>>();
  return {
    input,
    async run(kernel, { width, height }, ...values) {
      const key = `${kernel.name} ${width} ${height} ${values.map(sizeOf).join(" ")}`;
      let compiled = kernels.get(key);
      if (!compiled) {
        if (kernels.size === MOST_KERNELS) kernels.clear();
        const output = [width, height];
        const settings = { output, precision: "single", loopMaxIterations: 65_536 };
        compiled = gpu.createKernel(kernel, { ...settings, tactic: "precision" });
        kernels.set(key, compiled);
      }
      const rows = (await compiled(...values)) as ArrayLike<number>[];
      const flat = new Float32Array(width * height);
      for (let y = 0; y < height; y++) flat.set(rows[y], y * width);
      return flat;
    },
  };
}

const sizeOf = (value: unknown): string =>
  typeof value === "number" ? "" : Object.values((value as { size?: object }).size ?? {}).join("x");
