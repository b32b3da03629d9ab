/**
 * Somebody who would own a subnet. It knows what the owner cut of a subnet at the median price
 * brings, has an idea of how its own would fare, and registers when that is worth more than the
 * lock: a falling-price auction, in which whoever believes most goes first. It starts its subnet at
 * once, may buy its own alpha, and sells part of its cut.
 */
import { BLOCKS_PER_DAY, raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { exp } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { FoundersConfig } from "./config.ts";

const KEEP_FREE_TAO = 1;

/** A subnet that it has founded. */
interface Own {
  readonly hotkey: string;
  readonly seller: GrowthSeller;
  promoted: boolean;
}

export class Founder implements BittensorAgent {
  readonly role = "owner";
  readonly wake;
  /** Expected price of its alpha in median prices; null until the first idea. */
  private expectedPrice: number | null = null;
  private registered = 0;
  private readonly own = new Map<number, Own>();

  constructor(
    readonly id: string,
    private readonly config: FoundersConfig,
    firstBlock: number,
  ) {
    const everyBlocks = Math.max(1, Math.round(config.look_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock, everyBlocks };
  }

  *act(view: BittensorView, random: Stream): Actions {
    this.think(random);
    const owned = view.ownedNetuids;
    for (const netuid of [...this.own.keys()]) if (!owned.includes(netuid)) this.own.delete(netuid);
    for (const netuid of owned) yield* this.tend(netuid, view);
    const { subnets_max: most } = this.config;
    if (owned.length + view.queuedRegistrations >= most || view.blocksToRegistration > 0) return;
    const costTao = taoFromRao(view.lockCostRao);
    if (taoFromRao(view.balanceRao) < costTao + KEEP_FREE_TAO) return;
    if (this.worthTao(view) < costTao) return;
    const hotkey = `${this.id}/${this.registered}`;
    const outcome = yield { kind: "register_network", netuid: 0, hotkey };
    if (outcome.applied) this.registered++;
  }

  /** What the owner cut of its subnet would be worth today, TAO. */
  worthTao(view: BittensorView): number {
    const { config } = this;
    const price = (this.expectedPrice ?? 0) * view.medianPrice;
    const cutTao = BLOCKS_PER_DAY * view.ownerCutShare * price;
    const { discount_per_day: rate, expected_life_days: days } = config;
    const discountedDays = rate === 0 ? days : (1 - exp(-rate * days)) / rate;
    return (cutTao - config.cost_tao_per_day) * discountedDays;
  }

  /** Ideas come at random: what it expects is drawn anew. */
  private think(random: Stream): void {
    const { config } = this;
    const chance = Math.min(1, config.look_every_days / config.new_idea_every_days);
    const renews = random.uniform() < chance;
    const drawn = config.expected_price * exp(config.expected_price_spread * random.normal());
    if (this.expectedPrice === null || renews) this.expectedPrice = drawn;
  }

  private *tend(netuid: number, view: BittensorView): Actions {
    const hotkey = view.ownerHotkey(netuid);
    let own = this.own.get(netuid);
    if (own?.hotkey !== hotkey) {
      const seller = new GrowthSeller(netuid, hotkey, this.config.sell_share);
      own = { hotkey, seller, promoted: false };
      this.own.set(netuid, own);
    }
    if (!view.isTradable(netuid)) {
      const started = yield { kind: "start_call", netuid };
      if (!started.applied) return;
    }
    if (!own.promoted) {
      own.promoted = true;
      yield* this.promote(netuid, hotkey, view);
    }
    yield* own.seller.sell(view);
  }

  private *promote(netuid: number, hotkey: string, view: BittensorView): Actions {
    const freeTao = taoFromRao(view.balanceRao) - KEEP_FREE_TAO;
    const tao = Math.floor(Math.min(this.config.promote_tao, freeTao));
    if (tao > 0) yield { kind: "add_stake", netuid, hotkey, amountRao: raoFromTao(tao) };
  }
}
