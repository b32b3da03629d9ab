/**
 * The bootstrap emission of the marketplace: FLOCK out of the treasury to models with real usage,
 * by usage and age, and inside a model to those who both use it and hold its token. Off by
 * default: neither its size nor its decay is published.
 */
import { scaledFraction, WEI_PER_FLOCK, weiFromFlock } from "../amounts.ts";
import { bootstrapShares, incentiveScores } from "../marketplace/scores.ts";
import { usageUsd } from "./actions/marketplace.ts";
import type { FlockWorldState, MarketModel } from "./state.ts";

export function payBootstrap(world: FlockWorldState): void {
  const { bootstrapFlockPerDay, bootstrapHalfLifeDays } = world.parameters.marketplace;
  if (bootstrapFlockPerDay === 0) return;
  const launched = world.models.filter(({ offering }) => offering?.status === "launched");
  const shares = bootstrapShares(
    launched.map((model) => ({
      usage: usageUsd(model),
      ageDays: world.day - (model.offering?.openedDay ?? world.day),
    })),
    bootstrapHalfLifeDays,
  );
  const dayWei = weiFromFlock(bootstrapFlockPerDay);
  for (const [i, model] of launched.entries()) {
    payUsers(world, model, (dayWei * scaledFraction(shares[i], WEI_PER_FLOCK)) / WEI_PER_FLOCK);
  }
}

/** What nobody scores for, and what the treasury does not have, is not paid. */
function payUsers(world: FlockWorldState, model: MarketModel, amountWei: bigint): void {
  const { ledger, accounts, participants } = world;
  const users = [...model.usageByUser.keys()];
  const scores = incentiveScores(
    users.map((who) => ({
      usage: Number(model.usageByUser.get(who)),
      stake: Number(model.offering?.holdings.get(who) ?? 0n),
    })),
  );
  const total = scores.reduce((sum, score) => sum + score, 0);
  if (total === 0) return;
  for (const [k, who] of users.entries()) {
    const part = scaledFraction(scores[k] / total, WEI_PER_FLOCK);
    const due = (amountWei * part) / WEI_PER_FLOCK;
    const held = ledger.balance(accounts.treasury);
    const paid = due < held ? due : held;
    ledger.move(accounts.treasury, participants[who].flock, paid, "bootstrap emission");
  }
}
