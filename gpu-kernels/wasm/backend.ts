/** WebAssembly SIMD, in float32 and float64: no GPU needed, nothing to install. */
import { startWasmKernel } from "../../sim/wasm-kernel.ts";
import { wasmBase64 } from "../kernel/wasm.generated.ts";
import type { Backend, Floats } from "../types.ts";
import { scoreAnswers } from "./answers.ts";
import { solveConsensus } from "./consensus.ts";
import { runPaths } from "./paths.ts";

/** The doors of kernel/assembly/index.ts. */
export interface KernelExports {
  layOut(rows: number, paddedColumns: number): number;
  layOutPaths(paths: number, days: number): number;
  inputWeightsAt(): number;
  inputStakeAt(): number;
  consensusAt(): number;
  incentiveAt(): number;
  dividendsAt(): number;
  validatorTrustAt(): number;
  pathColumnsAt(): number;
  pathDaysAt(): number;
  consensusF32(...problem: ConsensusArguments): number;
  consensusF64(...problem: ConsensusArguments): number;
  answersF32(rows: number, columns: number, sharpness: number): void;
  answersF64(rows: number, columns: number, sharpness: number): void;
  pathsF32(paths: number, days: number): void;
  pathsF64(paths: number, days: number): void;
}

type ConsensusArguments = [
  rows: number,
  blocks: number,
  kappaParts: number,
  penalty: number,
  yuma3: boolean,
];

/** One kernel and the numbers that it computes in. */
export interface SimdKernel {
  readonly exports: KernelExports;
  readonly memory: WebAssembly.Memory;
  readonly isFloat32: boolean;
}

export const floatsOf = ({ isFloat32 }: SimdKernel, length: number): Floats =>
  isFloat32 ? new Float32Array(length) : new Float64Array(length);

/** A view of the kernel's numbers; detached when its memory grows. */
export const viewOf = ({ isFloat32, memory }: SimdKernel, at: number, length: number): Floats =>
  isFloat32
    ? new Float32Array(memory.buffer, at, length)
    : new Float64Array(memory.buffer, at, length);

/** Throws where the engine has no WebAssembly SIMD. */
export function wasmBackend(precision: "float32" | "float64"): Backend {
  const isFloat32 = precision === "float32";
  const kernel: SimdKernel = { ...startWasmKernel<KernelExports>(wasmBase64), isFloat32 };
  return {
    name: isFloat32 ? "wasm-f32" : "wasm-f64",
    precision,
    device: "WebAssembly SIMD, one thread",
    isSoftware: false,
    consensus: async (batch) => solveConsensus(kernel, batch),
    answers: async (batch) => scoreAnswers(kernel, batch),
    paths: async (batch) => runPaths(kernel, batch),
    dispose: async () => {},
  };
}
