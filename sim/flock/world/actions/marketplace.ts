/** Offerings of models, their tokens, and paid inference. */
import { flockFromWei, weiFromFlock } from "../../amounts.ts";
import { microFromUsd } from "../../market.ts";
import { buyBackTokens, buyTokens, openOffering, sellTokens } from "../../marketplace/offering.ts";
import { splitApiRevenue, splitTokenRevenue } from "../../marketplace/revenue.ts";
import type { FlockWorldState, MarketModel } from "../state.ts";
import { buy } from "../trade.ts";
import { APPLIED, type Handler, refused } from "./outcome.ts";

/** The owner's best model without a token, against the launch fee. */
export const launchOffering: Handler<"launch_offering"> = (world, who) => {
  const { ledger, accounts, parameters, models } = world;
  const own = models.filter(({ owner, offering }) => owner === who.operator && !offering);
  const best = own.reduce<MarketModel | null>(
    (found, model) => (found && found.loss <= model.loss ? found : model),
    null,
  );
  if (!best) return refused("NoModel");
  const feeWei = weiFromFlock(parameters.marketplace.launchFeeFlock);
  if (ledger.balance(who.flock) < feeWei) return refused("InsufficientBalance");
  ledger.move(who.flock, accounts.treasury, feeWei, "launch fee");
  best.offering = openOffering(world.day, parameters.marketplace);
  return APPLIED;
};

export const buyModelTokens: Handler<"buy_tokens"> = (world, who, { model, flockWei }) => {
  const target = world.models[model];
  if (!target?.offering) return refused("NoToken");
  if (flockWei <= 0n || world.ledger.balance(who.flock) < flockWei) {
    return refused("InsufficientBalance");
  }
  const bought = buyTokens(target.offering, who.index, flockWei);
  if (!bought) return refused("NoToken");
  const { ledger, accounts } = world;
  ledger.move(who.flock, accounts.treasury, bought.feeWei, "platform fee");
  ledger.move(who.flock, accounts.curves, flockWei - bought.feeWei, "model tokens bought");
  target.offering = bought.offering;
  return APPLIED;
};

export const sellModelTokens: Handler<"sell_tokens"> = (world, who, { model, tokens }) => {
  const target = world.models[model];
  const sold = target?.offering ? sellTokens(target.offering, who.index, tokens) : null;
  if (!sold) return refused("NoToken");
  world.ledger.move(world.accounts.curves, who.flock, sold.flockWei, "model tokens sold");
  target.offering = sold.offering;
  return APPLIED;
};

/** Compute first, then the issuer, the treasury and the two buybacks. */
export const payInference: Handler<"pay_inference"> = (world, who, { model, usd }) => {
  const target = world.models[model];
  if (!target) return refused("NoModel");
  if (!(usd > 0)) return refused("ZeroAmount");
  const usdMicro = microFromUsd(usd);
  const { ledger, accounts, parameters } = world;
  const launched = target.offering?.status === "launched";
  const split = (launched ? splitTokenRevenue : splitApiRevenue)(usdMicro, parameters.marketplace);
  const pay = (to: number, amount: bigint, reason: string) =>
    ledger.move(who.usd, to, amount, reason);
  pay(accounts.usdCompute, split.compute, "inference compute");
  pay(target.owner.participant.usd, split.issuer, "issuer's revenue");
  pay(accounts.usdTreasury, split.treasury, "treasury's revenue");
  target.usageUsdMicro += usdMicro;
  target.usageByUser.set(who.index, (target.usageByUser.get(who.index) ?? 0n) + usdMicro);
  burnBought(world, who.usd, split.flockBuyback);
  if (split.modelBuyback > 0n && target.offering) {
    const flockWei = buy(world, who.usd, accounts.curves, split.modelBuyback, "buyback");
    target.offering = buyBackTokens(target.offering, flockWei);
  }
  return APPLIED;
};

function burnBought(world: FlockWorldState, usdFrom: number, usdMicro: bigint): void {
  const { ledger, accounts } = world;
  if (usdMicro === 0n) return;
  const wei = buy(world, usdFrom, accounts.treasury, usdMicro, "buyback");
  ledger.move(accounts.treasury, accounts.burn, wei, "bought back and burned");
}

export const usageUsd = ({ usageUsdMicro }: MarketModel): number => Number(usageUsdMicro) / 1e6;
export const curveFlock = ({ offering }: MarketModel): number =>
  offering ? flockFromWei(offering.curve.flockWei) : 0;
