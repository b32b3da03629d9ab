/** Task creators, model users, the treasury, a lock-dumping whale, people of FL Alliance. */

import type { Strategy } from "../../sim/flock/alliance/task.ts";
import { flockFromWei, weiFromFlock } from "../../sim/flock/amounts.ts";
import type { FlockAction, FlockAgent, FlockView } from "../../sim/flock/world/world.ts";
import { expectedFrom } from "./beliefs.ts";
import type { AgentSetting } from "./delegators.ts";

/** The protocol manager that opens a task every so often. */
export const taskCreator = (setting: AgentSetting): FlockAgent => ({
  id: setting.id,
  role: "creator",
  initialFlock: setting.initialFlock,
  wake: { firstDay: setting.firstDay, everyDays: setting.everyDays },
  *act() {
    yield { kind: "create_task" };
  },
});

export interface UserTraits {
  readonly usdPerDay: number;
  /** Put into the raise of a model that is better than all listed before, once. */
  readonly raiseUsd: number;
}

/** A model user: pays for the best model, and backs one that beats all before it. */
export function modelUser(setting: AgentSetting, traits: UserTraits): FlockAgent {
  const backed = new Set<number>();
  return {
    id: setting.id,
    role: "user",
    initialFlock: setting.initialFlock,
    wake: { firstDay: setting.firstDay, everyDays: setting.everyDays },
    *act(view) {
      if (view.models.length === 0) return;
      const best = view.models.reduce((a, b) => (b.loss < a.loss ? b : a));
      const usd = traits.usdPerDay * setting.everyDays;
      if (usd > 0) yield { kind: "pay_inference", model: best.index, usd };
      if (best.status !== "raising" || backed.has(best.index) || traits.raiseUsd <= 0) return;
      backed.add(best.index);
      yield* back(view, best.index, traits.raiseUsd);
    },
  };
}

function* back(view: FlockView, model: number, usd: number): Iterable<FlockAction> {
  const before = view.self.flockWei();
  yield { kind: "buy", usd };
  const flockWei = view.self.flockWei() - before;
  if (flockWei > 0n) yield { kind: "buy_tokens", model, flockWei };
}

/** Burns a part of the fees that have come in since the last time. */
export function treasury(setting: AgentSetting, burnShare: number): FlockAgent {
  return {
    id: setting.id,
    role: "treasury",
    initialFlock: 0,
    wake: { firstDay: setting.firstDay, everyDays: setting.everyDays },
    *act(view) {
      const flockWei = weiFromFlock(flockFromWei(view.feesWei) * burnShare);
      if (flockWei > 0n && flockWei <= view.feesWei) yield { kind: "burn_fees", flockWei };
    },
  };
}

export interface WhaleTraits {
  readonly lockDays: number;
  /** Days over which everything is sold once the lock has matured. */
  readonly dumpDays: number;
}

/** Locks everything at once, delegates it, and sells it all when the lock matures. */
export function whale(setting: AgentSetting, traits: WhaleTraits): FlockAgent {
  let dumping = 0;
  return {
    id: setting.id,
    role: "whale",
    initialFlock: setting.initialFlock,
    wake: { firstDay: setting.firstDay, everyDays: 1 },
    *act(view) {
      const locks = view.self.locks();
      if (dumping === 0 && locks.length === 0) {
        yield { kind: "lock", flockWei: view.self.flockWei(), lockDays: traits.lockDays };
        yield* delegateAll(view);
        return;
      }
      if (locks.some(({ unlockDay }) => unlockDay <= view.day)) {
        for (const { operator, gmflockWei } of view.self.delegations()) {
          if (gmflockWei > 0n) yield { kind: "undelegate", operator, gmflockWei };
          yield { kind: "claim_pool", operator };
        }
        yield { kind: "redeem" };
        dumping = traits.dumpDays;
      }
      if (dumping > 0) yield* dump(view, dumping--);
    },
  };
}

function* delegateAll(view: FlockView): Iterable<FlockAction> {
  const gmflockWei = view.self.freeGmflockWei();
  if (gmflockWei === 0n || view.operators.length === 0) return;
  const best = view.operators.reduce((a, b) =>
    expectedFrom(view, b) > expectedFrom(view, a) ? b : a,
  );
  yield { kind: "delegate", operator: best.index, gmflockWei };
}

function* dump(view: FlockView, daysLeft: number): Iterable<FlockAction> {
  const flockWei = view.self.flockWei() / BigInt(daysLeft);
  if (flockWei > 0n) yield { kind: "sell", flockWei };
}

/** Someone in FL Alliance: joins every task that is open, as its strategy. */
export const alliancePerson = (setting: AgentSetting, strategy: Strategy): FlockAgent => ({
  id: setting.id,
  role: "alliance",
  initialFlock: setting.initialFlock,
  wake: { firstDay: setting.firstDay, everyDays: setting.everyDays },
  alliance: strategy,
  *act(view) {
    const stake = view.parameters.alliance.stakeFlock;
    if (flockFromWei(view.self.flockWei()) < stake) return;
    const open = view.alliances.find((task) => task.open);
    if (open) yield { kind: "join_alliance", task: open.index };
  },
});

/** Everyone who is paid for research, as one: sells that part of what has come in. */
export function researchers(setting: AgentSetting, sellShare: number): FlockAgent {
  let kept = 0n;
  return {
    id: setting.id,
    role: "researcher",
    initialFlock: 0,
    wake: { firstDay: setting.firstDay, everyDays: setting.everyDays },
    *act(view) {
      const held = view.self.flockWei();
      const flockWei = weiFromFlock(flockFromWei(held - kept) * sellShare);
      if (flockWei > 0n && flockWei <= held) yield { kind: "sell", flockWei };
      kept = view.self.flockWei();
    },
  };
}
