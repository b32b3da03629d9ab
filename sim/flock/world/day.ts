/** One day of FLock: agents act, the day's emission is paid, outsiders trade, the books are checked. */

import { exp } from "../../portable-math.ts";
import { flockFromWei, PERCENT_BASE } from "../amounts.ts";
import { priceUsd, tradeTowards } from "../market.ts";
import { closeRaise } from "../marketplace/offering.ts";
import { mintDaily } from "../supply/emission.ts";
import { grossMint, vestedWei } from "../supply/supply.ts";
import { applyAction } from "./actions/apply.ts";
import { allianceStakeWei, fundAlliances, openAlliances, stepAlliances } from "./alliance-day.ts";
import { settleArena } from "./arena-day.ts";
import { payBootstrap } from "./bootstrap.ts";
import { checkConservation } from "./check.ts";
import { trancheAccount } from "./create.ts";
import { taskStakes } from "./stakes.ts";
import { activeTasks, type FlockWorldState } from "./state.ts";
import { buy, sell } from "./trade.ts";
import { DayView } from "./views.ts";

/** Steps the world by a day. Throws ConservationError when the books do not add up. */
export function stepDay(world: FlockWorldState): void {
  world.day++;
  vestAllocations(world);
  openAlliances(world);
  letAgentsAct(world);
  const emittedWei = mintEmission(world);
  const allianceWei = alliancePart(world, emittedWei);
  fundAlliances(world, allianceWei);
  settleArena(world, emittedWei - allianceWei);
  stepAlliances(world);
  closeRaises(world);
  payBootstrap(world);
  outsidersTrade(world);
  checkConservation(world);
}

/** A prime, so that the day's first turn goes round all agents. */
const TURN = 104_729;

/** In an order that turns from day to day, so that nobody is always served first. */
function letAgentsAct(world: FlockWorldState): void {
  const { participants, day } = world;
  const { firstDay, everyDays } = world.wakes;
  const shown = new DayView(world);
  const count = participants.length;
  const first = count === 0 ? 0 : (day * TURN) % count;
  for (let i = 0; i < count; i++) {
    const index = (first + i) % count;
    const awakeFor = day - firstDay[index];
    if (awakeFor < 0 || awakeFor % everyDays[index] !== 0) continue;
    const who = participants[index];
    const view = shown.for(who);
    for (const action of who.agent.act(view, who.random)) applyAction(world, who, action);
  }
}

function vestAllocations(world: FlockWorldState): void {
  for (const tranche of world.tranches) {
    const amount = vestedWei(tranche, world.day) - vestedWei(tranche, world.day - 1);
    mint(world, trancheAccount(world, tranche.name), amount, `vested: ${tranche.name}`);
  }
}

/** Mints unless the cap forbids it; what was minted. */
function mint(world: FlockWorldState, to: number, amountWei: bigint, reason: string): bigint {
  const { capWei } = world.ratios;
  const counted = grossMint({ capWei, mintedWei: world.grossMintedWei }, amountWei);
  if (!counted) {
    world.refusals.set("mint CapExceeded", (world.refusals.get("mint CapExceeded") ?? 0) + 1);
    return 0n;
  }
  world.grossMintedWei = counted.mintedWei;
  world.ledger.move(world.accounts.mint, to, amountWei, reason);
  return amountWei;
}

function mintEmission(world: FlockWorldState): bigint {
  const { amountWei, counter } = mintDaily(world.emission, world.parameters.supply);
  const minted = mint(world, world.accounts.taskManager, amountWei, "emission");
  world.emission = counter;
  world.emissionFlock = flockFromWei(minted);
  return minted;
}

/** FL tasks are served first, by their stake among all. */
function alliancePart(world: FlockWorldState, emittedWei: bigint): bigint {
  const alliance = allianceStakeWei(world);
  if (alliance === 0n) return 0n;
  const arenaStake = activeTasks(world).reduce(
    (sum, task) => sum + taskStakes(task, world).weightWei,
    0n,
  );
  return (emittedWei * ((alliance * PERCENT_BASE) / (alliance + arenaStake))) / PERCENT_BASE;
}

function closeRaises(world: FlockWorldState): void {
  const { ledger, accounts, participants } = world;
  for (const model of world.models) {
    const { offering } = model;
    if (offering?.status !== "raising" || world.day < offering.closesDay) continue;
    const closed = closeRaise(offering);
    for (const [who, amountWei] of closed.refundsWei) {
      ledger.move(accounts.curves, participants[who].flock, amountWei, "raise refunded");
    }
    model.offering = closed.offering;
  }
}

/** Traders outside close part of the gap between the pool and what they hold FLOCK to be worth. */
function outsidersTrade(world: FlockWorldState): void {
  const { market: rules } = world.parameters;
  const { ledger, accounts } = world;
  const noise = world.outsideRandom.normal();
  const drift = rules.outsideDriftPerYear / 365;
  const volatility = rules.outsideVolatilityPerYear * Math.sqrt(1 / 365);
  world.outsidePriceUsd *= exp(drift - (volatility * volatility) / 2 + volatility * noise);
  const price = priceUsd(world.market);
  const target = price + rules.arbitragePerDay * (world.outsidePriceUsd - price);
  const trade = tradeTowards(world.market, target);
  if (trade.side === "buy") {
    buy(world, accounts.usdOutside, accounts.outside, trade.usdMicro, "outside");
    return;
  }
  const held = ledger.balance(accounts.outside);
  const amount = trade.flockWei < held ? trade.flockWei : held;
  sell(world, accounts.outside, accounts.usdOutside, amount, "outside");
}
