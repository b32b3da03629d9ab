/**
 * The miners of all subnets whose miners are one hotkey: they sell what they earn, and newcomers buy
 * places while a place costs less than it promises. Who comes displaces who is there, so the burn is
 * the miners' own cost.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import { minersOf } from "../../sim/bittensor/root-era/setup.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import { exp } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";
import { EarningsSeller } from "./selling.ts";

/** Of sold earnings, what newcomers keep to pay for places. */
const KEPT_FOR_PLACES = 0.25;
/** How far newcomers' hopes differ, in ln. */
const HOPE_SPREAD = 0.5;

export class SubnetMiners implements RootEraAgent {
  readonly role = "miner";
  readonly wake;
  private readonly sellers = new Map<number, EarningsSeller>();
  private readonly sellEveryBlocks: number;
  private nextSaleBlock: number;

  constructor(
    readonly id: string,
    firstBlock: number,
    private readonly config: RootEraAgentsConfig["miners"],
  ) {
    this.wake = { firstBlock, everyBlocks: config.register_every_blocks };
    this.sellEveryBlocks = Math.round(config.sell_every_days * BLOCKS_PER_DAY);
    this.nextSaleBlock = firstBlock;
  }

  *act(view: RootEraView, random: Stream): EraActions {
    if (view.block >= this.nextSaleBlock) {
      this.nextSaleBlock = view.block + this.sellEveryBlocks;
      for (const netuid of view.netuids) yield* this.sellerOf(netuid).sell(view);
    }
    for (const netuid of view.netuids) yield* this.register(netuid, view, random);
  }

  /** A place is worth days of what a mean miner earns, in hope; the chain takes one a block. */
  private *register(netuid: number, view: RootEraView, random: Stream): EraActions {
    // The neurons of a subnet that is simulated one by one do not change.
    if (view.neurons(netuid)) return;
    const minersTaoPerDay = (view.emissionTaoPerDay(netuid) * (1 - view.ownerCut)) / 2;
    const hope = exp(HOPE_SPREAD * random.normal());
    const worthTao = (this.config.payback_days * minersTaoPerDay * hope) / view.minerPlaces(netuid);
    const burnRao = view.burnRao(netuid);
    if (Number(burnRao) / 1e9 > worthTao || burnRao > view.balanceRao) return;
    yield { kind: "burned_register", netuid, limitRao: burnRao };
  }

  private sellerOf(netuid: number): EarningsSeller {
    let seller = this.sellers.get(netuid);
    if (!seller) {
      seller = new EarningsSeller(minersOf(netuid), this.config.sell_share, KEPT_FOR_PLACES);
      this.sellers.set(netuid, seller);
    }
    return seller;
  }
}
