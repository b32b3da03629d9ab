/** What the tables say of subnets with several mechanisms, for the report. */
import { mechanismNeuronsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

const U16 = 65_535;

/** What a mechanism gave in an epoch, alpha. */
export interface MechanismEpoch {
  readonly block: number;
  readonly mechanism: number;
  readonly minersAlpha: number;
  readonly validatorsAlpha: number;
}

/** A neuron over the run: its mean incentive in each mechanism, and what it was given, alpha. */
export interface MechanismNeuron {
  readonly uid: number;
  /** By mechanism: mean share of the mechanism's part, and alpha as a miner. */
  readonly incentive: readonly number[];
  readonly minedAlpha: readonly number[];
}

export const netuidsWithMechanisms = (run: RunData): number[] =>
  [...new Set(run.table(mechanismNeuronsTable).column("netuid").numbers())].sort((a, b) => a - b);

function rowsOf(run: RunData, netuid: number) {
  const table = run.table(mechanismNeuronsTable);
  const netuids = table.column("netuid").numbers();
  const numbers = (name: string) => table.column(name).numbers();
  const [blocks, mechanisms, uids] = [numbers("block"), numbers("mechanism"), numbers("uid")];
  const incentive = numbers("incentive");
  const mined = table.column("server_emission_rao").tao();
  const earned = table.column("validator_emission_rao").tao();
  return [...netuids.keys()]
    .filter((row) => netuids[row] === netuid)
    .map((row) => ({
      block: blocks[row],
      mechanism: mechanisms[row],
      uid: uids[row],
      incentive: incentive[row] / U16,
      mined: mined[row],
      earned: earned[row],
    }));
}

export function mechanismEpochs(run: RunData, netuid: number): MechanismEpoch[] {
  const sums = new Map<
    string,
    { block: number; mechanism: number; mined: number; earned: number }
  >();
  for (const { block, mechanism, mined, earned } of rowsOf(run, netuid)) {
    const key = `${block}/${mechanism}`;
    const sum = sums.get(key) ?? { block, mechanism, mined: 0, earned: 0 };
    sums.set(key, sum);
    sum.mined += mined;
    sum.earned += earned;
  }
  return [...sums.values()].map(({ block, mechanism, mined, earned }) => ({
    ...{ block, mechanism },
    minersAlpha: mined,
    validatorsAlpha: earned,
  }));
}

/** Who mined anything, the best first. */
export function mechanismNeurons(run: RunData, netuid: number): MechanismNeuron[] {
  const rows = rowsOf(run, netuid);
  const count = 1 + rows.reduce((most, { mechanism }) => Math.max(most, mechanism), 0);
  const epochs = new Array<number>(count).fill(0);
  const seen = new Set<string>();
  const neurons = new Map<number, { uid: number; incentive: number[]; minedAlpha: number[] }>();
  for (const { block, mechanism, uid, incentive, mined } of rows) {
    const key = `${block}/${mechanism}`;
    if (!seen.has(key)) epochs[mechanism]++;
    seen.add(key);
    const own = neurons.get(uid) ?? {
      uid,
      incentive: new Array<number>(count).fill(0),
      minedAlpha: new Array<number>(count).fill(0),
    };
    neurons.set(uid, own);
    own.incentive[mechanism] += incentive;
    own.minedAlpha[mechanism] += mined;
  }
  const total = ({ minedAlpha }: MechanismNeuron) => minedAlpha.reduce((a, b) => a + b, 0);
  return [...neurons.values()]
    .map(({ incentive, ...own }) => ({
      ...own,
      incentive: incentive.map((sum, mechanism) => sum / epochs[mechanism]),
    }))
    .filter((own) => total(own) > 0)
    .sort((a, b) => total(b) - total(a));
}
