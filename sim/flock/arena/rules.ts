/**
 * AI Arena's dated rule-sets: each holds what it changed. v1 (January to April 2025) staked plain
 * FLOCK and divided the two roles' rewards among the tasks by each role's own stake; v2 (announced
 * 2025-04-28) stakes gmFLOCK, weighs a task once for both roles, and vests the node's Reward B.
 * Source: spec/flock.md 1.5.
 */
import { BPS_BASE, scaledFraction } from "../amounts.ts";
import { type GmflockRules, type OpenedLock, openLock } from "../gmflock.ts";
import type { FlockParameters } from "../parameters.ts";
import { type RolePools, rolePools } from "./settlement.ts";

/** What a task's day is divided by. */
export interface TaskStakes {
  readonly nodesWei: bigint;
  readonly validatorsWei: bigint;
  readonly weightWei: bigint;
}

export interface ArenaRuleSet {
  readonly name: "v1" | "v2";
  readonly title: string;
  /** Days from the launch; the day itself is under the rule-set. */
  readonly fromDay: number;
  readonly source: string;
  /** Turns FLOCK into what is staked. */
  openStake(amountWei: bigint, day: number, lockDays: number, rules: GmflockRules): OpenedLock;
  /** The reward of every active task and its roles, out of the arena's part of the emission. */
  divide(
    arenaWei: bigint,
    tasks: readonly TaskStakes[],
    gammaPart: bigint,
    percentBase: bigint,
  ): RolePools[];
  rewardVestingDays(rules: FlockParameters["arena"]): number;
  /** Basis points kept of a validator's withdrawn stake. */
  validatorWithdrawalBps(rules: FlockParameters["arena"]): bigint;
}

const sum = (values: readonly bigint[]): bigint =>
  values.reduce((total, value) => total + value, 0n);

/** 2025-04-28. */
export const V2_DAY = 118;

const v1: ArenaRuleSet = {
  name: "v1",
  title: "AI Arena v1: plain FLOCK is staked",
  fromDay: 0,
  source: "TMv1; spec/flock.md 1.5",
  openStake: (amountWei, day) => ({
    feeWei: 0n,
    lock: {
      openedDay: day,
      unlockDay: day,
      gmflockWei: amountWei,
      principalWei: amountWei,
      feeDueWei: 0n,
    },
  }),
  divide(arenaWei, tasks, gammaPart, percentBase) {
    const nodesWei = sum(tasks.map((task) => task.nodesWei));
    const validatorsWei = sum(tasks.map((task) => task.validatorsWei));
    const { nodePoolWei, validatorPoolWei } = rolePools({
      dailyWei: arenaWei,
      allianceWei: 0n,
      taskWeight: 1n,
      allWeights: 1n,
      gammaPart,
      nodesStake: nodesWei,
      validatorsStake: validatorsWei,
      percentBase,
    });
    return tasks.map((task) => {
      const nodes = nodesWei === 0n ? 0n : (nodePoolWei * task.nodesWei) / nodesWei;
      const validators =
        validatorsWei === 0n ? 0n : (validatorPoolWei * task.validatorsWei) / validatorsWei;
      return { rewardWei: nodes + validators, nodePoolWei: nodes, validatorPoolWei: validators };
    });
  },
  rewardVestingDays: () => 0,
  validatorWithdrawalBps: (rules) => scaledFraction(rules.v1WithdrawalFee, BPS_BASE),
};

const v2: ArenaRuleSet = {
  name: "v2",
  title: "AI Arena v2: gmFLOCK is staked",
  fromDay: V2_DAY,
  source: "TMv2, EXC; spec/flock.md sections 1 and 2",
  openStake: openLock,
  divide(arenaWei, tasks, gammaPart, percentBase) {
    const allWeights = sum(tasks.map((task) => task.weightWei));
    return tasks.map((task) =>
      rolePools({
        dailyWei: arenaWei,
        allianceWei: 0n,
        taskWeight: task.weightWei,
        allWeights,
        gammaPart,
        nodesStake: task.nodesWei,
        validatorsStake: task.validatorsWei,
        percentBase,
      }),
    );
  },
  rewardVestingDays: (rules) => rules.rewardVestingDays,
  validatorWithdrawalBps: () => 0n,
};

export const ARENA_RULE_SETS: readonly ArenaRuleSet[] = [v1, v2];

/** The rule-set in force on a day: the one named, or by date. */
export function arenaRules(day: number, choice: FlockParameters["arena"]["rules"]): ArenaRuleSet {
  if (choice === "v1") return v1;
  if (choice === "v2") return v2;
  return day >= V2_DAY ? v2 : v1;
}
