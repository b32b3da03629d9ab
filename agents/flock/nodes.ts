/**
 * Training nodes: buy compute as long as the better rank that it should bring is worth more than
 * it costs. They know their own skill and see the public leaderboard; nothing else.
 */
import { flockFromWei } from "../../sim/flock/amounts.ts";
import { rankWeights } from "../../sim/flock/arena/rewards.ts";
import { trueLoss } from "../../sim/flock/arena/training.ts";
import type {
  FlockAction,
  FlockView,
  OperatorView,
  TaskView,
} from "../../sim/flock/world/world.ts";
import { type AgentSetting, Person } from "./agent.ts";
import {
  type OperatorMemory,
  type OperatorTraits,
  operatorMemory,
  runOperator,
} from "./operators.ts";

export interface NodeTraits extends OperatorTraits {
  /** From 0 to 1. */
  readonly skill: number;
  /** USD that this node pays for a dollar's worth of compute. */
  readonly costFactor: number;
  /** Amounts of compute considered at a time, in USD. */
  readonly stepsUsd: readonly number[];
  /** Whether it launches a token for a model of its own that is on sale. */
  readonly offersTokens: boolean;
}

export class TrainingNode extends Person {
  readonly memory: OperatorMemory;
  readonly skill: number;

  constructor(
    setting: AgentSetting,
    readonly traits: NodeTraits,
  ) {
    super("node", setting);
    this.skill = traits.skill;
    this.memory = operatorMemory(setting.firstDay);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const me = view.self.operator();
    if (!me) return;
    const { traits, memory } = this;
    yield* runOperator(view, me, traits, memory);
    // It may have joined a task just now.
    const joined = view.self.operator() ?? me;
    if (traits.offersTokens && canOffer(view, me)) yield { kind: "launch_offering" };
    const computeUsd = worthTraining(view, joined, traits);
    if (computeUsd > 0) {
      memory.uncoveredUsd += computeUsd * traits.costFactor;
      yield { kind: "train", computeUsd };
    }
  }
}

const canOffer = (view: FlockView, me: OperatorView): boolean =>
  view.models.some(({ owner, status }) => owner === me.index && status === "api") &&
  flockFromWei(view.self.flockWei()) >= view.parameters.marketplace.launchFeeFlock;

/** The compute with the best gain over its cost; 0 where none pays. */
function worthTraining(view: FlockView, me: OperatorView, traits: NodeTraits): number {
  if (me.task === null) return 0;
  const task = view.tasks[me.task];
  if (task.finished || view.day >= task.submissionsUntilDay) return 0;
  const spent = view.self.computeSpentUsd();
  const rivals = task.leaderboard.filter(({ operator }) => operator !== me.index);
  const weights = rankWeights(rivals.length + 1, view.parameters.arena.rankRatio);
  const valueUsd = taskValueUsd(view, me, task);
  const worth = (computeUsd: number): number => {
    const loss = trueLoss(traits.skill, computeUsd, 0, view.parameters.training);
    return valueUsd * weights[countBetter(rivals, loss)] * weights.length;
  };
  const now = spent > 0 ? worth(spent) : 0;
  let best = { computeUsd: 0, gainUsd: 0 };
  for (const computeUsd of traits.stepsUsd) {
    const gainUsd = worth(spent + computeUsd) - now - computeUsd * traits.costFactor;
    if (gainUsd > best.gainUsd) best = { computeUsd, gainUsd };
  }
  return best.computeUsd;
}

/** How many of the leaderboard, which has the best first, lie below that loss. */
function countBetter(board: readonly { readonly loss: number }[], loss: number): number {
  let [from, until] = [0, board.length];
  while (from < until) {
    const middle = (from + until) >> 1;
    if (board[middle].loss < loss) from = middle + 1;
    else until = middle;
  }
  return from;
}

/** What a node of middling rank and this stake would earn in the rest of the task, in USD. */
function taskValueUsd(view: FlockView, me: OperatorView, task: TaskView): number {
  const stake = me.ownGmflock + me.delegatedGmflock;
  const all = Math.max(task.nodesGmflock, stake);
  // Before the first payment: a third of the emission is a guess that one day corrects.
  const daily = task.nodeRewardFlock > 0 ? task.nodeRewardFlock : view.emissionFlock / 3;
  const kept = me.sigma + (1 - me.sigma) * (me.ownGmflock / stake);
  const days = task.endDay - view.day;
  const fee = view.parameters.arena.operatorClaimFee;
  return stake > 0 ? daily * (stake / all) * kept * (1 - fee) * days * view.priceUsd : 0;
}
