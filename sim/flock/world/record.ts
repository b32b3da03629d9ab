/** Writes a day of a FLock world into its tables. */
import type { Cell, RecordSink, TableDefinition } from "../../records.ts";
import { flockFromWei, SECONDS_PER_DAY } from "../amounts.ts";
import { claimableFlock } from "../delegation.ts";
import { priceUsd } from "../market.ts";
import { tokenPriceFlock } from "../marketplace/offering.ts";
import * as tables from "../tables.ts";
import { curveFlock, usageUsd } from "./actions/marketplace.ts";
import { allianceOwes } from "./alliance-day.ts";
import { taskStakes } from "./stakes.ts";
import type { FlockWorldState, Participant } from "./state.ts";
import { circulatingWei } from "./totals.ts";
import { dailyReturnOf } from "./views.ts";

/** 2024-12-31 00:00 UTC, day 0. */
const LAUNCH_MS = 1_735_603_200_000;
const DAY_MS = 86_400_000;

export const timeOfDay = (day: number): number => LAUNCH_MS + day * DAY_MS;

export interface RecordingPlan {
  /** Days between two rows of the same operator, delegator or model. */
  readonly everyDays: number;
  /** Only these tables are written. */
  readonly tables: ReadonlySet<string>;
}

type Row = readonly Cell[];

export function recordDay(world: FlockWorldState, sink: RecordSink, plan: RecordingPlan): void {
  const write = (table: TableDefinition, rows: () => Iterable<Row>) => {
    if (!plan.tables.has(table.name)) return;
    for (const row of rows()) sink.append(table, row);
  };
  const flows = world.ledger.takeFlows();
  write(tables.flockFlowsTable, () =>
    flows.map(({ asset, reason, amount, movements }) => [
      world.day,
      asset,
      reason,
      asset === "USD" ? Number(amount) / 1e6 : flockFromWei(amount),
      movements,
    ]),
  );
  world.feesTotalWei += flows
    .filter(({ asset, reason }) => asset === "FLOCK" && FEES.has(reason))
    .reduce((sum, { amount }) => sum + amount, 0n);
  write(tables.flockSupplyTable, () => [supplyRow(world)]);
  write(tables.flockMarketTable, () => [marketRow(world)]);
  write(tables.flockTasksTable, () => taskRows(world));
  write(tables.flockLocksTable, () => lockRows(world));
  write(tables.flockAllianceTable, () => allianceRows(world));
  if (world.day % plan.everyDays === 0) {
    write(tables.flockOperatorsTable, () => operatorRows(world));
    write(tables.flockDelegatorsTable, () => delegatorRows(world));
    write(tables.flockModelsTable, () => modelRows(world));
    write(tables.flockRefusalsTable, () =>
      [...world.refusals].map(([action, count]) => [world.day, action, count]),
    );
    world.refusals.clear();
  }
  clearEvents(world);
}

/** Reasons under which a fee reaches the token contract. */
const FEES = new Set(["gmFLOCK fee", "claim fee", "v1 withdrawal fee"]);

function clearEvents({ events }: FlockWorldState): void {
  events.locks = [];
  events.alliance = [];
  events.soldWei.clear();
  events.boughtWei.clear();
}

function supplyRow(world: FlockWorldState): Row {
  const { ledger, accounts, day } = world;
  const held = (account: number) => flockFromWei(ledger.balance(account));
  const circulating = flockFromWei(circulatingWei(world));
  const totals = world.locked;
  const locked = totals.principalFlock;
  const alliance = allianceOwes(world);
  return [
    day,
    timeOfDay(day),
    world.emissionFlock,
    flockFromWei(world.grossMintedWei),
    held(accounts.burn),
    circulating,
    locked,
    circulating === 0 ? 0 : locked / circulating,
    totals.gmflock,
    held(accounts.gmTasks) + held(accounts.gmPools),
    totals.meanLockDays,
    held(accounts.claimable),
    held(accounts.pools),
    held(accounts.lockedRewards),
    held(accounts.vesting),
    held(accounts.taskManager),
    held(accounts.tokenContract),
    flockFromWei(world.feesTotalWei),
    flockFromWei(alliance.poolsWei + alliance.stakesWei),
    held(accounts.curves),
    held(accounts.treasury),
  ];
}

