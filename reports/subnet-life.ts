/** Subnets that came, went or changed hands in a run, from the table of their events. */
import { actionsTable, rewardsTable, subnetEventsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";

export interface FoundedSubnet {
  readonly block: number;
  readonly time: number;
  readonly netuid: number;
  readonly founder: string;
  readonly lockTao: number;
  /** The subnet that gave way; null where a slot was free. */
  readonly pruned: PrunedSubnet | null;
}

export interface PrunedSubnet {
  readonly owner: string;
  /** To holders, and their alpha. */
  readonly paidTao: number;
  readonly alpha: number;
  readonly recycledTao: number;
  readonly price: number;
  /** What holders got for an alpha, as a part of its spot price; null where there was none. */
  readonly recovery: number | null;
}

export interface Takeover {
  readonly block: number;
  readonly time: number;
  readonly netuid: number;
  readonly owner: string;
  /** By conviction, or at the end of a lease by its beneficiary. */
  readonly by: "conviction" | "lease";
  /** What the new owner had paid for the subnet's alpha in the run until then. */
  readonly paidTao: number;
  /** Owner cut since, at spot prices. */
  readonly cutTao: number;
}

export interface SubnetLife {
  /** In the order of their blocks. */
  readonly founded: readonly FoundedSubnet[];
  readonly takeovers: readonly Takeover[];
}

export function subnetLife(run: RunData): SubnetLife {
  const table = run.table(subnetEventsTable);
  const blocks = table.column("block").numbers();
  const times = table.column("time").numbers();
  const netuids = table.column("netuid").numbers();
  const events = table.column("event").texts();
  const coldkeys = table.column("coldkey").texts();
  const tao = table.column("tao_rao").tao();
  const alpha = table.column("alpha_rao").tao();
  const recycled = table.column("recycled_rao").tao();
  const prices = table.column("price").numbers();
  const founded: FoundedSubnet[] = [];
  const takeovers: Takeover[] = [];
  const leaving = new Map<number, PrunedSubnet>();
  for (const [row, event] of events.entries()) {
    const netuid = netuids[row];
    if (event === "pruned") {
      leaving.set(netuid, {
        owner: coldkeys[row],
        paidTao: tao[row],
        alpha: alpha[row],
        recycledTao: recycled[row],
        price: prices[row],
        recovery: alpha[row] > 0 ? tao[row] / (alpha[row] * prices[row]) : null,
      });
    } else if (event === "registered") {
      founded.push({
        block: blocks[row],
        time: times[row],
        netuid,
        founder: coldkeys[row],
        lockTao: tao[row],
        pruned: leaving.get(netuid) ?? null,
      });
      leaving.delete(netuid);
    } else if (event === "owner_changed") {
      takeovers.push(takeover(run, { block: blocks[row], netuid }, times[row], coldkeys[row]));
    }
  }
  return { founded, takeovers };
}

function takeover(
  run: RunData,
  { block, netuid }: { readonly block: number; readonly netuid: number },
  time: number,
  owner: string,
): Takeover {
  const actions = run.table(actionsTable);
  const asked = {
    agents: actions.column("agent").texts(),
    kinds: actions.column("action").texts(),
    netuids: actions.column("netuid").numbers(),
    blocks: actions.column("block").numbers(),
    applied: actions.column("applied").numbers(),
    amounts: actions.column("amount_rao").tao(),
  };
  let paidTao = 0;
  let by: Takeover["by"] = "conviction";
  for (const [row, agent] of asked.agents.entries()) {
    const isOwn = asked.applied[row] === 1 && asked.netuids[row] === netuid && agent === owner;
    const isEnd = asked.kinds[row] === "terminate_lease" && asked.blocks[row] === block;
    if (isOwn && isEnd) by = "lease";
    const buys = asked.kinds[row] === "add_stake" && asked.applied[row] === 1;
    if (!buys || agent !== owner || asked.netuids[row] !== netuid) continue;
    if (asked.blocks[row] <= block) paidTao += asked.amounts[row];
  }
  return { block, time, netuid, owner, by, paidTao, cutTao: ownerCutTao(run, netuid, block) };
}

function ownerCutTao(run: RunData, netuid: number, fromBlock: number): number {
  const rewards = run.table(rewardsTable);
  const [netuids, blocks] = [rewards.column("netuid"), rewards.column("block")].map((column) =>
    column.numbers(),
  );
  const values = rewards.column("value_rao").tao();
  let sum = 0;
  for (const [row, role] of rewards.column("role").texts().entries()) {
    if (role === "owner" && netuids[row] === netuid && blocks[row] > fromBlock) sum += values[row];
  }
  return sum;
}

/** Blocks between each registration and the one before it in the run. */
export const gapsBlocks = ({ founded }: SubnetLife): number[] =>
  founded.slice(1).map(({ block }, index) => block - founded[index].block);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
