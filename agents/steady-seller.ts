/**
 * Somebody who is paid in alpha and sells a fixed part of it at a fixed pace: a subnet's owner, or
 * all miners or validators of an aggregate subnet as one.
 */
import { BLOCKS_PER_DAY } from "../sim/amounts.ts";
import type { BittensorView } from "../sim/bittensor/chain/view.ts";
import type { Actions, BittensorAgent, BittensorRole } from "./bittensor.ts";
import { GrowthSeller } from "./growth-seller.ts";

export interface SellerPlace {
  readonly id: string;
  readonly role: BittensorRole;
  readonly netuid: number;
  readonly hotkey: string;
  readonly firstBlock: number;
  readonly sellShare: number;
  readonly everyDays: number;
}

export class SteadySeller implements BittensorAgent {
  readonly id: string;
  readonly role: BittensorRole;
  readonly wake;
  private readonly seller: GrowthSeller;

  constructor({ id, role, netuid, hotkey, firstBlock, sellShare, everyDays }: SellerPlace) {
    this.id = id;
    this.role = role;
    this.wake = { firstBlock, everyBlocks: Math.max(1, Math.round(everyDays * BLOCKS_PER_DAY)) };
    this.seller = new GrowthSeller(netuid, hotkey, sellShare);
  }

  act(view: BittensorView): Actions {
    return this.seller.sell(view);
  }
}
