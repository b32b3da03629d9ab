/**
 * A day's end in AI Arena: validators score submissions, the off-chain operator turns scores and
 * stakes into percentages over 10^6, the task manager pays by them in wei, and tasks that are over
 * release their locked rewards. Scores and shares are real numbers, as off chain; money is not.
 */

import { pow } from "../../portable-math.ts";
import { flockFromWei, PERCENT_BASE } from "../amounts.ts";
import { ranksByLoss } from "../arena/consensus.ts";
import { rankWeights, stakeShares } from "../arena/rewards.ts";
import { arenaRules } from "../arena/rules.ts";
import {
  type Payment,
  releaseLocked,
  type SettledDay,
  settleRoles,
  type UploadedShare,
} from "../arena/settlement.ts";
import { fund } from "../delegation.ts";
import { EAPY_WINDOW_DAYS } from "../eapy.ts";
import { scoreTask } from "./scoring.ts";
import { effectiveStakes, taskStakes } from "./stakes.ts";
import { type ArenaTask, activeTasks, type FlockWorldState, type Operator } from "./state.ts";

/** Shares of a role's pool, as real numbers, and the percentages that are uploaded for them. */
interface RoleShares {
  readonly operators: readonly Operator[];
  readonly shares: Float64Array;
  readonly uploaded: UploadedShare[];
}

/** Pays the arena's part of the day's emission. */
export function settleArena(world: FlockWorldState, arenaWei: bigint): void {
  const { arena } = world.parameters;
  const tasks = activeTasks(world);
  const stakes = tasks.map((task) => taskStakes(task, world));
  const { gammaPart, lockedPart } = world.ratios;
  const rules = arenaRules(world.day, arena.rules);
  const pools = rules.divide(arenaWei, stakes, gammaPart, PERCENT_BASE);
  const weight = stakes.reduce((sum, { weightWei }) => sum + weightWei, 0n);
  const effective = effectiveStakes(world);
  for (const operator of world.operators) operator.rewardFlock = 0;
  for (const [k, task] of tasks.entries()) {
    const part = weight === 0n ? 0 : Number(stakes[k].weightWei) / Number(weight);
    const assignments = Math.round(arena.validationsPerDay * part);
    const validatorWeights = scoreTask(world, task, assignments, effective);
    const nodes = nodeShares(world, task, effective);
    const validators = validatorShares(world, task, validatorWeights, effective);
    const settled = settleRoles(pools[k], {
      nodes: nodes.uploaded,
      validators: validators.uploaded,
      lockedPart,
      percentBase: PERCENT_BASE,
    });
    book(world, task, settled, nodes, validators);
    if (world.day >= task.endDay) finishTask(world, task, nodes);
  }
  for (const operator of world.operators) noteReturn(operator, effective[operator.index]);
}

function nodeShares(world: FlockWorldState, task: ArenaTask, effective: Float64Array): RoleShares {
  const { arena } = world.parameters;
  const submissions = [...task.submissions.values()];
  const ranks = ranksByLoss(submissions.map(({ consensus }) => consensus));
  const byRank = rankWeights(submissions.length, arena.rankRatio);
  const operators = submissions.map(({ operator }) => operator);
  const weights = operators.map((operator, i) => {
    operator.standing = ranks[i];
    return byRank[ranks[i]];
  });
  return roleShares(operators, weights, effective, arena.nodeStakeExponent);
}

const validatorShares = (
  world: FlockWorldState,
  task: ArenaTask,
  weights: Float64Array,
  effective: Float64Array,
): RoleShares => {
  for (const [j, operator] of task.validators.entries()) operator.standing = weights[j];
  const { validatorStakeExponent } = world.parameters.arena;
  return roleShares(task.validators, weights, effective, validatorStakeExponent);
};

function roleShares(
  operators: readonly Operator[],
  weights: ArrayLike<number>,
  effective: Float64Array,
  exponent: number,
): RoleShares {
  const stakes = Float64Array.from(operators, ({ index }) => effective[index]);
  const shares = stakeShares(weights, stakes, exponent);
  const uploaded = operators.map((operator, i) => {
    const own = stakes[i] === 0 ? 0 : flockFromWei(operator.stakedWei) / stakes[i];
    const withPart = partOf(shares[i]);
    const withoutPart = partOf(shares[i] * (exponent === 1 ? own : pow(own, exponent)));
    return {
      withPart,
      // The same rounding on both sides could lift `without` over `with` by nothing, never more.
      withoutPart: withoutPart < withPart ? withoutPart : withPart,
      sigmaPart: operator.sigmaPart,
    };
  });
  return { operators, shares, uploaded };
}

