/**
 * The epoch kernels of a chain: subnets of the same capacity share one, with its memory, and keep in
 * arrays of their own what lasts from epoch to epoch (stored-epoch.ts).
 */
import { createEpochKernel, type EpochKernel } from "../../yuma/kernel/epoch-kernel.ts";
import { halvesOf } from "../stakes/halves.ts";

/** A kernel's columns of rao in halves (../stakes/halves.ts), by uid. */
export interface SharedColumns {
  readonly kernel: EpochKernel;
  /** Inputs of an epoch. */
  readonly alphaStake: Uint32Array;
  readonly rootStake: Uint32Array;
  /** Outputs of the last one. */
  readonly serverEmission: Uint32Array;
  readonly validatorEmission: Uint32Array;
}

export class EpochKernels {
  private readonly shared = new Map<number, SharedColumns>();

  /** With memory for full weights of every neuron. */
  for(neurons: number): SharedColumns {
    let shared = this.shared.get(neurons);
    if (!shared) {
      shared = columnsOf(createEpochKernel({ maxNeurons: neurons, maxEntries: neurons * neurons }));
      this.shared.set(neurons, shared);
    }
    return shared;
  }
}

const columnsOf = (kernel: EpochKernel): SharedColumns => ({
  kernel,
  alphaStake: halvesOf(kernel.memory.alphaStakeRao),
  rootStake: halvesOf(kernel.memory.rootStakeRao),
  serverEmission: halvesOf(kernel.memory.serverEmissionRao),
  validatorEmission: halvesOf(kernel.memory.validatorEmissionRao),
});
