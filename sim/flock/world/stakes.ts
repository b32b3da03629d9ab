/** Stakes as the rules read them: own, delegated, effective; and what a task weighs. */
import { flockFromWei, scaledFraction, WEI_PER_FLOCK } from "../amounts.ts";
import type { TaskStakes } from "../arena/rules.ts";
import type { FlockParameters } from "../parameters.ts";
import type { ArenaTask, Operator } from "./state.ts";

type ArenaParameters = FlockParameters["arena"];

const delegationPart = (rules: ArenaParameters): bigint =>
  scaledFraction(rules.delegationWeight, WEI_PER_FLOCK);

/** own + eps * delegated, in wei. */
export const effectiveWei = (operator: Operator, rules: ArenaParameters): bigint =>
  operator.stakedWei + (operator.pool.delegatedWei * delegationPart(rules)) / WEI_PER_FLOCK;

export const effectiveGmflock = (operator: Operator, rules: ArenaParameters): number =>
  flockFromWei(effectiveWei(operator, rules));

const total = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

const stakeBy = (kind: "direct" | "effective", rules: ArenaParameters) => (operator: Operator) =>
  kind === "direct" ? operator.stakedWei : effectiveWei(operator, rules);

/** What divides the emission between tasks, and a task's reward between its roles. */
export function taskStakes(task: ArenaTask, rules: ArenaParameters): TaskStakes {
  const forSplit = stakeBy(rules.splitStake, rules);
  const forWeight = stakeBy(rules.taskWeightStake, rules);
  return {
    nodesWei: total(task.nodes.map(forSplit)),
    validatorsWei: total(task.validators.map(forSplit)) + task.creatorStakeWei,
    weightWei: total([...task.nodes, ...task.validators].map(forWeight)) + task.creatorStakeWei,
  };
}
