/** Neurons of a subnet that is simulated one by one, before dTAO. */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { ValidatorsConfig } from "../validators/config.ts";
import { asU16, type Mechanism } from "../validators/mechanism.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";
import { EarningsSeller } from "./selling.ts";

export interface NeuronValidatorPlace {
  readonly id: string;
  readonly netuid: number;
  readonly hotkey: string;
  readonly firstBlock: number;
  /** The miners that it weighs: uids, and in the same order hotkeys. */
  readonly minerUids: readonly number[];
  readonly miners: readonly string[];
}

/** Weighs miners by its subnet's mechanism. What it earns is its root validator's to sell. */
export class NeuronValidator implements RootEraAgent {
  readonly id: string;
  readonly role = "validator";
  readonly wake;

  constructor(
    private readonly place: NeuronValidatorPlace,
    config: ValidatorsConfig,
    private readonly mechanism: Mechanism,
  ) {
    this.id = place.id;
    this.wake = { firstBlock: place.firstBlock, everyBlocks: config.set_weights_every_blocks };
  }

  *act(view: RootEraView, random: Stream): EraActions {
    const { netuid, hotkey, minerUids, miners } = this.place;
    const values = asU16(this.mechanism.weigh(view.block, random, miners));
    if (!values.some((value) => value > 0)) return;
    yield { kind: "set_weights", netuid, hotkey, uids: minerUids, values };
  }
}

/** Sells part of what it earns. */
export class NeuronMiner implements RootEraAgent {
  readonly role = "miner";
  readonly wake;
  private readonly seller: EarningsSeller;

  constructor(
    readonly id: string,
    hotkey: string,
    firstBlock: number,
    { sell_share: sellShare, sell_every_days: days }: RootEraAgentsConfig["miners"],
  ) {
    this.wake = { firstBlock, everyBlocks: Math.max(1, Math.round(days * BLOCKS_PER_DAY)) };
    this.seller = new EarningsSeller(hotkey, sellShare);
  }

  act(view: RootEraView): EraActions {
    return this.seller.sell(view);
  }
}
