/**
 * FL Alliance inside a world: people join with a FLOCK stake, a round a day, rewards to wallets,
 * slashed stake to the pool and to whoever called the slash. Stakes are FLOCK as in PUB: the
 * principal of gmFLOCK cannot be cut, since a redemption burns exactly what its lock minted.
 */

import { DEFAULT_LEARNING_TASK, evaluate, makeData } from "../alliance/learning.ts";
import { honest } from "../alliance/strategies.ts";
import { type AllianceRules, allianceTask, type RoundResult, runRound } from "../alliance/task.ts";
import { weiFromFlock } from "../amounts.ts";
import type { FlockParameters } from "../parameters.ts";
import { APPLIED, type Handler, refused } from "./actions/outcome.ts";
import type { FlockWorldState, RunningAlliance } from "./state.ts";

export const joinAlliance: Handler<"join_alliance"> = (world, who, action) => {
  const alliance = world.alliances[action.task];
  if (!alliance || alliance.task) return refused("TaskClosed");
  if (alliance.members.includes(who)) return refused("AlreadyJoined");
  if (alliance.members.length >= world.parameters.alliance.clients) return refused("TaskFull");
  const stakeWei = weiFromFlock(world.parameters.alliance.stakeFlock);
  if (world.ledger.balance(who.flock) < stakeWei) return refused("InsufficientBalance");
  world.ledger.move(who.flock, world.accounts.allianceStakes, stakeWei, "staked in an FL task");
  alliance.members.push(who);
  if (alliance.firstJoinDay === null) alliance.firstJoinDay = world.day;
  return APPLIED;
};

/** As many unfinished tasks as the parameters ask for. */
export function openAlliances(world: FlockWorldState): void {
  const running = world.alliances.filter((alliance) => !alliance.finished).length;
  for (let missing = world.parameters.alliance.activeTasks - running; missing > 0; missing--) {
    const poolWei = weiFromFlock(world.parameters.alliance.initialPoolFlock);
    const { ledger, accounts } = world;
    const has = ledger.balance(accounts.treasury);
    const paid = poolWei < has ? poolWei : has;
    ledger.move(accounts.treasury, accounts.alliancePools, paid, "FL task's initial pool");
    world.alliances.push({
      index: world.alliances.length,
      members: [],
      firstJoinDay: null,
      task: null,
      finished: false,
      waitingPoolWei: paid,
    });
  }
}

const memberStakeWei = (world: FlockWorldState, alliance: RunningAlliance): bigint =>
  alliance.task
    ? alliance.task.stakesWei.reduce((sum, stake) => sum + stake, 0n)
    : BigInt(alliance.members.length) * weiFromFlock(world.parameters.alliance.stakeFlock);

export const allianceStakeWei = (world: FlockWorldState): bigint =>
  world.alliances
    .filter((alliance) => !alliance.finished)
    .reduce((sum, alliance) => sum + memberStakeWei(world, alliance), 0n);

/** Pays FL Alliance's part of the emission to its tasks by stake; what it could not divide stays. */
export function fundAlliances(world: FlockWorldState, amountWei: bigint): void {
  const all = allianceStakeWei(world);
  if (all === 0n) return;
  for (const alliance of world.alliances) {
    if (alliance.finished) continue;
    const part = (amountWei * memberStakeWei(world, alliance)) / all;
    world.ledger.move(
      world.accounts.taskManager,
      world.accounts.alliancePools,
      part,
      "emission to FL Alliance",
    );
    if (alliance.task) alliance.task.poolWei += part;
    else alliance.waitingPoolWei += part;
  }
}

export function stepAlliances(world: FlockWorldState): void {
  for (const alliance of world.alliances) {
    if (alliance.finished) continue;
    if (!alliance.task && canStart(world, alliance)) start(world, alliance);
    if (alliance.task) runDay(world, alliance);
  }
}

/** Full, or long enough after the first has joined with whoever has come. */
function canStart(world: FlockWorldState, { members, firstJoinDay }: RunningAlliance): boolean {
  const { clients, leastMembers, joiningDays } = world.parameters.alliance;
  if (members.length >= clients) return true;
  const waited = firstJoinDay === null ? 0 : world.day - firstJoinDay;
  return members.length >= leastMembers && waited >= joiningDays;
}

