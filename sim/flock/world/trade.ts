/** Trades on the FLOCK market, booked on both sides. */
import type { AccountId } from "../../ledger/ledger.ts";
import { buyFlock, sellFlock } from "../market.ts";
import { addTo, type FlockWorldState } from "./state.ts";

/** Sells from one account into another's dollars; `who` is the category in the records. */
export function sell(
  world: FlockWorldState,
  from: AccountId,
  usdTo: AccountId,
  flockWei: bigint,
  who: string,
): bigint {
  const { ledger, accounts } = world;
  const { outAmount, market } = sellFlock(world.market, flockWei);
  ledger.move(from, accounts.market, flockWei, "sold");
  ledger.move(accounts.usdMarket, usdTo, outAmount, "FLOCK sold");
  world.market = market;
  addTo(world.events.soldWei, who, flockWei);
  return outAmount;
}

/** Buys with one account's dollars into another account; the wei bought. */
export function buy(
  world: FlockWorldState,
  usdFrom: AccountId,
  to: AccountId,
  usdMicro: bigint,
  who: string,
): bigint {
  const { ledger, accounts } = world;
  const { outAmount, market } = buyFlock(world.market, usdMicro);
  ledger.move(usdFrom, accounts.usdMarket, usdMicro, "FLOCK bought");
  ledger.move(accounts.market, to, outAmount, "bought");
  world.market = market;
  addTo(world.events.boughtWei, who, outAmount);
  return outAmount;
}
