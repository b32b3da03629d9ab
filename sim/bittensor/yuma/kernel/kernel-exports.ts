/** The exports of assembly/index.ts, and how scalars get there. */
import type { EpochInput, EpochParameters } from "../types.ts";
import type { KernelPointers } from "./kernel-memory.ts";

/** The scalars of a state. */
export type EpochClock = Pick<
  EpochInput,
  "n" | "block" | "tempoBlocks" | "lastMechanismStepBlock" | "raoEmission" | "ownerUid"
>;

type I32 = WebAssembly.Global<"i32">;
type F64 = WebAssembly.Global<"f64">;
type I64 = WebAssembly.Global<"i64">;

/** assembly/parameters.ts says what each scalar is. */
export interface KernelExports extends KernelPointers {
  layOut(maxNeurons: number, maxEntries: number): number;
  run(): number;
  weighStakes(): void;
  /** 1 when the last epoch was computed densely, 0 over lists. */
  ranDense: I32;
  n: I32;
  ownerUid: I32;
  block: F64;
  tempoBlocks: F64;
  lastMechanismStepBlock: F64;
  raoEmission: I64;
  taoWeightBits: I64;
  storedPermitCount: I32;
  hasPreviousConsensus: I32;
  kappa: I32;
  bondsPenalty: I32;
  bondsMovingAverage: I64;
  yuma3: I32;
  liquidAlpha: I32;
  alphaLow: I32;
  alphaHigh: I32;
  alphaSigmoidSteepness: I32;
  liquidAlphaConsensusMode: I32;
  commitReveal: I32;
  maxAllowedValidators: I32;
  activityCutoffBlocks: F64;
  stakeThresholdRao: I64;
}

export function writeClock(exports: KernelExports, clock: EpochClock): void {
  exports.n.value = clock.n;
  exports.ownerUid.value = clock.ownerUid ?? -1;
  exports.block.value = clock.block;
  exports.tempoBlocks.value = clock.tempoBlocks;
  exports.lastMechanismStepBlock.value = clock.lastMechanismStepBlock;
  exports.raoEmission.value = clock.raoEmission;
}

const CONSENSUS_MODES = ["current", "previous", "auto"] as const;

export function writeParameters(exports: KernelExports, parameters: EpochParameters): void {
  const { liquidAlphaConsensusMode: mode = "current" } = parameters;
  exports.kappa.value = parameters.kappa;
  exports.bondsPenalty.value = parameters.bondsPenalty;
  exports.bondsMovingAverage.value = BigInt(parameters.bondsMovingAverage);
  exports.yuma3.value = Number(parameters.yuma3);
  exports.liquidAlpha.value = Number(parameters.liquidAlpha);
  exports.alphaLow.value = parameters.alphaLow;
  exports.alphaHigh.value = parameters.alphaHigh;
  exports.alphaSigmoidSteepness.value = parameters.alphaSigmoidSteepness;
  exports.liquidAlphaConsensusMode.value = CONSENSUS_MODES.indexOf(mode);
  exports.commitReveal.value = Number(parameters.commitReveal);
  exports.maxAllowedValidators.value = parameters.maxAllowedValidators;
  exports.activityCutoffBlocks.value = parameters.activityCutoffBlocks;
  exports.stakeThresholdRao.value = parameters.stakeThresholdRao;
}
