/**
 * Delegators: choose a lock and an operator by expected return, claim when the gain exceeds gas,
 * relock or sell what they claim, and move away from an operator who has become a bad one.
 */
import type { Lock } from "../../sim/flock/gmflock.ts";
import type { FlockAction, FlockView } from "../../sim/flock/world/world.ts";
import type { Stream } from "../../sim/random.ts";
import { type AgentSetting, Person } from "./agent.ts";
import { type Beliefs, expectedFrom } from "./beliefs.ts";
import type { LockTaste } from "./locking.ts";
import { lockOrSell, locksToRedeem, matured, sellAll } from "./wallet.ts";

export interface DelegatorTraits {
  readonly taste: LockTaste;
  readonly beliefs: Beliefs;
  /** Operators looked at in one decision. */
  readonly looksAt: number;
  /** Part by which another operator must be better before a move. */
  readonly moveMargin: number;
  /** Gas costs that a claim must be worth. */
  readonly claimMargin: number;
  /** Days between two decisions about locking; between them only claims. */
  readonly lockEveryDays: number;
}

export class Delegator extends Person {
  nextLockDay: number;

  constructor(
    setting: AgentSetting,
    readonly traits: DelegatorTraits,
  ) {
    super("delegator", setting);
    this.nextLockDay = setting.firstDay;
  }

  override *act(view: FlockView, random: Stream): Iterable<FlockAction> {
    const { taste, claimMargin, lockEveryDays } = this.traits;
    const best = bestOperator(view, random, this.traits);
    if (best === null) return;
    const daily = best.daily * (1 - view.parameters.arena.delegatorClaimFee);
    yield* claims(view, claimMargin);
    if (random.uniform() < (taste.surprisesPerYear * this.wake.everyDays) / 365) {
      yield* release(view, matured(view));
      yield* sellAll(view);
    } else if (view.day >= this.nextLockDay) {
      this.nextLockDay = view.day + lockEveryDays;
      yield* release(view, locksToRedeem(view, daily, taste));
      yield* lockOrSell(view, daily, taste);
    }
    yield* leaveForBetter(view, best, this.traits);
    const freeWei = view.self.freeGmflockWei();
    if (freeWei > 0n) yield { kind: "delegate", operator: best.index, gmflockWei: freeWei };
  }
}

interface Candidate {
  readonly index: number;
  /** FLOCK a gmFLOCK earns in a day, before the claim fee. */
  readonly daily: number;
}

/** The best of a few operators looked at; those in a running task only, where there are any. */
function bestOperator(
  view: FlockView,
  random: Stream,
  { looksAt, beliefs }: DelegatorTraits,
): Candidate | null {
  const choices = view.working;
  if (choices.length === 0) return null;
  let best: Candidate | null = null;
  for (let i = 0; i < looksAt; i++) {
    const operator = choices[random.below(choices.length)];
    const daily = expectedFrom(view, operator, beliefs);
    if (!best || daily > best.daily) best = { index: operator.index, daily };
  }
  return best;
}

function* claims(view: FlockView, margin: number): Iterable<FlockAction> {
  const { delegatorClaimFee } = view.parameters.arena;
  const { gasUsd } = view.parameters.market;
  for (const { operator, claimableFlock } of view.self.delegations()) {
    const gainUsd = claimableFlock() * (1 - delegatorClaimFee) * view.priceUsd;
    if (gainUsd > margin * gasUsd) yield { kind: "claim_pool", operator };
  }
}

/** Leaves every pool that earns less than the best seen by the margin. */
function* leaveForBetter(
  view: FlockView,
  best: Candidate,
  { moveMargin, beliefs }: DelegatorTraits,
): Iterable<FlockAction> {
  for (const { operator, gmflockWei } of view.self.delegations()) {
    if (gmflockWei === 0n || operator === best.index) continue;
    const here = expectedFrom(view, view.operators[operator], beliefs);
    if (here < best.daily * (1 - moveMargin)) yield { kind: "undelegate", operator, gmflockWei };
  }
}

/** Takes the gmFLOCK of the given locks out of the pools, and redeems them. */
function* release(view: FlockView, locks: readonly Lock[]): Iterable<FlockAction> {
  if (locks.length === 0) return;
  let missing = -view.self.freeGmflockWei();
  for (const lock of locks) missing += lock.gmflockWei;
  for (const { operator, gmflockWei } of view.self.delegations()) {
    if (missing <= 0n) break;
    const amount = gmflockWei < missing ? gmflockWei : missing;
    if (amount > 0n) yield { kind: "undelegate", operator, gmflockWei: amount };
    missing -= amount;
  }
  yield { kind: "redeem", locks };
}
