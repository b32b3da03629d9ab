/**
 * An attacker who registers one hotkey after the other and does nothing with them. Each takes the
 * place of the neuron that earns least, drives the price up for everybody else, and stays until its
 * immunity is over.
 */
import { BLOCKS_PER_DAY, raoFromTao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { SpammersConfig } from "./config.ts";

export interface SpammerPlace {
  readonly id: string;
  readonly netuid: number;
  /** First block of the run. */
  readonly startBlock: number;
}

export class RegistrationSpammer implements BittensorAgent {
  readonly id: string;
  readonly role = "spammer";
  readonly wake;
  private readonly lastBlock: number;
  private readonly limitPriceRao: bigint;
  private registered = 0;

  constructor(
    private readonly place: SpammerPlace,
    config: SpammersConfig,
  ) {
    this.id = place.id;
    const after = Math.round(config.start_after_days * BLOCKS_PER_DAY);
    const firstBlock = place.startBlock + after;
    this.wake = { firstBlock, everyBlocks: config.every_blocks };
    this.lastBlock = firstBlock + Math.round(config.attack_days * BLOCKS_PER_DAY);
    this.limitPriceRao = raoFromTao(config.max_price_tao);
  }

  *act(view: BittensorView): Actions {
    if (view.block > this.lastBlock) return;
    const { netuid, id } = this.place;
    const { limitPriceRao } = this;
    const priceRao = view.registrationPriceRao(netuid);
    if (priceRao === null || priceRao > limitPriceRao || priceRao >= view.balanceRao) return;
    const hotkey = `${id}/${this.registered}`;
    const outcome = yield { kind: "register_limit", netuid, hotkey, limitPriceRao };
    if (outcome.applied) this.registered++;
  }
}
