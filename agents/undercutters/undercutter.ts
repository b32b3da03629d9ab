/**
 * A validator that competes by its take: it wants its own a step below that of its cheapest rival,
 * but not below a floor. It can go down at any time, and up again once a month.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { MAX_DELEGATE_TAKE_U16 } from "../../sim/bittensor/staking/delegate-take.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { UndercuttersConfig } from "./config.ts";

export interface UndercutterPlace {
  /** The validator: hotkey and coldkey have one name. */
  readonly account: string;
  readonly netuid: number;
  readonly firstBlock: number;
}

export class Undercutter implements BittensorAgent {
  readonly id: string;
  readonly account: string;
  readonly role = "validator";
  readonly wake;

  constructor(
    private readonly place: UndercutterPlace,
    private readonly config: UndercuttersConfig,
  ) {
    this.id = `take/${place.account}`;
    this.account = place.account;
    const everyBlocks = Math.max(1, Math.round(config.decide_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock: place.firstBlock, everyBlocks };
  }

  *act(view: BittensorView): Actions {
    const { netuid, account: hotkey } = this.place;
    const cheapest = cheapestRivalU16(view, netuid, hotkey);
    if (cheapest === null) return;
    const { step_share: step, floor_share: floor } = this.config;
    const wanted = cheapest - Math.round(step * 65_535);
    const takeU16 = Math.min(Math.max(wanted, Math.round(floor * 65_535)), MAX_DELEGATE_TAKE_U16);
    const own = view.takeU16(hotkey);
    if (takeU16 === own) return;
    const kind = takeU16 < own ? "decrease_take" : "increase_take";
    yield { kind, netuid: 0, hotkey, takeU16 };
  }
}

/** The lowest take of the other validators that have a permit; null where there is none. */
function cheapestRivalU16(view: BittensorView, netuid: number, hotkey: string): number | null {
  const subnet = view.neurons(netuid);
  if (!subnet) return null;
  const own = view.uidOf(netuid, hotkey);
  const rivals = subnet.neurons.filter((_, uid) => subnet.validatorPermit[uid] && uid !== own);
  if (rivals.length === 0) return null;
  return Math.min(...rivals.map((rival) => view.takeU16(rival.hotkey)));
}
