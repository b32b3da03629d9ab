/**
 * An honest validator: weighs the miners by its subnet's mechanism and sets the weights. It sells
 * part of what its take and its own stake bring.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { ValidatorsConfig } from "./config.ts";
import { asU16, type Mechanism } from "./mechanism.ts";
import { submitWeights } from "./submit-weights.ts";

export interface ValidatorPlace {
  readonly id: string;
  readonly netuid: number;
  readonly hotkey: string;
  readonly firstBlock: number;
}

/** Roles of neurons that weigh others and are not weighed. */
const JUDGES: ReadonlySet<string> = new Set(["validator", "copier", "owner"]);

export class ScoringValidator implements BittensorAgent {
  readonly id: string;
  readonly role = "validator";
  readonly wake;
  private readonly seller: GrowthSeller;
  private readonly sellEveryBlocks: number;
  private nextSaleBlock: number;
  private nextTryBlock = 0;

  constructor(
    private readonly place: ValidatorPlace,
    config: ValidatorsConfig,
    private readonly mechanism: Mechanism,
  ) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: config.set_weights_every_blocks };
    this.seller = new GrowthSeller(place.netuid, place.hotkey, config.sell_share);
    this.sellEveryBlocks = Math.round(config.sell_every_days * BLOCKS_PER_DAY);
    this.nextSaleBlock = place.firstBlock;
  }

  *act(view: BittensorView, random: Stream): Actions {
    if (view.block >= this.nextTryBlock) yield* this.judge(view, random);
    if (view.block >= this.nextSaleBlock) {
      this.nextSaleBlock = view.block + this.sellEveryBlocks;
      yield* this.seller.sell(view);
    }
  }

  private *judge(view: BittensorView, random: Stream): Actions {
    const { netuid, hotkey } = this.place;
    const neurons = view.neurons(netuid)?.neurons ?? [];
    const uids = [...neurons.keys()].filter((uid) => !JUDGES.has(neurons[uid].role));
    const miners = uids.map((uid) => neurons[uid].hotkey);
    const values = asU16(this.mechanism.weigh(view.block, random, miners));
    if (!values.some((value) => value > 0)) return;
    const outcome = yield submitWeights(view, { netuid, hotkey, uids, values });
    // Stake and permits do not come back by the hour.
    if (!outcome.applied && !/TooFast$/.test(outcome.reason)) {
      this.nextTryBlock = view.block + BLOCKS_PER_DAY;
    }
  }
}
