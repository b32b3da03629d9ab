/** What agents are shown. The public part is made once a day. */
import { flockFromWei, SECONDS_PER_DAY } from "../amounts.ts";
import { grantVestedWei } from "../arena/vesting.ts";
import { claimableFlock } from "../delegation.ts";
import { EAPY_WINDOW_DAYS } from "../eapy.ts";
import type { Lock } from "../gmflock.ts";
import { priceUsd } from "../market.ts";
import { tokenPriceFlock } from "../marketplace/offering.ts";
import type { FlockParameters } from "../parameters.ts";
import { sigmaRefusalOf } from "./actions/arena.ts";
import { usageUsd } from "./actions/marketplace.ts";
import type {
  AllianceView,
  DelegationView,
  FlockView,
  ModelView,
  OperatorView,
  SelfView,
  TaskView,
} from "./agent.ts";
import type { ArenaTask, FlockWorldState, MarketModel, Operator, Participant } from "./state.ts";
import { circulatingWei } from "./totals.ts";

/**
 * The view of one day. The public part stays as it was in the morning; the price and the agent's
 * own accounts are as they are when looked at. One object serves all: it is good until the agent
 * has acted.
 */
export class DayView implements FlockView {
  readonly day: number;
  readonly parameters: FlockParameters;
  readonly operators: readonly OperatorView[];
  readonly working: readonly OperatorView[];
  readonly tasks: readonly TaskView[];
  readonly models: readonly ModelView[];
  readonly alliances: readonly AllianceView[];
  readonly circulatingFlock: number;
  readonly lockedFlock: number;
  readonly emissionFlock: number;
  readonly feesWei: bigint;
  readonly self: OwnAccounts;
  private readonly world: FlockWorldState;

  constructor(world: FlockWorldState) {
    const { ledger, accounts } = world;
    this.world = world;
    this.day = world.day;
    this.parameters = world.parameters;
    this.operators = world.operators.map(operatorView);
    this.tasks = world.tasks.map(taskView);
    const working = this.operators.filter(
      ({ task }) => task !== null && !this.tasks[task].finished,
    );
    this.working = working.length > 0 ? working : this.operators;
    this.models = world.models.map(modelView);
    this.alliances = world.alliances.map(({ index, task, members, finished }) => ({
      index,
      open: task === null && !finished,
      participants: members.length,
    }));
    this.circulatingFlock = flockFromWei(circulatingWei(world));
    this.lockedFlock = flockFromWei(ledger.balance(accounts.exchange));
    this.emissionFlock = world.emissionFlock;
    this.feesWei = ledger.balance(accounts.tokenContract);
    this.self = new OwnAccounts(world);
  }

  get priceUsd(): number {
    return priceUsd(this.world.market);
  }

  for(who: Participant): FlockView {
    this.self.who = who;
    return this;
  }
}

/** Mean of a ring of the last days' returns. */
function meanOf(returns: Float64Array, returnDays: number): number {
  const days = Math.min(returnDays, EAPY_WINDOW_DAYS);
  let total = 0;
  for (let i = 0; i < days; i++) total += returns[i];
  return days === 0 ? 0 : total / days;
}

export const dailyReturnOf = ({ returns, returnDays }: Operator): number =>
  meanOf(returns, returnDays);

export const operatorView = (operator: Operator): OperatorView => ({
  index: operator.index,
  name: operator.participant.agent.id,
  role: operator.role,
  sigma: operator.sigma,
  ownGmflock: flockFromWei(operator.stakedWei),
  delegatedGmflock: flockFromWei(operator.pool.delegatedWei),
  task: operator.task?.index ?? null,
  dailyReturn: dailyReturnOf(operator),
  grossReturn: meanOf(operator.grossReturns, operator.returnDays),
  sigmaChangedDay: operator.sigmaChangedDay,
  historyDays: operator.returnDays,
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

class OwnAccounts implements SelfView {
  /** Whose accounts are shown. */
  who!: Participant;
  private readonly world: FlockWorldState;

  constructor(world: FlockWorldState) {
    this.world = world;
  }

  get participant(): number {
    return this.who.index;
  }

  flockWei(): bigint {
    return this.world.ledger.balance(this.who.flock);
  }

  freeGmflockWei(): bigint {
    return this.world.ledger.balance(this.who.gm);
  }

  locks(): readonly Lock[] {
    return this.who.locks;
  }

  claimableWei(): bigint {
    const { operator } = this.who;
    if (!operator) return 0n;
    const { day } = this.world;
    return operator.grants.reduce(
      (sum, grant) => sum + grantVestedWei(grant, day) - grant.releasedWei,
      operator.claimableWei,
    );
  }

  operator(): OperatorView | null {
    const { operator } = this.who;
    return operator ? operatorView(operator) : null;
  }

  computeSpentUsd(): number {
    const { operator } = this.who;
    return operator ? (operator.task?.submissions.get(operator)?.computeUsd ?? 0) : 0;
  }

  delegations(): readonly DelegationView[] {
    const { who } = this;
    const now = this.world.day * SECONDS_PER_DAY;
    return [...who.delegatedTo].map(({ index, pool }) => ({
      operator: index,
      gmflockWei: pool.members.get(who.index)?.amountWei ?? 0n,
      claimableFlock: () => claimableFlock(pool, who.index, now),
    }));
  }

  isInAlliance(task: number): boolean {
    return this.world.alliances[task]?.members.includes(this.who) ?? false;
  }

  sigmaRefusal(sigma: number): string | null {
    const { operator } = this.who;
    return operator ? sigmaRefusalOf(this.world, operator, sigma) : "NotOperator";
  }

  tokens(model: number): bigint {
    return this.world.models[model]?.offering?.holdings.get(this.who.index) ?? 0n;
  }
}
