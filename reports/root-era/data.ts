/** The rows of a run before dTAO, as its page wants them. */
import { rootNetworkTable } from "../../sim/bittensor/root-era/tables.ts";
import type { RunData } from "../run-data.ts";

/** Whether a run simulated the chain before dTAO. */
export function isRootEraRun({ manifest }: RunData): boolean {
  const { chain } = Object(manifest.scenario.completed) as { chain?: unknown };
  // Only that world's scenarios name a rule for root weights.
  const { rules } = Object(chain) as { rules?: unknown };
  return Object.hasOwn(Object(rules), "root_weights_from");
}

export interface RootTotals {
  readonly unissuedRao: bigint;
  readonly lockedRao: bigint;
  readonly subnetsRegistered: number;
  readonly subnetsPruned: number;
  readonly neuronsRegistered: number;
}

/** Sums over the run, and what was locked at its end. */
export function rootTotals(run: RunData): RootTotals {
  const table = run.table(rootNetworkTable);
  const sum = (name: string) =>
    table
      .column(name)
      .numbers()
      .reduce((total, value) => total + value, 0);
  const unissued = table.column("unissued_rao").integers();
  const locked = table.column("locked_rao").integers();
  return {
    unissuedRao: unissued.reduce((total, rao) => total + rao, 0n),
    lockedRao: locked.at(-1) ?? 0n,
    subnetsRegistered: sum("subnets_registered"),
    subnetsPruned: sum("subnets_pruned"),
    neuronsRegistered: sum("neurons_registered"),
  };
}
