/**
 * What a subnet stores of its last epoch, in typed arrays of its own: a kernel that many subnets share
 * gets it before the next epoch and gives it back. People who look at it get copies.
 * Source: spec/yuma-epoch.md section 5.12.
 */
import type { EpochKernel } from "../../yuma/kernel/epoch-kernel.ts";
import type { EpochColumns } from "../../yuma/kernel/kernel-memory.ts";
import type { EpochOutput, SparseRow } from "../../yuma/types.ts";
import { FlatRows } from "./flat-rows.ts";

export class StoredEpoch {
  /** Neurons that there are; columns are longer. */
  n: number;
  /** False before the first epoch. */
  hasRun = false;
  readonly columns: EpochColumns;
  private readonly bonds: FlatRows;
  private readonly weights: FlatRows;
  /** The first row of weights that may not stand in `weights` yet. */
  private firstChanged = 0;
  private copy: EpochOutput | null = null;
  private permitCopy: boolean[] | null = null;

  constructor(capacity: number, permits: readonly boolean[]) {
    this.n = permits.length;
    this.columns = emptyColumns(capacity);
    this.columns.newPermit.set(permits.map(Number));
    this.bonds = new FlatRows(capacity);
    this.bonds.n = this.n;
    this.weights = new FlatRows(capacity);
  }

  /** A copy of everything; null before the first epoch. */
  output(): EpochOutput | null {
    if (!this.hasRun) return null;
    this.copy ??= this.read();
    return this.copy;
  }

  permits(): readonly boolean[] {
    this.permitCopy ??= flags(this.columns.newPermit, this.n);
    return this.permitCopy;
  }

  bondRows(): SparseRow[] {
    return this.bonds.rows();
  }

  setPermits(permits: readonly boolean[]): void {
    this.columns.newPermit.set(permits.map(Number));
    this.forget();
  }

  setBonds(rows: readonly SparseRow[]): void {
    this.bonds.replace(rows);
    this.forget();
  }

  /** Puts other columns in place of the last epoch's; permits and bonds have their own setters. */
  setOutput(output: Omit<EpochOutput, "validatorPermit" | "bonds">): void {
    const { columns } = this;
    columns.active.set(output.active.map(Number));
    columns.stakeWeight.set(output.stakeWeight);
    columns.consensus.set(output.consensus);
    columns.incentive.set(output.incentive);
    columns.dividends.set(output.dividends);
    columns.validatorTrust.set(output.validatorTrust);
    columns.emissionRao.set(output.emissionRao);
    columns.serverEmissionRao.set(output.serverEmissionRao);
    columns.validatorEmissionRao.set(output.validatorEmissionRao);
    this.forget();
  }

  /** Puts a whole epoch in place of the last one. */
  setEpoch(output: EpochOutput): void {
    this.setOutput(output);
    this.setPermits(output.validatorPermit);
    this.setBonds(output.bonds);
    this.hasRun = true;
  }

  /** One more neuron, without permit and bonds. */
  append(): void {
    const { columns, bonds, n: uid } = this;
    for (const { buffer, BYTES_PER_ELEMENT: bytes } of Object.values(columns)) {
      new Uint8Array(buffer).fill(0, uid * bytes, (uid + 1) * bytes);
    }
    columns.active[uid] = 1;
    bonds.start[uid + 1] = bonds.start[uid];
    bonds.n = uid + 1;
    this.n = uid + 1;
    this.forget();
  }

  /** Writes what the next epoch starts from. */
  writeTo(kernel: EpochKernel, weights: readonly SparseRow[]): void {
    const { memory } = kernel;
    kernel.setPermitCount(this.n);
    kernel.setHasPreviousConsensus(this.hasRun);
    memory.validatorPermit.set(this.columns.newPermit);
    memory.previousConsensus.set(this.columns.consensus);
    this.bonds.writeTo(memory.bonds);
    this.flatten(weights);
    this.weights.writeTo(memory.weights);
  }

  /** Takes over what an epoch has left in memory. */
  readFrom({ memory }: EpochKernel): void {
    const { columns } = this;
    columns.active.set(memory.active);
    columns.newPermit.set(memory.newPermit);
    columns.stakeWeight.set(memory.stakeWeight);
    columns.consensus.set(memory.consensus);
    columns.incentive.set(memory.incentive);
    columns.dividends.set(memory.dividends);
    columns.validatorTrust.set(memory.validatorTrust);
    columns.emissionRao.set(memory.emissionRao);
    columns.serverEmissionRao.set(memory.serverEmissionRao);
    columns.validatorEmissionRao.set(memory.validatorEmissionRao);
    this.bonds.readFrom(memory.bonds, this.n);
    this.hasRun = true;
    this.forget();
  }

  /** Another row of weights has taken the place of a uid's, or has come behind the last. */
  noteWeights(uid: number): void {
    this.firstChanged = Math.min(this.firstChanged, uid);
  }

  private flatten(rows: readonly SparseRow[]): void {
    if (this.firstChanged >= rows.length && this.weights.n === rows.length) return;
    this.weights.replace(rows, this.firstChanged);
    this.firstChanged = rows.length;
  }

  private forget(): void {
    this.copy = null;
    this.permitCopy = null;
  }

  private read(): EpochOutput {
    const { columns, n } = this;
    return {
      active: flags(columns.active, n),
      stakeWeight: columns.stakeWeight.slice(0, n),
      consensus: columns.consensus.slice(0, n),
      incentive: columns.incentive.slice(0, n),
      dividends: columns.dividends.slice(0, n),
      validatorTrust: columns.validatorTrust.slice(0, n),
      emissionRao: columns.emissionRao.slice(0, n),
      serverEmissionRao: columns.serverEmissionRao.slice(0, n),
      validatorEmissionRao: columns.validatorEmissionRao.slice(0, n),
      validatorPermit: flags(columns.newPermit, n),
      bonds: this.bondRows(),
    };
  }
}

const flags = (bytes: Uint8Array, n: number): boolean[] =>
  Array.from(bytes.subarray(0, n), (byte) => byte !== 0);

const emptyColumns = (n: number): EpochColumns => ({
  active: new Uint8Array(n),
  newPermit: new Uint8Array(n),
  stakeWeight: new Uint16Array(n),
  consensus: new Uint16Array(n),
  incentive: new Uint16Array(n),
  dividends: new Uint16Array(n),
  validatorTrust: new Uint16Array(n),
  emissionRao: new BigUint64Array(n),
  serverEmissionRao: new BigUint64Array(n),
  validatorEmissionRao: new BigUint64Array(n),
});