/** Rounded down, so that a role's percentages never pass one. */
const partOf = (share: number): bigint => BigInt(Math.floor(share * Number(PERCENT_BASE)));

function book(
  world: FlockWorldState,
  task: ArenaTask,
  settled: SettledDay,
  nodes: RoleShares,
  validators: RoleShares,
): void {
  const { ledger, accounts } = world;
  const toNodes = payOperators(nodes.operators, settled.nodes);
  const toValidators = payOperators(validators.operators, settled.validators);
  const { taskManager } = accounts;
  const operatorsWei = toNodes.operatorsWei + toValidators.operatorsWei;
  const delegatorsWei = toNodes.delegatorsWei + toValidators.delegatorsWei;
  ledger.move(taskManager, accounts.claimable, operatorsWei, "arena reward");
  ledger.move(taskManager, accounts.pools, delegatorsWei, "delegators' arena reward");
  ledger.move(taskManager, accounts.lockedRewards, settled.lockedWei, "arena reward locked");
  task.lockedWei += settled.lockedWei;
  task.nodeRewardFlock = flockFromWei(settled.nodePoolWei);
  task.validatorRewardFlock = flockFromWei(settled.validatorPoolWei);
  for (const [i, operator] of nodes.operators.entries()) {
    operator.rewardFlock = task.nodeRewardFlock * nodes.shares[i];
  }
  for (const [j, operator] of validators.operators.entries()) {
    operator.rewardFlock = task.validatorRewardFlock * validators.shares[j];
  }
}

function payOperators(operators: readonly Operator[], payments: readonly Payment[]) {
  let operatorsWei = 0n;
  let delegatorsWei = 0n;
  for (const [i, paid] of payments.entries()) {
    operators[i].claimableWei += paid.operatorWei;
    fund(operators[i].pool, paid.delegatorsWei);
    operatorsWei += paid.operatorWei;
    delegatorsWei += paid.delegatorsWei;
  }
  return { operatorsWei, delegatorsWei };
}

/** The locked pot by the final percentages: the node's part vests, the pools get theirs at once. */
function finishTask(world: FlockWorldState, task: ArenaTask, nodes: RoleShares): void {
  const { ledger, accounts, day, parameters } = world;
  const durationDays = arenaRules(day, parameters.arena.rules).rewardVestingDays(parameters.arena);
  const released = releaseLocked(task.lockedWei, nodes.uploaded, PERCENT_BASE);
  let vestingWei = 0n;
  let poolsWei = 0n;
  for (const [i, paid] of released.nodes.entries()) {
    const operator = nodes.operators[i];
    if (paid.operatorWei > 0n) {
      operator.grants.push({
        amountWei: paid.operatorWei,
        startDay: day,
        durationDays,
        releasedWei: 0n,
      });
    }
    fund(operator.pool, paid.delegatorsWei);
    vestingWei += paid.operatorWei;
    poolsWei += paid.delegatorsWei;
  }
  const from = accounts.lockedRewards;
  ledger.move(from, accounts.vesting, vestingWei, "locked reward into vesting");
  ledger.move(from, accounts.pools, poolsWei, "locked reward to delegators");
  ledger.move(from, accounts.taskManager, released.dustWei, "locked reward not assigned");
  task.lockedWei = 0n;
  task.finishedDay = day;
  const { gmTasks } = accounts;
  ledger.move(gmTasks, task.creator.gm, task.creatorStakeWei, "creator's stake returned");
  listModel(world, task, nodes);
}

/** The best model of a finished task can be sold. */
function listModel(world: FlockWorldState, task: ArenaTask, nodes: RoleShares): void {
  const best = nodes.operators.find(({ standing }) => standing === 0);
  const submission = best && task.submissions.get(best);
  if (!best || !submission || Number.isNaN(submission.consensus)) return;
  world.models.push({
    index: world.models.length,
    owner: best,
    loss: submission.consensus,
    offering: null,
    usageUsdMicro: 0n,
    usageByUser: new Map(),
  });
}

function noteReturn(operator: Operator, stake: number): void {
  if (operator.returnDays === 0 && operator.task === null) return;
  const gross = stake === 0 ? 0 : operator.rewardFlock / stake;
  const place = operator.returnDays % EAPY_WINDOW_DAYS;
  operator.returns[place] = (1 - operator.sigma) * gross;
  operator.grossReturns[place] = gross;
  operator.returnDays++;
}
