/** What agents are shown. The public part is made once a day. */
import { flockFromWei, SECONDS_PER_DAY } from "../amounts.ts";
import { grantVestedWei } from "../arena/vesting.ts";
import { claimableWei } from "../delegation.ts";
import { EAPY_WINDOW_DAYS } from "../eapy.ts";
import { priceUsd } from "../market.ts";
import { tokenPriceFlock } from "../marketplace/offering.ts";
import { usageUsd } from "./actions/marketplace.ts";
import type {
  AllianceView,
  FlockView,
  ModelView,
  OperatorView,
  SelfView,
  TaskView,
} from "./agent.ts";
import type { ArenaTask, FlockWorldState, MarketModel, Operator, Participant } from "./state.ts";
import { circulatingWei } from "./totals.ts";

export type PublicView = Omit<FlockView, "self" | "priceUsd">;

export function publicView(world: FlockWorldState): PublicView {
  const { ledger, accounts, parameters } = world;
  return {
    day: world.day,
    parameters,
    operators: world.operators.map(operatorView),
    tasks: world.tasks.map(taskView),
    models: world.models.map(modelView),
    alliances: world.alliances.map(
      ({ index, task, members, finished }): AllianceView => ({
        index,
        open: task === null && !finished,
        participants: members.length,
      }),
    ),
    circulatingFlock: flockFromWei(circulatingWei(world)),
    lockedFlock: flockFromWei(ledger.balance(accounts.exchange)),
    emissionFlock: world.emissionFlock,
    feesWei: ledger.balance(accounts.tokenContract),
  };
}

export const dailyReturnOf = ({ returns, returnDays }: Operator): number => {
  const days = Math.min(returnDays, EAPY_WINDOW_DAYS);
  let total = 0;
  for (let i = 0; i < days; i++) total += returns[i];
  return days === 0 ? 0 : total / days;
};

export const operatorView = (operator: Operator): OperatorView => ({
  index: operator.index,
  name: operator.participant.agent.id,
  role: operator.role,
  sigma: operator.sigma,
  ownGmflock: flockFromWei(operator.stakedWei),
  delegatedGmflock: flockFromWei(operator.pool.delegatedWei),
  task: operator.task?.index ?? null,
  dailyReturn: dailyReturnOf(operator),
});

const stakeOf = (operators: readonly Operator[]): number =>
  operators.reduce(
    (sum, { stakedWei, pool }) => sum + flockFromWei(stakedWei + pool.delegatedWei),
    0,
  );

function taskView(task: ArenaTask): TaskView {
  const finished = task.finishedDay !== null;
  return {
    index: task.index,
    createdDay: task.createdDay,
    submissionsUntilDay: task.submissionsUntilDay,
    endDay: task.endDay,
    finished,
    nodesGmflock: finished ? 0 : stakeOf(task.nodes),
    validatorsGmflock: finished ? 0 : stakeOf(task.validators),
    nodeRewardFlock: task.nodeRewardFlock,
    validatorRewardFlock: task.validatorRewardFlock,
    leaderboard: finished ? [] : leaderboard(task),
  };
}

const leaderboard = (task: ArenaTask) =>
  [...task.submissions.values()]
    .filter(({ consensus }) => !Number.isNaN(consensus))
    .map(({ operator, consensus }) => ({ operator: operator.index, loss: consensus }))
    .sort((a, b) => a.loss - b.loss || a.operator - b.operator);

const modelView = (model: MarketModel): ModelView => ({
  index: model.index,
  owner: model.owner.index,
  loss: model.loss,
  status: model.offering?.status ?? "api",
  tokenPriceFlock:
    model.offering && model.offering.status !== "refunded" ? tokenPriceFlock(model.offering) : null,
  usageUsd: usageUsd(model),
});

export const viewFor = (
  world: FlockWorldState,
  shown: PublicView,
  who: Participant,
): FlockView => ({
  ...shown,
  priceUsd: priceUsd(world.market),
  self: selfView(world, who),
});

function selfView(world: FlockWorldState, who: Participant): SelfView {
  const { ledger, day } = world;
  const { operator } = who;
  return {
    participant: who.index,
    flockWei: () => ledger.balance(who.flock),
    freeGmflockWei: () => ledger.balance(who.gm),
    locks: () => who.locks,
    claimableWei: () =>
      operator
        ? operator.grants.reduce(
            (sum, grant) => sum + grantVestedWei(grant, day) - grant.releasedWei,
            operator.claimableWei,
          )
        : 0n,
    operator: () => (operator ? operatorView(operator) : null),
    computeSpentUsd: () =>
      operator ? (operator.task?.submissions.get(operator)?.computeUsd ?? 0) : 0,
    delegations: () =>
      [...who.delegatedTo].map(({ index, pool }) => ({
        operator: index,
        gmflockWei: pool.members.get(who.index)?.amountWei ?? 0n,
        claimableWei: claimableWei(pool, who.index, day * SECONDS_PER_DAY),
      })),
    tokens: (model) => world.models[model]?.offering?.holdings.get(who.index) ?? 0n,
  };
}
