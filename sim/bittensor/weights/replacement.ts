/**
 * What the replacement of a neuron does to the subnet's columns, and the reset of bonds.
 * Source: spec/yuma-epoch.md sections 8.2 and 8.3.
 */
import type { EpochOutput, SparseRow } from "../yuma/types.ts";

/** The columns of a subnet that belong to its uids, by uid. */
export interface NeuronColumns
  extends Omit<EpochOutput, "bonds" | "serverEmissionRao" | "validatorEmissionRao"> {
  readonly blockAtRegistration: readonly number[];
  /** By mechanism. */
  readonly mechanisms: readonly MechanismColumns[];
}

export interface MechanismColumns {
  readonly weights: readonly SparseRow[];
  readonly bonds: readonly SparseRow[];
  readonly lastUpdate: readonly number[];
  /** ConsensusByMechanism, which the chain keeps since spec 446. */
  readonly consensus?: Uint16Array;
}

const EMPTY_ROW: SparseRow = { columns: [], values: [] };

/**
 * The columns after a new hotkey has taken over `uid` in `block`. The uid starts afresh, weights
 * towards it become 0 but stay in their rows, and bonds towards it stay: the next epoch masks them.
 */
export function replaceNeuron(before: NeuronColumns, uid: number, block: number): NeuronColumns {
  const cleared = (column: Uint16Array): Uint16Array => column.map((v, i) => (i === uid ? 0 : v));
  return {
    active: before.active.with(uid, true),
    validatorPermit: before.validatorPermit.with(uid, false),
    stakeWeight: cleared(before.stakeWeight),
    consensus: cleared(before.consensus),
    incentive: cleared(before.incentive),
    dividends: cleared(before.dividends),
    validatorTrust: cleared(before.validatorTrust),
    emissionRao: before.emissionRao.with(uid, 0n),
    blockAtRegistration: before.blockAtRegistration.with(uid, block),
    mechanisms: before.mechanisms.map(({ weights, bonds, lastUpdate, consensus }) => ({
      ...(consensus && { consensus: cleared(consensus) }),
      weights: weights.map((row, i) => (i === uid ? EMPTY_ROW : withZeroTowards(row, uid))),
      bonds: bonds.with(uid, EMPTY_ROW),
      lastUpdate: lastUpdate.with(uid, block),
    })),
  };
}

const withZeroTowards = ({ columns, values }: SparseRow, uid: number): SparseRow => ({
  columns,
  values: Array.from(values, (value, k) => (columns[k] === uid ? 0 : value)),
});

/**
 * Bonds without those towards a uid: what a reset commitment of its hotkey does in every mechanism
 * of a subnet whose BondsResetOn is set.
 */
export const resetBonds = (bonds: readonly SparseRow[], uid: number): SparseRow[] =>
  bonds.map(({ columns, values }) => {
    const kept = Array.from(columns, (_, k) => k).filter((k) => columns[k] !== uid);
    return { columns: kept.map((k) => columns[k]), values: kept.map((k) => values[k]) };
  });
