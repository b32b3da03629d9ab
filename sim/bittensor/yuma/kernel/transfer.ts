/** Copies states into the kernel's memory and outputs out of it. */
import type { EpochInput, EpochOutput, SparseRow } from "../types.ts";
import type { KernelExports } from "./kernel-exports.ts";
import type { FlatMatrix, KernelMemory } from "./kernel-memory.ts";

const LOW_64 = (1n << 64n) - 1n;

/** The vectors of a state; scalars and matrices go their own ways. */
export function writeVectors(
  exports: KernelExports,
  memory: KernelMemory,
  input: EpochInput,
): void {
  const { n, commitBlocks, previousConsensus, validatorPermit } = input;
  const permits = Math.min(validatorPermit.length, n);
  const hasPrevious = (previousConsensus?.length ?? 0) > 0;
  exports.storedPermitCount.value = permits;
  exports.hasPreviousConsensus.value = Number(hasPrevious);
  for (let uid = 0; uid < n; uid++) {
    const stake = input.totalStakeBits[uid];
    memory.totalStakeBits[2 * uid] = stake & LOW_64;
    memory.totalStakeBits[2 * uid + 1] = stake >> 64n;
    memory.lastUpdate[uid] = input.lastUpdate[uid];
    memory.blockAtRegistration[uid] = input.blockAtRegistration[uid];
    memory.commitBlocks[uid] = commitBlocks?.[uid] ?? Number.POSITIVE_INFINITY;
    memory.validatorPermit[uid] = uid < permits && validatorPermit[uid] ? 1 : 0;
    if (hasPrevious) memory.previousConsensus[uid] = previousConsensus?.[uid] ?? 0;
  }
}

/** Replaces the rows of a matrix. */
export function writeRows(
  { start, columns, values }: FlatMatrix,
  rows: readonly SparseRow[],
  n: number,
): void {
  let to = 0;
  start[0] = 0;
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    columns.set(row.columns, to);
    values.set(row.values, to);
    to += row.columns.length;
    start[i + 1] = to;
  }
}

const flags = (bytes: Uint8Array, n: number): boolean[] =>
  Array.from(bytes.subarray(0, n), (byte) => byte !== 0);

export const readOutput = (memory: KernelMemory, n: number): EpochOutput => ({
  active: flags(memory.active, n),
  stakeWeight: memory.stakeWeight.slice(0, n),
  consensus: memory.consensus.slice(0, n),
  incentive: memory.incentive.slice(0, n),
  dividends: memory.dividends.slice(0, n),
  validatorTrust: memory.validatorTrust.slice(0, n),
  emissionRao: memory.emissionRao.slice(0, n),
  serverEmissionRao: memory.serverEmissionRao.slice(0, n),
  validatorEmissionRao: memory.validatorEmissionRao.slice(0, n),
  validatorPermit: flags(memory.newPermit, n),
  bonds: readRows(memory.bonds, n),
});

export const readRows = ({ start, columns, values }: FlatMatrix, n: number): SparseRow[] =>
  Array.from({ length: n }, (_, i) => ({
    columns: columns.slice(start[i], start[i + 1]),
    values: values.slice(start[i], start[i + 1]),
  }));
