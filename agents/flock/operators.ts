/** What nodes and validators have in common: stake, claims, locks and the sharing ratio. */
import { flockFromWei, weiFromFlock } from "../../sim/flock/amounts.ts";
import type {
  FlockAction,
  FlockView,
  OperatorView,
  TaskView,
} from "../../sim/flock/world/world.ts";
import { ownReturn } from "./beliefs.ts";
import { bestLock, type LockTaste, lockGrid } from "./locking.ts";
import { lockOrSell, maturedWei } from "./wallet.ts";

export interface OperatorTraits {
  readonly taste: LockTaste;
  readonly claimMargin: number;
  readonly lockEveryDays: number;
  /** Days between two looks at the sharing ratio; 0 for never. */
  readonly sigmaEveryDays: number;
  /** By how much the sharing ratio is changed at a time. */
  readonly sigmaStep: number;
}

/** Memory of an operator from one waking to the next. */
export interface OperatorMemory {
  nextLockDay: number;
  nextSigmaDay: number;
  /** USD spent on compute and not yet covered by sales. */
  uncoveredUsd: number;
}

export const operatorMemory = (firstDay: number): OperatorMemory => ({
  nextLockDay: firstDay,
  nextSigmaDay: firstDay,
  uncoveredUsd: 0,
});

/** Claims, covers costs by sales, renews locks, joins a task, sets the sharing ratio. */
export function* runOperator(
  view: FlockView,
  me: OperatorView,
  traits: OperatorTraits,
  memory: OperatorMemory,
): Iterable<FlockAction> {
  const finished = me.task !== null && view.tasks[me.task].finished;
  if (finished) yield { kind: "unstake" };
  yield* claimDue(view, traits.claimMargin);
  yield* coverCosts(view, memory);
  if (view.day >= memory.nextLockDay) {
    memory.nextLockDay = view.day + traits.lockEveryDays;
    // Staked gmFLOCK is not free: matured locks behind it roll when a task ends.
    if (maturedWei(view) > 0n) yield { kind: "redeem" };
    yield* lockUp(view, me, traits.taste);
  }
  yield* joinOrTopUp(view, me, finished ? null : me.task);
  if (traits.sigmaEveryDays > 0 && view.day >= memory.nextSigmaDay) {
    memory.nextSigmaDay = view.day + traits.sigmaEveryDays;
    yield* adjustSigma(view, me, traits.sigmaStep);
  }
}

function* claimDue(view: FlockView, margin: number): Iterable<FlockAction> {
  const { operatorClaimFee } = view.parameters.arena;
  const gainUsd = flockFromWei(view.self.claimableWei()) * (1 - operatorClaimFee) * view.priceUsd;
  if (gainUsd > margin * view.parameters.market.gasUsd) yield { kind: "claim_rewards" };
}

/** Sells as much as the compute cost since the last sale, or all there is. */
function* coverCosts(view: FlockView, memory: OperatorMemory): Iterable<FlockAction> {
  if (memory.uncoveredUsd <= 0 || view.priceUsd <= 0) return;
  const held = flockFromWei(view.self.flockWei());
  const wanted = Math.min(held, memory.uncoveredUsd / view.priceUsd);
  if (wanted <= 0) return;
  memory.uncoveredUsd -= wanted * view.priceUsd;
  yield { kind: "sell", flockWei: weiFromFlock(wanted) };
}

/** Enough for the minimum stake comes first, whatever the gain; beyond it by taste. */
function* lockUp(view: FlockView, me: OperatorView, taste: LockTaste): Iterable<FlockAction> {
  const daily = ownReturn(view, me) * (1 - view.parameters.arena.operatorClaimFee);
  const { gmflock, arena } = view.parameters;
  const free = flockFromWei(view.self.freeGmflockWei());
  const missing = arena.minimumStakeGmflock - me.ownGmflock - free;
  if (missing > 0) {
    const { lockDays } = bestLock(lockGrid(gmflock), daily, taste, gmflock);
    const wallet = view.self.flockWei();
    if (wallet > 0n) yield { kind: "lock", flockWei: wallet, lockDays };
    return;
  }
  yield* lockOrSell(view, daily, taste);
}

/** Stakes what is free: into the current task, or into the one that runs longest. */
function* joinOrTopUp(
  view: FlockView,
  me: OperatorView,
  current: number | null,
): Iterable<FlockAction> {
  const gmflockWei = view.self.freeGmflockWei();
  if (current !== null) {
    if (gmflockWei > 0n) yield { kind: "stake", task: current, gmflockWei };
    return;
  }
  if (flockFromWei(gmflockWei) < view.parameters.arena.minimumStakeGmflock) return;
  const task = taskToJoin(view, me);
  if (task) yield { kind: "stake", task: task.index, gmflockWei };
}

/** Tasks pay by stake alike, so the one that binds longest without a new search is best. */
function taskToJoin(view: FlockView, me: OperatorView): TaskView | null {
  const open = view.tasks.filter(
    (task) =>
      !task.finished &&
      view.day < (me.role === "node" ? task.submissionsUntilDay : task.endDay) - 1,
  );
  return open.reduce<TaskView | null>(
    (best, task) => (best && best.endDay >= task.endDay ? best : task),
    null,
  );
}

/**
 * Shares more where delegators earn less here than in the middle of the field, less where they
 * earn more; asks only what the contract would allow soon, and takes a refusal.
 */
function* adjustSigma(view: FlockView, me: OperatorView, step: number): Iterable<FlockAction> {
  const returns = view.operators
    .filter(({ role, dailyReturn }) => role === me.role && dailyReturn > 0)
    .map(({ dailyReturn }) => dailyReturn)
    .sort((a, b) => a - b);
  if (returns.length === 0 || me.dailyReturn === 0) return;
  const middle = returns[Math.floor(returns.length / 2)];
  const wished = me.dailyReturn < middle ? me.sigma - step : me.sigma + step;
  const sigma = Math.min(1, Math.max(0, Math.round(wished * 1e6) / 1e6));
  if (sigma !== me.sigma) yield { kind: "set_sigma", sigma };
}
