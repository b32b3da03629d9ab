/** What the tables say of validators' takes and children, for the report. */
import { stakeTermsTable, validatorsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

/** A change of a take, or of the part of a parent's stake that counts for a child. */
export interface TermChange {
  readonly time: number;
  readonly block: number;
  /** 0: on all subnets. */
  readonly netuid: number;
  readonly term: string;
  readonly hotkey: string;
  readonly child: string;
  readonly before: number;
  readonly share: number;
}

export function termChanges(run: RunData): TermChange[] {
  const table = run.table(stakeTermsTable);
  const [times, blocks] = [table.column("time").numbers(), table.column("block").numbers()];
  const netuids = table.column("netuid").numbers();
  const [terms, hotkeys] = [table.column("term").texts(), table.column("hotkey").texts()];
  const children = table.column("child").texts();
  const [before, share] = [table.column("before").numbers(), table.column("share").numbers()];
  return Array.from({ length: table.rows }, (_, row) => ({
    time: times[row],
    block: blocks[row],
    netuid: netuids[row],
    term: terms[row],
    hotkey: hotkeys[row],
    child: children[row] ?? "",
    before: before[row],
    share: share[row],
  }));
}

/** A validator on a day. */
export interface ValidatorDay {
  readonly time: number;
  readonly block: number;
  readonly hotkey: string;
  readonly take: number;
  readonly stakeAlpha: number;
  readonly countedAlpha: number;
  readonly stakeShare: number;
  readonly dividendsShare: number;
}

export function validatorDays(run: RunData, netuid: number): ValidatorDay[] {
  const table = run.table(validatorsTable);
  const netuids = table.column("netuid").numbers();
  const [times, blocks] = [table.column("time").numbers(), table.column("block").numbers()];
  const hotkeys = table.column("hotkey").texts();
  const takes = table.column("take").numbers();
  const [stake, counted] = [table.column("stake_rao").tao(), table.column("counted_rao").tao()];
  const [shares, dividends] = [
    table.column("stake_share").numbers(),
    table.column("dividends_share").numbers(),
  ];
  return [...netuids.keys()]
    .filter((row) => netuids[row] === netuid)
    .map((row) => ({
      time: times[row],
      block: blocks[row],
      hotkey: hotkeys[row],
      take: takes[row],
      stakeAlpha: stake[row],
      countedAlpha: counted[row],
      stakeShare: shares[row],
      dividendsShare: dividends[row],
    }));
}

/** Subnets of which the table of validators says something, ascending. */
export const netuidsWithTerms = (run: RunData): number[] =>
  [...new Set(run.table(validatorsTable).column("netuid").numbers())].sort((a, b) => a - b);

/** Whom a change of terms on the subnet names: first those who change most often. */
export function namedValidators(changes: readonly TermChange[], netuid: number): string[] {
  const named = new Map<string, number>();
  const add = (hotkey: string) => named.set(hotkey, (named.get(hotkey) ?? 0) + 1);
  for (const change of changes) {
    if (change.netuid !== netuid && change.netuid !== 0) continue;
    add(change.hotkey);
    if (change.child !== "") add(change.child);
  }
  return [...named].sort((a, b) => b[1] - a[1]).map(([hotkey]) => hotkey);
}
