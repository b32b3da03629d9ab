/**
 * A miner of a subnet that is simulated neuron by neuron. Its skill drifts; it works less while a
 * day's reward does not cover what the work costs, and more again when it does; it sells part of
 * what it earns.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import { GrowthSeller } from "../growth-seller.ts";
import type { MinersConfig } from "./config.ts";
import type { SkillField } from "./skills.ts";

export interface MinerPlace {
  readonly id: string;
  readonly netuid: number;
  /** Its place among the skills of the subnet's miners. */
  readonly seat: number;
  readonly hotkey: string;
  readonly firstBlock: number;
}

const EFFORT_DOWN = 0.8;
const EFFORT_UP = 1.1;
const EFFORT_MIN = 0.05;

export class SkilledMiner implements BittensorAgent {
  readonly id: string;
  readonly role = "miner";
  readonly wake;
  private readonly seller: GrowthSeller;
  private readonly wakeDays: number;
  /** TAO that the last waking had earned since the one before, less what the work has cost. */
  lastGainTao = 0;

  constructor(
    private readonly place: MinerPlace,
    private readonly config: MinersConfig,
    private readonly skills: SkillField,
  ) {
    this.id = place.id;
    this.wakeDays = config.sell_every_days;
    const everyBlocks = Math.max(1, Math.round(this.wakeDays * BLOCKS_PER_DAY));
    this.wake = { firstBlock: place.firstBlock, everyBlocks };
    this.seller = new GrowthSeller(place.netuid, place.hotkey, config.sell_share);
  }

  *act(view: BittensorView, random: Stream): Actions {
    const { seat, netuid } = this.place;
    const { skills, config, wakeDays } = this;
    skills.lnSkill[seat] += config.skill_drift_per_day * Math.sqrt(wakeDays) * random.normal();
    const incomeTao = (Number(this.seller.grownRao(view)) / 1e9) * view.price(netuid);
    const costTao = config.effort_cost_tao_per_day * wakeDays * skills.effort[seat];
    this.lastGainTao = incomeTao - costTao;
    const factor = incomeTao < costTao ? EFFORT_DOWN : EFFORT_UP;
    skills.effort[seat] = Math.min(1, Math.max(EFFORT_MIN, skills.effort[seat] * factor));
    yield* this.seller.sell(view);
  }
}
