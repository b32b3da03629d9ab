import { describe, expect, test } from "vitest";
import { adviceOn } from "./doctor-advice.ts";

const usual = { name: "wasm-f32", problemsPerSecond: 10_000, isSoftware: false, problem: null };
const missing = { problemsPerSecond: null, isSoftware: false, problem: "no WebGPU adapter" };
const noWebGl = { ...missing, name: "gpujs-webgl", problem: "no WebGL here" } as const;
const webGpu = (problemsPerSecond: number, isSoftware = false) =>
  ({ name: "gpujs-webgpu", problemsPerSecond, isSoftware, problem: null }) as const;

const advise = (own: Parameters<typeof adviceOn>[0][number], devices: readonly string[] = []) =>
  adviceOn([{ ...usual, name: "wasm-f32" }, own, noWebGl], "wasm-f32", devices);

describe("the doctor's advice", () => {
  test("names a GPU that is faster than what screens, and how to ask for it", () => {
    expect(advise(webGpu(25_000))).toEqual([
      "gpujs-webgpu is 2.5 times as fast as wasm-f32 here: --backend gpujs-webgpu",
    ]);
  });

  test("says nothing of a GPU that is slower", () => {
    expect(advise(webGpu(5_000))).toEqual([]);
  });

  test("does not take a driver in software for a GPU, however fast", () => {
    expect(advise(webGpu(25_000, true))).toEqual([
      "What runs on a software driver shows that it works, not what a GPU would do.",
    ]);
  });

  test("says once that no GPU backend runs", () => {
    expect(advise({ ...missing, name: "gpujs-webgpu" })).toEqual([
      "No GPU backend runs here; everything works with the others.",
    ]);
  });

  test("hints at a driver where there is a card without one", () => {
    const [, hint] = advise({ ...missing, name: "gpujs-webgpu" }, ["/dev/dri/renderD128"]);
    expect(hint).toMatch(/There is \/dev\/dri\/renderD128, but no Vulkan driver.*libvulkan1/);
  });

  test("is silent where no GPU backend was asked for", () => {
    expect(adviceOn([{ ...usual, name: "wasm-f32" }], "wasm-f32", [])).toEqual([]);
  });
});