const rulesOf = (alliance: FlockParameters["alliance"]): AllianceRules => ({
  rounds: alliance.rounds,
  proposerFraction: alliance.proposerFraction,
  slashing: alliance.slashing === "on" ? { part: alliance.slashFraction } : null,
  slasherShare: alliance.slasherShare,
  minimumStakeWei: 1n,
});

function start(world: FlockWorldState, alliance: RunningAlliance): void {
  const { members, index, waitingPoolWei } = alliance;
  const rules = world.parameters.alliance;
  const task = { ...DEFAULT_LEARNING_TASK, nonIid: rules.nonIid };
  const data = makeData(task, members.length, world.random(`alliance/${index}/data`));
  const strategies = members.map(({ agent }) => agent.alliance ?? honest());
  const stakeWei = weiFromFlock(rules.stakeFlock);
  const accounts = members.map(({ agent }) => agent.id);
  alliance.task = allianceTask(
    rulesOf(rules),
    data,
    strategies,
    stakeWei,
    waitingPoolWei,
    accounts,
  );
  alliance.random = world.random(`alliance/${index}/rounds`);
  alliance.waitingPoolWei = 0n;
}

function runDay(world: FlockWorldState, alliance: RunningAlliance): void {
  const { task, random } = alliance;
  if (!task || !random) return;
  const round = runRound(task, random);
  if (round) bookRound(world, alliance, round);
  if (!round || task.roundsDone >= task.rules.rounds) finish(world, alliance);
}

function bookRound(world: FlockWorldState, alliance: RunningAlliance, round: RoundResult): void {
  const { ledger, accounts } = world;
  const { task, members, random } = alliance;
  if (!task || !random) return;
  let paidWei = 0n;
  for (const [member, rewardWei] of round.rewardsWei) {
    ledger.move(accounts.alliancePools, members[member].flock, rewardWei, "FL round reward");
    members[member].totals.claimedWei += rewardWei;
    paidWei += rewardWei;
  }
  // Anyone may call the slash; here one of those whom the round rewarded, by lot.
  const callers = [...round.rewardsWei.keys()];
  let slashedWei = 0n;
  for (const { toPoolWei, toSlasherWei, slashedWei: cut } of round.slashes.values()) {
    const caller = members[callers[random.below(callers.length)]];
    ledger.move(accounts.allianceStakes, accounts.alliancePools, toPoolWei, "slashed to the pool");
    ledger.move(accounts.allianceStakes, caller.flock, toSlasherWei, "slashed to the caller");
    task.poolWei += toPoolWei;
    slashedWei += cut;
  }
  world.events.alliance.push({
    task: alliance.index,
    round: task.roundsDone,
    accepted: round.accepted,
    proposers: round.proposers.length,
    voters: round.voters.length,
    accuracy: evaluate(task.data.task, task.model, task.data.audit).accuracy,
    paidWei,
    slashedWei,
  });
}

/** Stakes go back; what is left of the pool returns to the task manager. */
function finish(world: FlockWorldState, alliance: RunningAlliance): void {
  const { ledger, accounts } = world;
  const { task, members } = alliance;
  if (!task) return;
  for (const [i, member] of members.entries()) {
    ledger.move(accounts.allianceStakes, member.flock, task.stakesWei[i], "FL stake returned");
    task.stakesWei[i] = 0n;
  }
  ledger.move(accounts.alliancePools, accounts.taskManager, task.poolWei, "FL pool left over");
  task.poolWei = 0n;
  alliance.finished = true;
}

/** What pools and stakes owe, for the check of the books. */
export function allianceOwes(world: FlockWorldState): { poolsWei: bigint; stakesWei: bigint } {
  let poolsWei = 0n;
  let stakesWei = 0n;
  for (const alliance of world.alliances) {
    poolsWei += alliance.waitingPoolWei + (alliance.task?.poolWei ?? 0n);
    if (!alliance.finished) stakesWei += memberStakeWei(world, alliance);
  }
  return { poolsWei, stakesWei };
}
