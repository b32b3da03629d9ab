/**
 * An FL Alliance task, round by round. Each round draws proposers and voters among those who still
 * have the stake; proposers train and submit, voters measure the aggregate on their own held-out
 * data and vote (commit-reveal: nobody sees a vote before giving his own); the sign of the
 * stake-weighted sum decides. Rewards and slashes are computed in wei. Source: spec/flock.md 3.
 */
import type { Stream } from "../../random.ts";
import { scaledFraction, WEI_PER_FLOCK } from "../amounts.ts";
import { aggregate, emptyModel, evaluate, type LearningData, type Model } from "./learning.ts";
import {
  aggregateVote,
  payByStake,
  roundRewardWei,
  type Slash,
  slash,
  verdicts,
} from "./rounds.ts";

/** What a participant does; both see only the participant's own data and the models shown to all. */
export interface Strategy {
  /** The update that a proposer submits. */
  propose(client: number, global: Model, data: LearningData, random: Stream): Model;
  /** A score for the aggregate: at least 0 accepts. `proposers` is public: the chain drew them. */
  vote(ballot: Ballot): number;
}

export interface Ballot {
  readonly voter: number;
  readonly proposers: readonly number[];
  /** Of every client; public, as on any chain. */
  readonly accounts: readonly string[];
  readonly global: Model;
  readonly candidate: Model;
  readonly data: LearningData;
  readonly random: Stream;
}

export interface AllianceRules {
  readonly rounds: number;
  readonly proposerFraction: number;
  /** Part of a stake that is slashed, or the same amount each time. */
  readonly slashing: { readonly part: number } | { readonly fixedWei: bigint } | null;
  readonly slasherShare: number;
  /** Below this a participant is out. */
  readonly minimumStakeWei: bigint;
}

export interface AllianceTask {
  readonly rules: AllianceRules;
  readonly data: LearningData;
  readonly strategies: readonly Strategy[];
  readonly accounts: readonly string[];
  readonly stakesWei: bigint[];
  model: Model;
  poolWei: bigint;
  roundsDone: number;
}

export const allianceTask = (
  rules: AllianceRules,
  data: LearningData,
  strategies: readonly Strategy[],
  stakeWei: bigint,
  poolWei: bigint,
  accounts = strategies.map((_, client) => String(client)),
): AllianceTask => ({
  rules,
  data,
  strategies,
  accounts,
  stakesWei: strategies.map(() => stakeWei),
  model: emptyModel(data.task),
  poolWei,
  roundsDone: 0,
});

export interface RoundResult {
  readonly accepted: boolean;
  readonly proposers: readonly number[];
  readonly voters: readonly number[];
  readonly votes: readonly number[];
  /** By participant, in wei; what the caller pays out and takes. */
  readonly rewardsWei: ReadonlyMap<number, bigint>;
  readonly slashes: ReadonlyMap<number, Slash>;
}

/** Those who can take part in the next round. */
export const eligible = ({ stakesWei, rules }: AllianceTask): number[] =>
  stakesWei.flatMap((stake, i) => (stake > 0n && stake >= rules.minimumStakeWei ? [i] : []));

/** Runs one round in place; null when fewer than two can take part or all rounds are done. */
export function runRound(task: AllianceTask, random: Stream): RoundResult | null {
  const takingPart = eligible(task);
  const { rules } = task;
  if (takingPart.length < 2 || task.roundsDone >= rules.rounds) return null;
  const { proposers, voters } = drawRoles(takingPart, rules.proposerFraction, random);
  const candidate = proposedModel(task, proposers, random);
  const votes = voters.map((voter) =>
    task.strategies[voter].vote({
      voter,
      proposers,
      accounts: task.accounts,
      global: task.model,
      candidate,
      data: task.data,
      random,
    }),
  );
  const stakes = voters.map((voter) => Number(task.stakesWei[voter]));
  const verdict = verdicts(aggregateVote(votes.map(Math.sign), stakes));
  const accepted = verdict.proposers === "reward";
  const rewarded: number[] = accepted ? [...proposers] : [];
  const slashed: number[] = accepted ? [] : [...proposers];
  for (const [k, voter] of voters.entries()) {
    const fate = votes[k] >= 0 ? verdict.votersFor : verdict.votersAgainst;
    (fate === "reward" ? rewarded : slashed).push(voter);
  }
  if (accepted) task.model = candidate;
  const rewardsWei = payRound(task, rewarded);
  const slashes = slashAll(task, slashed);
  task.roundsDone++;
  return { accepted, proposers, voters, votes, rewardsWei, slashes };
}

/** A random order, of which the first part proposes; at least one of each. */
export function drawRoles(takingPart: readonly number[], fraction: number, random: Stream) {
  const order = [...takingPart];
  for (let i = order.length - 1; i > 0; i--) {
    const k = random.below(i + 1);
    [order[i], order[k]] = [order[k], order[i]];
  }
  const wanted = Math.round(order.length * fraction);
  const count = Math.min(order.length - 1, Math.max(1, wanted));
  return { proposers: order.slice(0, count), voters: order.slice(count) };
}

/** Without a vote this is all that a round does: what an undefended federation would adopt. */
export function proposedModel(
  task: AllianceTask,
  proposers: readonly number[],
  random: Stream,
): Model {
  const updates = proposers.map((client) =>
    task.strategies[client].propose(client, task.model, task.data, random),
  );
  return aggregate(task.model, updates);
}

function payRound(task: AllianceTask, rewarded: readonly number[]): Map<number, bigint> {
  const rewardWei = roundRewardWei(task.poolWei, task.rules.rounds - task.roundsDone);
  const paid = payByStake(
    rewardWei,
    rewarded.map((i) => task.stakesWei[i]),
  );
  for (const amount of paid) task.poolWei -= amount;
  return new Map(rewarded.map((i, k) => [i, paid[k]]));
}

function slashAll(task: AllianceTask, slashed: readonly number[]): Map<number, Slash> {
  const { slashing, slasherShare } = task.rules;
  const slashes = new Map<number, Slash>();
  if (!slashing) return slashes;
  const slasherPart = scaledFraction(slasherShare, WEI_PER_FLOCK);
  for (const i of slashed) {
    const stakeWei = task.stakesWei[i];
    const cut =
      "part" in slashing
        ? slash(stakeWei, scaledFraction(slashing.part, WEI_PER_FLOCK), slasherPart, WEI_PER_FLOCK)
        : fixedSlash(stakeWei, slashing.fixedWei, slasherPart);
    task.stakesWei[i] = cut.stakeAfterWei;
    slashes.set(i, cut);
  }
  return slashes;
}

function fixedSlash(stakeWei: bigint, fixedWei: bigint, slasherPart: bigint): Slash {
  const slashedWei = fixedWei < stakeWei ? fixedWei : stakeWei;
  return {
    ...slash(slashedWei, WEI_PER_FLOCK, slasherPart, WEI_PER_FLOCK),
    stakeAfterWei: stakeWei - slashedWei,
  };
}

/** A voter's honest score: how much of the old loss the candidate saves, with a little patience. */
export function honestScore({ voter, global, candidate, data }: Ballot, patience: number): number {
  const { test } = data.clients[voter];
  const before = evaluate(data.task, global, test).loss;
  const after = evaluate(data.task, candidate, test).loss;
  return (before - after) / before + patience;
}
