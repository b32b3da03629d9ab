/**
 * A delegator whose choices are set and not made: for how long it locks, and with which sharing
 * ratio it wants to be paid. It stands for a person who asks what those choices bring; the others
 * of the world choose for themselves. It never sells: what it claims stays in its wallet.
 */
import { z } from "zod";
import type {
  FlockAction,
  FlockAgent,
  FlockView,
  OperatorView,
} from "../../sim/flock/world/world.ts";
import { daysField, numberField, shareField } from "../fields.ts";

export const followerSection = z
  .strictObject({
    flock: numberField({
      unit: "FLOCK",
      min: 0,
      max: 1e8,
      meaning: "what it starts with; 0 for nobody of the kind",
    }).default(0),
    lock_days: daysField("how long it locks, once; a matured lock is kept").default(180),
    sharing_ratio: shareField(
      "part of their delegators' yield that the operators it looks for hand on, 1 - sigma",
    ).default(0.5),
    act_every_days: daysField("days between two looks at the operators").default(7),
  })
  .meta({ description: "a delegator whose choices are set: what would they bring?" });

export type FollowerConfig = z.infer<typeof followerSection>;

export const FOLLOWER = "follower/0";

/** Nobody where it has nothing. */
export const followers = (config: FollowerConfig, startDay: number): FlockAgent[] =>
  config.flock > 0 ? [new Follower(config, startDay)] : [];

/** Operators whose ratio is this near to the one wanted are alike in it. */
const NEAR = 0.05;
/** Part by which another operator must pay more before a move. */
const MOVE_MARGIN = 0.2;
/** Gas costs that a claim must be worth. */
const CLAIM_MARGIN = 50;

class Follower implements FlockAgent {
  readonly id = FOLLOWER;
  readonly role = "delegator";
  readonly initialFlock: number;
  readonly wake: FlockAgent["wake"];
  hasLocked = false;

  constructor(
    readonly config: FollowerConfig,
    startDay: number,
  ) {
    this.initialFlock = config.flock;
    this.wake = {
      firstDay: startDay + 1,
      everyDays: Math.max(1, Math.round(config.act_every_days)),
    };
  }

  *act(view: FlockView): Iterable<FlockAction> {
    if (!this.hasLocked) {
      this.hasLocked = true;
      yield { kind: "lock", flockWei: view.self.flockWei(), lockDays: this.config.lock_days };
    }
    for (const { operator, claimableFlock } of view.self.delegations()) {
      const gainUsd = claimableFlock() * view.priceUsd;
      if (gainUsd > CLAIM_MARGIN * view.parameters.market.gasUsd)
        yield { kind: "claim_pool", operator };
    }
    const best = this.bestOperator(view);
    if (best === null) return;
    for (const { operator, gmflockWei } of view.self.delegations()) {
      if (gmflockWei === 0n || operator === best.index) continue;
      if (this.isBetter(best, view.operators[operator], MOVE_MARGIN)) {
        yield { kind: "undelegate", operator, gmflockWei };
      }
    }
    const freeWei = view.self.freeGmflockWei();
    if (freeWei > 0n) yield { kind: "delegate", operator: best.index, gmflockWei: freeWei };
  }

  /** Of those whose ratio is nearest to the wanted one, the one that has paid most. */
  private bestOperator({ working }: FlockView): OperatorView | null {
    let best: OperatorView | null = null;
    for (const one of working) if (best === null || this.isBetter(one, best, 0)) best = one;
    return best;
  }

  /** Nearer to the wanted ratio, or as near and better paid by the margin. */
  private isBetter(one: OperatorView, other: OperatorView, margin: number): boolean {
    const [own, theirs] = [this.distance(one), this.distance(other)];
    return own < theirs || (own === theirs && one.dailyReturn > other.dailyReturn * (1 + margin));
  }

  /** From the wanted ratio, in whole steps of what counts as near. */
  private distance({ sigma }: OperatorView): number {
    return Math.round(Math.abs(1 - sigma - this.config.sharing_ratio) / NEAR);
  }
}