function marketRow(world: FlockWorldState): Row {
  const { soldWei, boughtWei } = world.events;
  const amount = (map: Map<string, bigint>, names: readonly string[]) =>
    flockFromWei(names.reduce((sum, name) => sum + (map.get(name) ?? 0n), 0n));
  const others = ["creator", "user", "alliance", "treasury"];
  const people = [...others, "node", "validator", "delegator", "whale"];
  return [
    world.day,
    timeOfDay(world.day),
    priceUsd(world.market),
    world.outsidePriceUsd,
    amount(soldWei, ["node"]),
    amount(soldWei, ["validator"]),
    amount(soldWei, ["delegator"]),
    amount(soldWei, ["whale"]),
    amount(soldWei, ["researcher"]),
    amount(soldWei, others),
    amount(soldWei, ["outside"]),
    amount(boughtWei, ["outside"]),
    amount(boughtWei, ["buyback", "subnet"]),
    amount(boughtWei, people),
  ];
}

function* taskRows(world: FlockWorldState): Iterable<Row> {
  const shown = world.tasks.filter(
    ({ finishedDay }) => finishedDay === null || finishedDay === world.day,
  );
  for (const task of shown) {
    const losses = [...task.submissions.values()]
      .map(({ consensus }) => consensus)
      .filter((loss) => !Number.isNaN(loss));
    yield [
      world.day,
      task.index,
      task.nodes.length,
      task.validators.length,
      task.submissions.size,
      task.validations,
      flockFromWei(taskStakes(task, world).weightWei),
      task.nodeRewardFlock,
      task.validatorRewardFlock,
      flockFromWei(task.lockedWei),
      losses.length === 0 ? null : losses.reduce((best, loss) => Math.min(best, loss)),
    ];
  }
}

const lockRows = (world: FlockWorldState): Row[] =>
  world.events.locks.map(({ participant, flockWei, lock, feeWei }) => [
    world.day,
    participant.agent.id,
    participant.agent.role,
    flockFromWei(flockWei),
    lock.unlockDay - lock.openedDay,
    flockFromWei(lock.gmflockWei),
    flockFromWei(feeWei),
  ]);

const allianceRows = (world: FlockWorldState): Row[] =>
  world.events.alliance.map((event) => [
    world.day,
    event.task,
    event.round,
    event.accepted,
    event.proposers,
    event.voters,
    event.accuracy,
    flockFromWei(event.paidWei),
    flockFromWei(event.slashedWei),
  ]);

const operatorRows = (world: FlockWorldState): Row[] =>
  world.operators.map((operator) => [
    world.day,
    operator.index,
    operator.participant.agent.id,
    operator.role,
    operator.task?.index ?? null,
    flockFromWei(operator.stakedWei),
    flockFromWei(operator.pool.delegatedWei),
    operator.pool.members.size,
    operator.sigma,
    operator.rewardFlock,
    dailyReturnOf(operator),
    operator.standing,
    flockFromWei(operator.participant.totals.claimedWei),
    flockFromWei(operator.participant.totals.soldWei),
    Number(operator.participant.totals.usdSpentMicro) / 1e6,
  ]);

const delegatorRows = (world: FlockWorldState): Row[] =>
  world.participants
    .filter(({ agent }) => agent.role === "delegator")
    .map((who) => delegatorRow(world, who));

function delegatorRow(world: FlockWorldState, who: Participant): Row {
  const now = world.day * SECONDS_PER_DAY;
  const pools = [...who.delegatedTo].map(({ pool }) => ({
    delegatedWei: pool.members.get(who.index)?.amountWei ?? 0n,
    claimableFlock: claimableFlock(pool, who.index, now),
  }));
  const { locked } = who;
  return [
    world.day,
    who.agent.id,
    flockFromWei(world.ledger.balance(who.flock)),
    locked.principalFlock,
    locked.gmflock,
    locked.meanLockDays,
    flockFromWei(pools.reduce((sum, pool) => sum + pool.delegatedWei, 0n)),
    pools.length,
    flockFromWei(who.totals.claimedWei),
    pools.reduce((sum, pool) => sum + pool.claimableFlock, 0),
    flockFromWei(who.totals.soldWei),
  ];
}

const modelRows = (world: FlockWorldState): Row[] =>
  world.models.map((model) => {
    const { offering } = model;
    return [
      world.day,
      model.index,
      model.owner.participant.agent.id,
      model.loss,
      offering?.status ?? "api",
      usageUsd(model),
      curveFlock(model),
      offering && offering.status !== "refunded" ? tokenPriceFlock(offering) : null,
      offering ? flockFromWei(offering.burnedTokens) : 0,
    ];
  });
