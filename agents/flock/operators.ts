/** What nodes and validators have in common: stake, claims, locks and the sharing ratio. */
import { flockFromWei } from "../../sim/flock/amounts.ts";
import type {
  FlockAction,
  FlockView,
  OperatorView,
  TaskView,
} from "../../sim/flock/world/world.ts";
import { type Beliefs, ownReturn } from "./beliefs.ts";
import type { LockTaste } from "./locking.ts";
import { atMost, bestLockNow, lockOrSell, locksToRedeem } from "./wallet.ts";

export interface OperatorTraits {
  readonly taste: LockTaste;
  readonly beliefs: Beliefs;
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
  if (finished || view.day >= memory.nextLockDay) {
    memory.nextLockDay = view.day + traits.lockEveryDays;
    yield* renewLocks(
      view,
      finished ? 0 : me.ownGmflock,
      ownDaily(view, me, traits.beliefs),
      traits.taste,
    );
  }
  yield* joinOrTopUp(view, me, finished ? null : me.task);
  if (traits.sigmaEveryDays > 0 && view.day >= memory.nextSigmaDay) {
    const sigma = wishedSigma(view, me, traits.sigmaStep);
    // Where the contract would not have it today, the wish is looked at again at the next waking.
    if (sigma !== null && view.self.sigmaRefusal(sigma) !== null) return;
    memory.nextSigmaDay = view.day + traits.sigmaEveryDays;
    if (sigma !== null) yield { kind: "set_sigma", sigma };
  }
}

const ownDaily = (view: FlockView, me: OperatorView, beliefs: Beliefs): number =>
  ownReturn(view, me, beliefs) * (1 - view.parameters.arena.operatorClaimFee);

function* claimDue(view: FlockView, margin: number): Iterable<FlockAction> {
  const { operatorClaimFee } = view.parameters.arena;
  const gainUsd = flockFromWei(view.self.claimableWei()) * (1 - operatorClaimFee) * view.priceUsd;
  if (gainUsd > margin * view.parameters.market.gasUsd) yield { kind: "claim_rewards" };
}

/** Sells as much as the compute cost since the last sale, or all there is. */
function* coverCosts(view: FlockView, memory: OperatorMemory): Iterable<FlockAction> {
  if (memory.uncoveredUsd <= 0 || view.priceUsd <= 0) return;
  const flockWei = atMost(memory.uncoveredUsd / view.priceUsd, view.self.flockWei());
  if (flockWei === 0n) return;
  memory.uncoveredUsd -= flockFromWei(flockWei) * view.priceUsd;
  yield { kind: "sell", flockWei };
}

/**
 * Matured locks whose gmFLOCK is free are renewed or left; then the wallet is locked or sold.
 * What the minimum stake still needs is locked whatever the gain: without it nothing is earned.
 */
function* renewLocks(
  view: FlockView,
  stakedGmflock: number,
  daily: number,
  taste: LockTaste,
): Iterable<FlockAction> {
  const locks = locksToRedeem(view, daily, taste);
  if (locks.length > 0 && view.self.freeGmflockWei() > 0n) yield { kind: "redeem", locks };
  const free = flockFromWei(view.self.freeGmflockWei());
  const short = stakedGmflock + free < view.parameters.arena.minimumStakeGmflock;
  const wallet = view.self.flockWei();
  if (short && wallet > 0n) {
    const { lockDays } = bestLockNow(view, daily, taste);
    yield { kind: "lock", flockWei: wallet, lockDays };
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

/** A task that closes sooner is left alone. */
const LEAST_DAYS = 2;

/** Tasks pay by stake alike, so the one that binds longest without a new search is best. */
function taskToJoin(view: FlockView, me: OperatorView): TaskView | null {
  const open = view.tasks.filter(
    (task) =>
      !task.finished &&
      view.day + LEAST_DAYS <= (me.role === "node" ? task.submissionsUntilDay : task.endDay),
  );
  return open.reduce<TaskView | null>(
    (best, task) => (best && best.endDay >= task.endDay ? best : task),
    null,
  );
}

/** Medians by the day's list of operators, which all operators of that day share. */
const middles = new WeakMap<readonly OperatorView[], Map<string, number | null>>();

/** The median displayed return of a role; null where nobody has one. */
function middleReturn(operators: readonly OperatorView[], role: string): number | null {
  const known = middles.get(operators) ?? new Map<string, number | null>();
  middles.set(operators, known);
  const found = known.get(role);
  if (found !== undefined) return found;
  const returns = operators
    .filter((operator) => operator.role === role && operator.dailyReturn > 0)
    .map(({ dailyReturn }) => dailyReturn)
    .sort((a, b) => a - b);
  const middle = returns.length === 0 ? null : returns[Math.floor(returns.length / 2)];
  known.set(role, middle);
  return middle;
}

/**
 * Shares more where delegators earn less here than in the middle of the field, less where they
 * earn more; null for no change.
 */
function wishedSigma(view: FlockView, me: OperatorView, step: number): number | null {
  const middle = middleReturn(view.operators, me.role);
  if (middle === null || me.grossReturn === 0) return null;
  const wished = me.dailyReturn < middle ? me.sigma - step : me.sigma + step;
  const sigma = Math.min(1, Math.max(0, Math.round(wished * 1e6) / 1e6));
  return sigma === me.sigma ? null : sigma;
}
