/** Locking, redeeming, trading; the treasury's burn of fees. */
import { SECONDS_PER_DAY } from "../../amounts.ts";
import { arenaRules } from "../../arena/rules.ts";
import { type Lock, redeem as redeemLock } from "../../gmflock.ts";
import { microFromUsd } from "../../market.ts";
import { setLocks } from "../totals.ts";
import { buy as buyFlock, sell as sellFlock } from "../trade.ts";
import { APPLIED, type Handler, refused } from "./outcome.ts";

export const lock: Handler<"lock"> = (world, who, { flockWei, lockDays }) => {
  const { ledger, accounts, parameters, day } = world;
  if (flockWei <= 0n) return refused("ZeroAmount");
  if (!(lockDays * SECONDS_PER_DAY >= 1)) return refused("ZeroLock");
  if (ledger.balance(who.flock) < flockWei) return refused("InsufficientBalance");
  const rules = arenaRules(day, parameters.arena.rules);
  const opened = rules.openStake(flockWei, day, lockDays, parameters.gmflock);
  ledger.move(who.flock, accounts.tokenContract, opened.feeWei, "gmFLOCK fee");
  ledger.move(who.flock, accounts.exchange, opened.lock.principalWei, "locked");
  ledger.move(accounts.gmMint, who.gm, opened.lock.gmflockWei, "gmFLOCK minted");
  setLocks(who, [...who.locks, opened.lock]);
  world.events.locks.push({ participant: who, flockWei, ...opened });
  return APPLIED;
};

export const redeem: Handler<"redeem"> = (world, who, { locks }) => {
  const { ledger, accounts, day } = world;
  const kept: Lock[] = [];
  let reason = "NothingLocked";
  for (const open of who.locks) {
    if (locks && !locks.includes(open)) {
      kept.push(open);
      continue;
    }
    const outcome = redeemLock(open, day, ledger.balance(who.gm));
    if (!outcome.redeemed) {
      kept.push(open);
      reason = outcome.reason;
      continue;
    }
    ledger.move(who.gm, accounts.gmMint, outcome.burnedGmflockWei, "gmFLOCK burned");
    ledger.move(accounts.exchange, who.flock, outcome.paidWei, "redeemed");
    ledger.move(accounts.exchange, accounts.tokenContract, outcome.feeWei, "gmFLOCK fee");
  }
  if (kept.length === who.locks.length) return refused(reason);
  setLocks(who, kept);
  return APPLIED;
};

export const sell: Handler<"sell"> = (world, who, { flockWei }) => {
  if (flockWei <= 0n) return refused("ZeroAmount");
  if (world.ledger.balance(who.flock) < flockWei) return refused("InsufficientBalance");
  sellFlock(world, who.flock, who.usd, flockWei, who.agent.role);
  who.totals.soldWei += flockWei;
  return APPLIED;
};

export const buy: Handler<"buy"> = (world, who, { usd }) => {
  if (!(usd > 0)) return refused("ZeroAmount");
  buyFlock(world, who.usd, who.flock, microFromUsd(usd), who.agent.role);
  return APPLIED;
};

/** The token contract's admin may burn what the contract holds. */
export const burnFees: Handler<"burn_fees"> = (world, who, { flockWei }) => {
  const { ledger, accounts } = world;
  if (who.agent.role !== "treasury") return refused("NotAdmin");
  if (flockWei <= 0n) return refused("ZeroAmount");
  if (ledger.balance(accounts.tokenContract) < flockWei) return refused("InsufficientBalance");
  ledger.move(accounts.tokenContract, accounts.burn, flockWei, "fees burned");
  return APPLIED;
};
