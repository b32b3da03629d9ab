/** The neurons table of one subnet as a grid: a share for each epoch and neuron. */
import { neuronsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

/** The chain's u16 shares: 65535 is one. */
const U16_ONE = 65_535;

export interface NeuronGrid {
  /** One entry an epoch, in order of time. */
  readonly blocks: readonly number[];
  readonly times: readonly number[];
  readonly uids: readonly number[];
  /** The share of neuron `uids[n]` in epoch `e`, from 0 to 1, at [e * uids.length + n]. */
  readonly shares: Float64Array;
  /** Mean share over the run, by place in `uids`. */
  readonly means: Float64Array;
}

/** The subnets that were simulated neuron by neuron. */
export function detailedNetuids(run: RunData): number[] {
  return [...new Set(run.table(neuronsTable).column("netuid").numbers())].sort((a, b) => a - b);
}

export function neuronGrid(
  run: RunData,
  netuid: number,
  column: "incentive" | "dividends",
): NeuronGrid {
  const table = run.table(neuronsTable);
  const [netuids, uids] = [table.column("netuid").numbers(), table.column("uid").numbers()];
  const [blocks, times] = [table.column("block").numbers(), table.column("time").numbers()];
  const values = table.column(column).numbers();
  const rows = [...netuids.keys()].filter((row) => netuids[row] === netuid);
  const epochs = new Map<number, { block: number; time: number; place: number }>();
  const places = new Map<number, number>();
  for (const row of rows) {
    if (!places.has(uids[row])) places.set(uids[row], places.size);
    if (!epochs.has(blocks[row])) {
      epochs.set(blocks[row], { block: blocks[row], time: times[row], place: epochs.size });
    }
  }
  const shares = new Float64Array(epochs.size * places.size);
  const means = new Float64Array(places.size);
  for (const row of rows) {
    const neuron = places.get(uids[row])!;
    const share = values[row] / U16_ONE;
    shares[epochs.get(blocks[row])!.place * places.size + neuron] = share;
    means[neuron] += share / epochs.size;
  }
  return {
    blocks: [...epochs.values()].map(({ block }) => block),
    times: [...epochs.values()].map(({ time }) => time),
    uids: [...places.keys()],
    shares,
    means,
  };
}

/** At most `most` stretches of neighbouring epochs of (nearly) equal length. */
export function epochBins(epochs: number, most: number): { from: number; to: number }[] {
  const bins = Math.min(epochs, most);
  return Array.from({ length: bins }, (_, i) => ({
    from: Math.floor((i * epochs) / bins),
    to: Math.floor(((i + 1) * epochs) / bins),
  }));
}
