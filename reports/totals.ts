/** The run in a few exact amounts, for the tiles and the summary table. */
import { taoFromRao } from "../sim/amounts.ts";
import { rewardsTable, supplyTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";
import { roleScale } from "./theme.ts";

export interface RunTotals {
  /** Days of 24 hours from the first to the last block of the run. */
  readonly days: number;
  readonly issuanceRao: bigint;
  readonly mintedRao: bigint;
  readonly injectedRao: bigint;
  readonly chainBuysRao: bigint;
  readonly recycledRao: bigint;
  readonly rootStakeRao: bigint;
  readonly poolsTaoRao: bigint;
  readonly growthTaoPerDay: number;
  /** Known roles first. */
  readonly rewards: readonly { readonly role: string; readonly valueRao: bigint }[];
}

/** Null where the run recorded no supply. */
export function runTotals(run: RunData): RunTotals | null {
  const supply = run.table(supplyTable);
  if (supply.rows === 0) return null;
  const last = (column: string) => supply.column(column).cell(supply.rows - 1) as bigint;
  const sum = (column: string) =>
    supply
      .column(column)
      .integers()
      .reduce((a, b) => a + b, 0n);
  const { from_time, to_time } = run.manifest.span;
  const days = (Date.parse(to_time) - Date.parse(from_time)) / 86_400_000;
  const [mintedRao, recycledRao] = [sum("minted_rao"), sum("recycled_rao")];
  return {
    days,
    issuanceRao: last("total_issuance_rao"),
    mintedRao,
    injectedRao: sum("injected_rao"),
    chainBuysRao: sum("chain_buys_rao"),
    recycledRao,
    rootStakeRao: last("root_stake_rao"),
    poolsTaoRao: last("pools_tao_rao"),
    growthTaoPerDay: days > 0 ? taoFromRao(mintedRao - recycledRao) / days : 0,
    rewards: rewardTotals(run),
  };
}

function rewardTotals(run: RunData): RunTotals["rewards"] {
  const table = run.table(rewardsTable);
  const roles = table.column("role").texts();
  const values = table.column("value_rao").integers();
  const totals = new Map<string, bigint>();
  for (let row = 0; row < table.rows; row++) {
    totals.set(roles[row], (totals.get(roles[row]) ?? 0n) + values[row]);
  }
  return roleScale(totals.keys()).domain.map((role) => ({ role, valueRao: totals.get(role)! }));
}
