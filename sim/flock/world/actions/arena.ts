/** What nodes, validators, delegators and task creators do in AI Arena. */
import {
  BPS_BASE,
  PERCENT_BASE,
  SECONDS_PER_DAY,
  scaledFraction,
  weiFromFlock,
} from "../../amounts.ts";
import { arenaRules } from "../../arena/rules.ts";
import { type FreezingTask, type SigmaRefusal, sigmaChangeRefusal } from "../../arena/sigma.ts";
import { trueLoss } from "../../arena/training.ts";
import { type Grant, release } from "../../arena/vesting.ts";
import {
  claim,
  claimCooldownSeconds,
  delegate as delegateTo,
  holdSeconds,
  undelegate as undelegateFrom,
} from "../../delegation.ts";
import { microFromUsd } from "../../market.ts";
import { payClaim } from "../fees.ts";
import type { ArenaTask, FlockWorldState, Operator, Participant, Submission } from "../state.ts";
import { setLocks } from "../totals.ts";
import { APPLIED, type Handler, refused } from "./outcome.ts";

const nowSeconds = (world: FlockWorldState): number => world.day * SECONDS_PER_DAY;

export const stake: Handler<"stake"> = (world, who, action) => {
  const { ledger, accounts, day } = world;
  const { operator } = who;
  const task = world.tasks[action.task];
  if (!operator) return refused("NotOperator");
  if (!task || task.finishedDay !== null) return refused("TaskNotActive");
  if (operator.task !== null && operator.task !== task) return refused("StakedElsewhere");
  const joining = operator.task === null;
  const closed = operator.role === "node" ? task.submissionsUntilDay : task.endDay;
  if (joining && day >= closed) return refused("TaskClosed");
  if (action.gmflockWei < 0n || ledger.balance(who.gm) < action.gmflockWei) {
    return refused("InsufficientBalance");
  }
  const staked = operator.stakedWei + action.gmflockWei;
  if (staked < world.ratios.minimumStakeWei) {
    return refused("BelowMinimumStake");
  }
  ledger.move(who.gm, accounts.gmTasks, action.gmflockWei, "staked in a task");
  operator.stakedWei = staked;
  if (joining) {
    operator.task = task;
    (operator.role === "node" ? task.nodes : task.validators).push(operator);
  }
  return APPLIED;
};

/** Only after the task is completed. */
export const unstake: Handler<"unstake"> = (world, who) => {
  const { ledger, accounts } = world;
  const { operator } = who;
  if (!operator?.task) return refused("NotStaked");
  if (operator.task.finishedDay === null) return refused("TaskNotCompleted");
  ledger.move(accounts.gmTasks, who.gm, operator.stakedWei, "unstaked");
  operator.stakedWei = 0n;
  operator.leftTasks = [...recentlyLeft(operator, world), operator.task];
  operator.task = null;
  if (operator.role === "validator") takeWithdrawalFee(world, who);
  return APPLIED;
};

/** v1 may charge validators for a withdrawal: off the principal, which is unlocked there. */
function takeWithdrawalFee(world: FlockWorldState, who: Participant): void {
  const { ledger, accounts, parameters, day } = world;
  const feeBps = arenaRules(day, parameters.arena.rules).validatorWithdrawalBps(parameters.arena);
  if (feeBps === 0n) return;
  const cut = who.locks.map((lock) => {
    const principalFee = (lock.principalWei * feeBps) / BPS_BASE;
    const stakeFee = (lock.gmflockWei * feeBps) / BPS_BASE;
    ledger.move(accounts.exchange, accounts.tokenContract, principalFee, "v1 withdrawal fee");
    ledger.move(who.gm, accounts.gmMint, stakeFee, "gmFLOCK burned");
    return {
      ...lock,
      principalWei: lock.principalWei - principalFee,
      gmflockWei: lock.gmflockWei - stakeFee,
    };
  });
  setLocks(who, cut);
}

export const delegate: Handler<"delegate"> = (world, who, action) => {
  const operator = world.operators[action.operator];
  if (!operator) return refused("NoSuchPool");
  if (action.gmflockWei <= 0n) return refused("ZeroAmount");
  if (world.ledger.balance(who.gm) < action.gmflockWei) return refused("InsufficientBalance");
  world.ledger.move(who.gm, world.accounts.gmPools, action.gmflockWei, "delegated");
  delegateTo(operator.pool, who.index, action.gmflockWei, nowSeconds(world));
  who.delegatedTo.add(operator);
  return APPLIED;
};

export const undelegate: Handler<"undelegate"> = (world, who, action) => {
  const operator = world.operators[action.operator];
  if (!operator) return refused("NoSuchPool");
  const hold = holdSeconds(world.parameters.arena);
  const now = nowSeconds(world);
  const reason = undelegateFrom(operator.pool, who.index, action.gmflockWei, now, hold);
  if (reason) return refused(reason);
  world.ledger.move(world.accounts.gmPools, who.gm, action.gmflockWei, "undelegated");
  forgetPool(operator, who);
  return APPLIED;
};

export const claimPool: Handler<"claim_pool"> = (world, who, action) => {
  const operator = world.operators[action.operator];
  if (!operator) return refused("NoSuchPool");
  const { arena } = world.parameters;
  const outcome = claim(operator.pool, who.index, nowSeconds(world), claimCooldownSeconds(arena));
  if (!outcome.claimed) return refused(outcome.reason);
  const { delegatorFeeBps } = world.ratios;
  const { pools } = world.accounts;
  payClaim(world, pools, who, outcome.grossWei, delegatorFeeBps, "pool reward claimed");
  forgetPool(operator, who);
  return APPLIED;
};

