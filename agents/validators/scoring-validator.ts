/**
 * An honest validator: measures every miner with noise, remembers its scores, and sets weights in
 * proportion to them. It sells part of what its take and its own stake bring.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { SkillField } from "../miners/skills.ts";
import type { ValidatorsConfig } from "./config.ts";

export interface ValidatorPlace {
  readonly id: string;
  readonly netuid: number;
  readonly hotkey: string;
  readonly firstBlock: number;
  /** The miners that it scores. */
  readonly minerUids: readonly number[];
}

export class ScoringValidator implements BittensorAgent {
  readonly id: string;
  readonly role = "validator";
  readonly wake;
  private readonly scores: Float64Array;
  private readonly seller: GrowthSeller;
  private readonly sellEveryBlocks: number;
  private nextSaleBlock: number;
  private nextTryBlock = 0;
  private scored = false;

  constructor(
    private readonly place: ValidatorPlace,
    private readonly config: ValidatorsConfig,
    private readonly skills: SkillField,
  ) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: config.set_weights_every_blocks };
    this.scores = new Float64Array(place.minerUids.length);
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
    this.score(random);
    const { netuid, hotkey, minerUids } = this.place;
    const values = this.weights();
    if (!values.some((value) => value > 0)) return;
    const outcome = yield { kind: "set_weights", netuid, hotkey, uids: minerUids, values };
    // Stake and permits do not come back by the hour.
    if (!outcome.applied && outcome.reason !== "SettingWeightsTooFast") {
      this.nextTryBlock = view.block + BLOCKS_PER_DAY;
    }
  }

  private score(random: Stream): void {
    const { score_noise: noise, score_memory_share: memory } = this.config;
    for (const [index, uid] of this.place.minerUids.entries()) {
      const measured = this.skills.measure(uid, noise, random);
      this.scores[index] = this.scored
        ? memory * this.scores[index] + (1 - memory) * measured
        : measured;
    }
    this.scored = true;
  }

  /** Scores as u16, the best at 65,535. */
  private weights(): number[] {
    const best = this.scores.reduce((max, score) => Math.max(max, score), 0);
    return Array.from(this.scores, (score) => (best > 0 ? Math.round((65_535 * score) / best) : 0));
  }
}
