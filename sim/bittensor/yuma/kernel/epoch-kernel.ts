/**
 * One Yuma epoch in WebAssembly: the same bits as `epoch()` of ../epoch.ts, many times faster. It runs
 * alike in Node, in worker threads and in browsers. Source: spec/yuma-epoch.md section 5.
 */
import { startWasmKernel } from "../../../wasm-kernel.ts";
import { checkEpochInput } from "../check-input.ts";
import type { EpochInput, EpochOutput, EpochParameters } from "../types.ts";
import {
  type EpochClock,
  type KernelExports,
  writeClock,
  writeParameters,
} from "./kernel-exports.ts";
import { checkSize, KernelLimitError, type KernelLimits } from "./kernel-limits.ts";
import { type KernelMemory, viewKernelMemory } from "./kernel-memory.ts";
import { readOutput, writeRows, writeVectors } from "./transfer.ts";
import { wasmBase64 } from "./wasm.generated.ts";

/**
 * A hot loop keeps its state in `memory`:
 *
 *     kernel.load(state, parameters);
 *     for (const weights of choices) {
 *       kernel.memory.weights.values.set(weights);
 *       kernel.compute(); // bonds are carried; kernel.clearBonds() starts from none
 *       sum += kernel.memory.dividends[uid];
 *     }
 */
export interface EpochKernel extends KernelLimits {
  /** The size of the kernel's memory, for its whole life. */
  readonly memoryBytes: number;
  /** Inputs to write and outputs to read without copies. */
  readonly memory: KernelMemory;

  /**
   * One epoch: copies the input in, computes, copies the output out.
   * Throws EpochInputError as `epoch()` does, KernelLimitError where the state is too large.
   */
  runEpoch(input: EpochInput, parameters: EpochParameters): EpochOutput;
  /** The epoch of a state that is known to be sound. */
  runTrustedEpoch(input: EpochInput, parameters: EpochParameters): EpochOutput;

  // For loops that keep their state in `memory`; nothing is checked and nothing allocated.
  setClock(clock: EpochClock): void;
  setParameters(parameters: EpochParameters): void;
  /** How many permits the chain holds: n, or fewer. */
  setPermitCount(count: number): void;
  /** Whether `memory.previousConsensus` holds one. */
  setHasPreviousConsensus(has: boolean): void;
  /**
   * Makes `memory.totalStakeBits` of `memory.alphaStakeRao` and `memory.rootStakeRao`, all below 2^62
   * rao. The weight of root stake is U96F32 bits, at most one.
   */
  weighStakes(taoWeightBits: bigint): void;
  /** Removes all bonds. */
  clearBonds(): void;
  /** Copies a whole state into memory. */
  load(input: EpochInput, parameters: EpochParameters): void;
  /**
   * One epoch on what lies in memory; afterwards `memory.bonds` holds the new bonds.
   * Throws KernelLimitError where these do not fit; the old ones then stay.
   */
  compute(): void;
  /** A copy of what the last epoch gave. */
  readOutput(): EpochOutput;
  /** Whether the last epoch was computed in SIMD over whole rows; the bits are the same. For tests. */
  ranDense(): boolean;
}

/**
 * A kernel with memory for states within the limits, laid out once.
 * Throws KernelLimitError where no such kernel can be: over 65,535 neurons, or over 4 GiB.
 */
export function createEpochKernel({ maxNeurons, maxEntries }: KernelLimits): EpochKernel {
  checkLimit("maxNeurons", maxNeurons, 65_535);
  checkLimit("maxEntries", maxEntries, MOST_ENTRIES);
  const { exports, memory: wasmMemory } = startWasmKernel<KernelExports>(wasmBase64);
  const memoryBytes = exports.layOut(maxNeurons, maxEntries) >>> 0;
  if (memoryBytes === 0) throw new KernelLimitError("maxEntries", "memory in bytes", 2 ** 32);
  const memory = viewKernelMemory(wasmMemory.buffer, exports, maxNeurons, maxEntries);

  let written: EpochParameters | null = null;
  const kernel: EpochKernel = {
    maxNeurons,
    maxEntries,
    memoryBytes: wasmMemory.buffer.byteLength,
    memory,
    runEpoch(input, parameters) {
      checkEpochInput(input, parameters);
      return kernel.runTrustedEpoch(input, parameters);
    },
    runTrustedEpoch(input, parameters) {
      kernel.load(input, parameters);
      kernel.compute();
      return kernel.readOutput();
    },
    setClock: (clock) => writeClock(exports, clock),
    setParameters(parameters) {
      if (parameters !== written) writeParameters(exports, parameters);
      written = parameters;
    },
    setPermitCount(count) {
      exports.storedPermitCount.value = count;
    },
    setHasPreviousConsensus(has) {
      exports.hasPreviousConsensus.value = Number(has);
    },
    weighStakes(taoWeightBits) {
      exports.taoWeightBits.value = taoWeightBits;
      exports.weighStakes();
    },
    clearBonds() {
      memory.bonds.start.fill(0);
    },
    load(input, parameters) {
      checkSize(kernel, input);
      writeClock(exports, input);
      kernel.setParameters(parameters);
      writeVectors(exports, memory, input);
      writeRows(memory.weights, input.weights, input.n);
      writeRows(memory.bonds, input.bonds, input.n);
    },
    compute() {
      if (exports.run() !== 0) throw new KernelLimitError("bonds", "maxEntries", maxEntries);
    },
    readOutput: () => readOutput(memory, exports.n.value),
    ranDense: () => exports.ranDense.value === 1,
  };
  return kernel;
}

/** Every entry takes some fifty bytes of at most 4 GiB. */
const MOST_ENTRIES = 64_000_000;

function checkLimit(field: keyof KernelLimits, value: number, max: number): void {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new KernelLimitError(field, "limit", max, value);
  }
}
