/**
 * What a subnet's second and further mechanisms have of their own, and the epoch over all of them.
 * The first mechanism's weights, bonds and commitments are the subnet's own (detailed-subnet.ts).
 * Source: spec/yuma-epoch.md section 9.
 */

import type { EpochKernel } from "../yuma/kernel/epoch-kernel.ts";
import type { EpochClock } from "../yuma/kernel/kernel-exports.ts";
import { writeRows } from "../yuma/kernel/transfer.ts";
import { type AggregateOutput, aggregate, splitEmission } from "../yuma/mechanisms.ts";
import type { EpochOutput, SparseRow } from "../yuma/types.ts";
import { CommitBook } from "./neurons/commit-book.ts";

/** By uid, apart from the commitments. */
export interface MechanismState {
  weights: SparseRow[];
  /** Of capacity length. */
  readonly lastUpdate: Float64Array;
  bonds: SparseRow[];
  readonly commits: CommitBook;
  /** Of its last epoch; null before the first. */
  last: EpochOutput | null;
}

/** What others may read of a mechanism. */
export interface OpenMechanism {
  readonly weights: readonly SparseRow[];
  readonly lastUpdate: Float64Array;
  readonly commits: CommitBook;
}

const EMPTY_ROW: SparseRow = { columns: [], values: [] };

/** A mechanism that has just been added: nobody has ever set weights there. */
export const newMechanism = (neurons: number, capacity: number): MechanismState => ({
  weights: Array.from({ length: neurons }, () => EMPTY_ROW),
  lastUpdate: new Float64Array(capacity),
  bonds: Array.from({ length: neurons }, () => EMPTY_ROW),
  commits: new CommitBook(),
  last: null,
});

/** A neuron more. */
export function appendNeuron(mechanism: MechanismState, block: number): void {
  mechanism.weights.push(EMPTY_ROW);
  mechanism.lastUpdate[mechanism.bonds.length] = block;
  mechanism.bonds.push(EMPTY_ROW);
}

/** A replaced neuron has no consensus in any of the mechanisms. */
export function forgetConsensus(
  mechanisms: readonly Pick<MechanismState, "last">[],
  uid: number,
): void {
  for (const { last } of mechanisms) if (last) last.consensus[uid] = 0;
}

export interface MechanismsEpoch extends Omit<EpochClock, "raoEmission"> {
  readonly emissionRao: bigint;
  /** u16 parts of 65,535; null for even parts. */
  readonly split: readonly number[] | null;
  readonly permits: readonly boolean[];
  /** By mechanism. */
  readonly mechanisms: readonly (Pick<MechanismState, "lastUpdate" | "bonds" | "last"> & {
    readonly weights: readonly SparseRow[];
    /** Of each uid's earliest live commitment; null where commit-reveal is off. */
    readonly commitBlocks: readonly number[] | null;
  })[];
}

/**
 * Runs the epoch of each mechanism on its part of the emission; all see the same old permits. The
 * kernel has its parameters, stakes and registrations. Afterwards its memory holds what each uid
 * gets of all of them.
 */
export function runMechanisms(
  kernel: EpochKernel,
  { emissionRao, split, permits, mechanisms, ...clock }: MechanismsEpoch,
): { readonly outputs: EpochOutput[]; readonly sum: AggregateOutput } {
  const { memory } = kernel;
  const { n } = clock;
  const parts = splitEmission(emissionRao, mechanisms.length, split);
  const outputs = mechanisms.map(({ weights, bonds, lastUpdate, last, commitBlocks }, m) => {
    kernel.setClock({ ...clock, raoEmission: parts[m] });
    kernel.setPermitCount(n);
    memory.validatorPermit.set(permits.map(Number));
    kernel.setHasPreviousConsensus(last !== null);
    memory.previousConsensus.fill(0);
    if (last) memory.previousConsensus.set(last.consensus);
    memory.lastUpdate.set(lastUpdate);
    if (commitBlocks) memory.commitBlocks.set(commitBlocks);
    writeRows(memory.weights, weights, n);
    writeRows(memory.bonds, bonds, n);
    kernel.compute();
    return kernel.readOutput();
  });
  const sum = aggregate(outputs, parts, emissionRao);
  memory.serverEmissionRao.set(sum.serverEmissionRao);
  memory.validatorEmissionRao.set(sum.validatorEmissionRao);
  return { outputs, sum };
}
