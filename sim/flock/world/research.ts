/**
 * Research that FLock pays for. Without a subnet of its own it pays out of the treasury, in FLOCK;
 * with one the subnet's alpha does. What joins the two economies is booked here.
 */
import { flockFromWei, weiFromFlock } from "../amounts.ts";
import { microFromUsd, priceUsd } from "../market.ts";
import type { FlockWorldState } from "./state.ts";
import { buy } from "./trade.ts";

/**
 * Pays researchers that many dollars' worth of FLOCK at the day's price, as far as the treasury
 * has it; the FLOCK paid. 0 where nobody is a researcher.
 */
export function payResearch(world: FlockWorldState, usd: number): number {
  const who = world.participants.find(({ agent }) => agent.role === "researcher");
  if (!who) return 0;
  const held = world.ledger.balance(world.accounts.treasury);
  const wanted = weiFromFlock(usd / priceUsd(world.market));
  const paid = wanted < held ? wanted : held;
  world.ledger.move(world.accounts.treasury, who.flock, paid, "research paid");
  return flockFromWei(paid);
}

/** Buys FLOCK for the treasury with dollars that the subnet brought in; the FLOCK bought. */
export function buyWithSubnetRevenue(world: FlockWorldState, usd: number): number {
  if (!(usd > 0)) return 0;
  const { usdOutside, treasury } = world.accounts;
  return flockFromWei(buy(world, usdOutside, treasury, microFromUsd(usd), "subnet"));
}
