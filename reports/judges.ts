/** What the neurons table says about a subnet's validators: what each was paid for its stake. */
import { neuronsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

/** The chain's u16 shares: 65535 is one. */
const U16_ONE = 65_535;
const JUDGES: ReadonlySet<string> = new Set(["validator", "copier"]);

export interface JudgeRow {
  readonly block: number;
  readonly uid: number;
  readonly role: string;
  /** Shares of the subnet's stake weight and of its dividends, and the validator's trust: 0 to 1. */
  readonly stake: number;
  readonly dividends: number;
  readonly trust: number;
}

/** Validators with stake, one row an epoch each, in order of time. */
export function judgeRows(run: RunData, netuid: number): JudgeRow[] {
  const table = run.table(neuronsTable);
  const netuids = table.column("netuid").numbers();
  const roles = table.column("role").texts();
  const [blocks, uids] = [table.column("block").numbers(), table.column("uid").numbers()];
  const stakes = table.column("stake_weight").numbers();
  const dividends = table.column("dividends").numbers();
  const trusts = table.column("validator_trust").numbers();
  const rows: JudgeRow[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (netuids[row] !== netuid || stakes[row] === 0 || !JUDGES.has(roles[row])) continue;
    rows.push({
      block: blocks[row],
      uid: uids[row],
      role: roles[row],
      stake: stakes[row] / U16_ONE,
      dividends: dividends[row] / U16_ONE,
      trust: trusts[row] / U16_ONE,
    });
  }
  return rows;
}

/** Dividends for a unit of stake: 1 for who is paid in proportion to it. NaN without stake. */
export function returnOnStake(rows: readonly Pick<JudgeRow, "stake" | "dividends">[]): number {
  let [stake, paid] = [0, 0];
  for (const row of rows) {
    stake += row.stake;
    paid += row.dividends;
  }
  return paid / stake;
}

/** Rows by a key, in the order in which the keys first come. */
export function grouped<Key>(
  rows: readonly JudgeRow[],
  keyOf: (row: JudgeRow) => Key,
): Map<Key, JudgeRow[]> {
  const groups = new Map<Key, JudgeRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