/** A pool that owes nothing more and holds nothing more. */
function forgetPool(operator: Operator, who: Participant): void {
  if (!operator.pool.members.has(who.index)) who.delegatedTo.delete(operator);
}

/** Rewards that are due, and of Reward B what has vested. */
export const claimRewards: Handler<"claim_rewards"> = (world, who) => {
  const { operator } = who;
  if (!operator) return refused("NotOperator");
  const vestedWei = releaseGrants(operator, world.day);
  const dueWei = operator.claimableWei;
  if (vestedWei + dueWei === 0n) return refused("NothingToClaim");
  operator.claimableWei = 0n;
  const fee = world.ratios.operatorFeeBps;
  payClaim(world, world.accounts.claimable, who, dueWei, fee, "reward claimed");
  payClaim(world, world.accounts.vesting, who, vestedWei, fee, "vested reward claimed");
  return APPLIED;
};

function releaseGrants(operator: Operator, day: number): bigint {
  if (operator.grants.length === 0) return 0n;
  let vestedWei = 0n;
  const open: Grant[] = [];
  for (const grant of operator.grants) {
    const released = release(grant, day);
    vestedWei += released.amountWei;
    if (released.grant.releasedWei !== grant.amountWei) open.push(released.grant);
  }
  operator.grants = open;
  return vestedWei;
}

export const setSigma: Handler<"set_sigma"> = (world, who, { sigma }) => {
  const { operator } = who;
  if (!operator) return refused("NotOperator");
  const reason = sigmaRefusalOf(world, operator, sigma);
  if (reason) return refused(reason);
  operator.sigma = sigma;
  operator.sigmaPart = scaledFraction(sigma, PERCENT_BASE);
  operator.sigmaChangedDay = world.day;
  return APPLIED;
};

/** Why an operator cannot change to this ratio today; null where it can. */
export const sigmaRefusalOf = (
  world: FlockWorldState,
  operator: Operator,
  sigma: number,
): SigmaRefusal | null => {
  const tasks = recentlyLeft(operator, world);
  return sigmaChangeRefusal(
    sigma,
    world.day,
    operator.sigmaChangedDay,
    (operator.task ? [...tasks, operator.task] : tasks).map(freezing),
    world.parameters.arena,
  );
};

const recentlyLeft = ({ leftTasks }: Operator, { day, parameters }: FlockWorldState): ArenaTask[] =>
  leftTasks.filter(
    ({ finishedDay }) =>
      finishedDay !== null && day - finishedDay <= parameters.arena.finishedTaskDays,
  );

const freezing = ({ endDay, finishedDay }: ArenaTask): FreezingTask => ({
  expectedEndDay: endDay,
  finishedDay,
});

/** Trains on, and submits the better model. */
export const train: Handler<"train"> = (world, who, { computeUsd }) => {
  const { operator } = who;
  if (operator?.role !== "node" || !operator.task) return refused("NotStaked");
  if (world.day >= operator.task.submissionsUntilDay) return refused("SubmissionsClosed");
  if (!(computeUsd > 0)) return refused("ZeroAmount");
  const { training } = world.parameters;
  const submission = operator.task.submissions.get(operator) ?? firstSubmission(world, operator);
  submission.computeUsd += computeUsd;
  submission.trueLoss = trueLoss(
    who.agent.skill ?? 0,
    submission.computeUsd,
    submission.luck,
    training,
  );
  operator.task.submissions.set(operator, submission);
  spend(world, who, microFromUsd(computeUsd), "training compute");
  return APPLIED;
};

function firstSubmission(world: FlockWorldState, operator: Operator): Submission {
  const luck = operator.participant.random.normal();
  return {
    operator,
    computeUsd: 0,
    luck: luck * world.parameters.training.luckSpread,
    trueLoss: world.parameters.training.startLoss,
    consensus: Number.NaN,
  };
}

/** Dollars of a participant that leave for compute. */
export function spend(
  world: FlockWorldState,
  who: Participant,
  usdMicro: bigint,
  reason: string,
): void {
  world.ledger.move(who.usd, world.accounts.usdCompute, usdMicro, reason);
  who.totals.usdSpentMicro += usdMicro;
}

export const createTask: Handler<"create_task"> = (world, who) => {
  const { ledger, accounts, parameters, day, tasks } = world;
  const { arena } = parameters;
  if (who.agent.role !== "creator") return refused("NotProtocolManager");
  const creatorStakeWei = weiFromFlock(arena.creatorStakePerDayGmflock * arena.taskDays);
  if (ledger.balance(who.gm) < creatorStakeWei) return refused("InsufficientBalance");
  ledger.move(who.gm, accounts.gmTasks, creatorStakeWei, "creator's stake");
  tasks.push({
    index: tasks.length,
    createdDay: day,
    submissionsUntilDay: day + Math.min(arena.submissionDays, arena.taskDays),
    endDay: day + arena.taskDays,
    finishedDay: null,
    nodes: [],
    validators: [],
    creator: who,
    creatorStakeWei,
    submissions: new Map(),
    lockedWei: 0n,
    nodeRewardFlock: 0,
    validatorRewardFlock: 0,
    validations: 0,
    random: world.random(`assignments/${tasks.length}`),
  });
  return APPLIED;
};
