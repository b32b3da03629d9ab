/** Task creators, model users, the treasury, a lock-dumping whale, people of FL Alliance. */

import type { Strategy } from "../../sim/flock/alliance/task.ts";
import { flockFromWei, weiFromFlock } from "../../sim/flock/amounts.ts";
import { multiplier } from "../../sim/flock/gmflock.ts";
import type { FlockAction, FlockView } from "../../sim/flock/world/world.ts";
import { type AgentSetting, Person } from "./agent.ts";
import { type Beliefs, expectedFrom } from "./beliefs.ts";
import { atMost } from "./wallet.ts";

/** The protocol manager that opens a task every so often, and locks what the task's stake needs. */
export class TaskCreator extends Person {
  constructor(setting: AgentSetting) {
    super("creator", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const { arena, gmflock } = view.parameters;
    const needed = arena.creatorStakePerDayGmflock * arena.taskDays;
    const missing = needed - flockFromWei(view.self.freeGmflockWei());
    if (missing > 0) {
      const lockDays = Math.max(1, arena.taskDays);
      // A little more than is needed, so that rounding leaves nothing short.
      const flock = (1.001 * missing) / multiplier(lockDays, gmflock);
      const flockWei = atMost(flock, view.self.flockWei());
      if (flockWei > 0n) yield { kind: "lock", flockWei, lockDays };
    }
    yield { kind: "create_task" };
  }
}

/** FLOCK with which a creator can hold the stakes of all tasks that run at once. */
export const creatorFlock = ({
  creatorStakePerDayGmflock,
  taskDays,
  taskIntervalDays,
}: FlockView["parameters"]["arena"]): number =>
  1.01 * creatorStakePerDayGmflock * taskDays * (1 + Math.ceil(taskDays / taskIntervalDays));

export interface UserTraits {
  readonly usdPerDay: number;
  /** Put into the raise of a model that is better than all listed before, once. */
  readonly raiseUsd: number;
}

/** A model user: pays for the best model, and backs one that beats all before it. */
export class ModelUser extends Person {
  readonly backed = new Set<number>();

  constructor(
    setting: AgentSetting,
    readonly traits: UserTraits,
  ) {
    super("user", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    if (view.models.length === 0) return;
    const best = view.models.reduce((a, b) => (b.loss < a.loss ? b : a));
    const usd = this.traits.usdPerDay * this.wake.everyDays;
    if (usd > 0) yield { kind: "pay_inference", model: best.index, usd };
    const { raiseUsd } = this.traits;
    if (best.status !== "raising" || this.backed.has(best.index) || raiseUsd <= 0) return;
    this.backed.add(best.index);
    yield* back(view, best.index, raiseUsd);
  }
}

function* back(view: FlockView, model: number, usd: number): Iterable<FlockAction> {
  const before = view.self.flockWei();
  yield { kind: "buy", usd };
  const flockWei = view.self.flockWei() - before;
  if (flockWei > 0n) yield { kind: "buy_tokens", model, flockWei };
}

/** Burns a part of the fees that have come in since the last time. */
export class Treasury extends Person {
  constructor(
    setting: AgentSetting,
    readonly burnShare: number,
  ) {
    super("treasury", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const flockWei = atMost(flockFromWei(view.feesWei) * this.burnShare, view.feesWei);
    if (flockWei > 0n) yield { kind: "burn_fees", flockWei };
  }
}

export interface WhaleTraits {
  readonly lockDays: number;
  /** Days over which everything is sold once the lock has matured. */
  readonly dumpDays: number;
  readonly beliefs: Beliefs;
}

/** Locks everything at once, delegates it, and sells it all when the lock matures. */
export class Whale extends Person {
  stage: "waiting" | "locked" | "dumping" | "gone" = "waiting";
  daysToSell = 0;

  constructor(
    setting: AgentSetting,
    readonly traits: WhaleTraits,
  ) {
    super("whale", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    if (this.stage === "waiting") {
      yield { kind: "lock", flockWei: view.self.flockWei(), lockDays: this.traits.lockDays };
      yield* delegateAll(view, this.traits.beliefs);
      this.stage = "locked";
    } else if (this.stage === "locked" && isOpen(view)) {
      yield* leaveAll(view);
      this.stage = "dumping";
      this.daysToSell = this.traits.dumpDays;
    }
    if (this.stage !== "dumping") return;
    yield* dump(view, this.daysToSell--);
    if (this.daysToSell === 0) this.stage = "gone";
  }
}

const isOpen = (view: FlockView): boolean =>
  view.self.locks().some(({ unlockDay }) => unlockDay <= view.day);

function* leaveAll(view: FlockView): Iterable<FlockAction> {
  for (const { operator, gmflockWei } of view.self.delegations()) {
    if (gmflockWei > 0n) yield { kind: "undelegate", operator, gmflockWei };
    yield { kind: "claim_pool", operator };
  }
  yield { kind: "redeem" };
}

function* delegateAll(view: FlockView, beliefs: Beliefs): Iterable<FlockAction> {
  const gmflockWei = view.self.freeGmflockWei();
  if (gmflockWei === 0n || view.operators.length === 0) return;
  const best = view.operators.reduce((a, b) =>
    expectedFrom(view, b, beliefs) > expectedFrom(view, a, beliefs) ? b : a,
  );
  yield { kind: "delegate", operator: best.index, gmflockWei };
}

function* dump(view: FlockView, daysLeft: number): Iterable<FlockAction> {
  const flockWei = view.self.flockWei() / BigInt(daysLeft);
  if (flockWei > 0n) yield { kind: "sell", flockWei };
}

/** Someone in FL Alliance: joins every task that is open, as its strategy. */
export class AlliancePerson extends Person {
  constructor(
    setting: AgentSetting,
    readonly alliance: Strategy,
  ) {
    super("alliance", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const stake = view.parameters.alliance.stakeFlock;
    if (flockFromWei(view.self.flockWei()) < stake) return;
    const open = view.alliances.find(
      ({ index, open, participants }) =>
        open && participants < view.parameters.alliance.clients && !view.self.isInAlliance(index),
    );
    if (open) yield { kind: "join_alliance", task: open.index };
  }
}

/** Everyone who is paid for research, as one: sells that part of what has come in. */
export class Researchers extends Person {
  keptWei = 0n;

  constructor(
    setting: AgentSetting,
    readonly sellShare: number,
  ) {
    super("researcher", setting);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const held = view.self.flockWei();
    const flockWei = weiFromFlock(flockFromWei(held - this.keptWei) * this.sellShare);
    if (flockWei > 0n && flockWei <= held) yield { kind: "sell", flockWei };
    this.keptWei = view.self.flockWei();
  }
}
