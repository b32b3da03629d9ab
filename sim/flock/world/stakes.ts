/** Stakes as the rules read them: own, delegated, effective; and what a task weighs. */
import { flockFromWei, PERCENT_BASE } from "../amounts.ts";
import type { TaskStakes } from "../arena/rules.ts";
import type { ArenaTask, FlockWorldState, Operator } from "./state.ts";

/** own + eps * delegated, in wei. */
export const effectiveWei = (
  { stakedWei, pool: { delegatedWei } }: Operator,
  { ratios: { delegationPart } }: FlockWorldState,
): bigint =>
  delegationPart === PERCENT_BASE
    ? stakedWei + delegatedWei
    : stakedWei + (delegatedWei * delegationPart) / PERCENT_BASE;

/** The same of every operator in gmFLOCK, by index: good until someone acts again. */
export const effectiveStakes = (world: FlockWorldState): Float64Array =>
  Float64Array.from(world.operators, (operator) => flockFromWei(effectiveWei(operator, world)));

const sumOf = (operators: readonly Operator[], stake: (operator: Operator) => bigint): bigint => {
  let total = 0n;
  for (const operator of operators) total += stake(operator);
  return total;
};

const NOTHING: TaskStakes = { nodesWei: 0n, validatorsWei: 0n, weightWei: 0n };

/**
 * What divides the emission between tasks, and a task's reward between its roles. A task to which
 * nobody has submitted a model weighs nothing: there is nothing to upload percentages for.
 */
export function taskStakes(task: ArenaTask, world: FlockWorldState): TaskStakes {
  if (task.submissions.size === 0) return NOTHING;
  const { splitStake, taskWeightStake } = world.parameters.arena;
  const stakeBy = (kind: "direct" | "effective") => (operator: Operator) =>
    kind === "direct" ? operator.stakedWei : effectiveWei(operator, world);
  const { nodes, validators, creatorStakeWei } = task;
  const forSplit = stakeBy(splitStake);
  const forWeight = stakeBy(taskWeightStake);
  return {
    nodesWei: sumOf(nodes, forSplit),
    validatorsWei: sumOf(validators, forSplit) + creatorStakeWei,
    weightWei: sumOf(nodes, forWeight) + sumOf(validators, forWeight) + creatorStakeWei,
  };
}
