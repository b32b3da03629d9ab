/**
 * An attacker who wants a subnet's owner cut. It picks the subnet whose threshold costs least among
 * those old enough to change hands, buys its alpha day by day, never so much that the price runs
 * away, and locks all of it to a hotkey of its own. Once it is the owner it buys no more and sells
 * the cut as it comes.
 */
import { BLOCKS_PER_DAY, raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { TakeoverConfig } from "./config.ts";

const KEEP_FREE_TAO = 1;
const MIN_ORDER_TAO = 0.05;
const MIN_SALE_TAO = 0.01;

export class TakeoverAttacker implements BittensorAgent {
  readonly role = "owner";
  readonly wake;
  /** Chosen at the first look; 0 while none is old enough. */
  private netuid: number;
  private prepared = false;

  constructor(
    readonly id: string,
    private readonly config: TakeoverConfig,
    firstBlock: number,
  ) {
    const everyBlocks = Math.max(1, Math.round(config.buy_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock, everyBlocks };
    this.netuid = config.netuid;
  }

  *act(view: BittensorView): Actions {
    if (this.netuid === 0) this.netuid = cheapestTarget(view) ?? 0;
    const { netuid, id: hotkey } = this;
    if (netuid === 0 || !view.isTradable(netuid)) return;
    if (!this.prepared) yield* this.prepare(netuid);
    if (view.ownedNetuids.includes(netuid)) {
      yield* this.harvest(netuid, view);
      return;
    }
    const freeTao = taoFromRao(view.balanceRao) - KEEP_FREE_TAO;
    const tao = Math.min(freeTao, this.config.pool_share * view.poolTao(netuid));
    if (tao >= MIN_ORDER_TAO) {
      const amountRao = raoFromTao(Math.floor(tao * 1e6) / 1e6);
      yield { kind: "add_stake", netuid, hotkey, amountRao };
    }
    const unlockedRao = view.availableRao(netuid);
    if (unlockedRao > 0n) yield { kind: "lock_stake", netuid, hotkey, amountRao: unlockedRao };
  }

  private *prepare(netuid: number): Actions {
    this.prepared = true;
    yield { kind: "try_associate_hotkey", netuid: 0, hotkey: this.id };
    if (this.config.perpetual) yield { kind: "set_perpetual_lock", netuid, enabled: true };
  }

  private *harvest(netuid: number, view: BittensorView): Actions {
    const { id: hotkey } = this;
    const amountRao = view.availableRao(netuid);
    if (taoFromRao(amountRao) * view.price(netuid) < MIN_SALE_TAO) return;
    yield { kind: "remove_stake", netuid, hotkey, amountRao };
  }
}

/** The subnet whose threshold of conviction is worth the least TAO at spot prices. */
export function cheapestTarget(view: BittensorView): number | null {
  let best: number | null = null;
  let bestTao = Number.POSITIVE_INFINITY;
  for (const netuid of view.netuids) {
    if (!view.isTradable(netuid) || !view.canChangeHands(netuid)) continue;
    const tao = view.circulatingAlpha(netuid) * view.price(netuid);
    if (tao < bestTao) [best, bestTao] = [netuid, tao];
  }
  return best;
}
