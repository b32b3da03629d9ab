/**
 * What validators have in common, whether they score miners or copy: they set weights at a pace of
 * their own and sell part of what their take and their own stake bring.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { ValidatorsConfig } from "./config.ts";
import { submitMechanismWeights, submitWeights } from "./submit-weights.ts";

export interface ValidatorPlace {
  readonly id: string;
  readonly netuid: number;
  readonly hotkey: string;
  readonly firstBlock: number;
}

/** Weights as they are submitted: u16, as many as uids. */
export interface Verdict {
  readonly uids: readonly number[];
  readonly values: readonly number[];
}

export abstract class Judge implements BittensorAgent {
  readonly id: string;
  abstract readonly role: string;
  readonly wake;
  private readonly seller: GrowthSeller;
  private readonly sellEveryBlocks: number;
  private nextSaleBlock: number;
  private nextTryBlock = 0;

  constructor(
    protected readonly place: ValidatorPlace,
    config: ValidatorsConfig,
  ) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: config.set_weights_every_blocks };
    this.seller = new GrowthSeller(place.netuid, place.hotkey, config.sell_share);
    this.sellEveryBlocks = Math.round(config.sell_every_days * BLOCKS_PER_DAY);
    this.nextSaleBlock = place.firstBlock;
  }

  /** In one of the subnet's mechanisms. Null where nobody deserves any weight. */
  protected abstract judge(view: BittensorView, random: Stream, mechanism: number): Verdict | null;

  *act(view: BittensorView, random: Stream): Actions {
    if (view.block >= this.nextTryBlock) yield* this.submit(view, random);
    if (view.block >= this.nextSaleBlock) {
      this.nextSaleBlock = view.block + this.sellEveryBlocks;
      yield* this.seller.sell(view);
    }
  }

  private *submit(view: BittensorView, random: Stream): Actions {
    const { netuid, hotkey } = this.place;
    const count = view.mechanismCount(netuid);
    for (let mechanism = 1; mechanism < count; mechanism++) {
      const verdict = this.judge(view, random, mechanism);
      if (!verdict) continue;
      yield submitMechanismWeights(view, { netuid, hotkey, mechanism, ...verdict });
    }
    const verdict = this.judge(view, random, 0);
    if (!verdict) return;
    const outcome = yield submitWeights(view, { netuid, hotkey, ...verdict });
    // Stake and permits do not come back by the hour.
    if (!outcome.applied && !/TooFast$/.test(outcome.reason)) {
      this.nextTryBlock = view.block + BLOCKS_PER_DAY;
    }
  }
}
