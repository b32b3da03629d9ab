/** Applies or refuses what agents want. Each applied action costs gas. */
import type { FlockAction, FlockOutcome } from "../agent.ts";
import { joinAlliance } from "../alliance-day.ts";
import type { FlockWorldState, Participant } from "../state.ts";
import * as arena from "./arena.ts";
import * as marketplace from "./marketplace.ts";
import type { Handler } from "./outcome.ts";
import * as token from "./token.ts";

const handlers: { readonly [Kind in FlockAction["kind"]]: Handler<Kind> } = {
  lock: token.lock,
  redeem: token.redeem,
  sell: token.sell,
  buy: token.buy,
  burn_fees: token.burnFees,
  stake: arena.stake,
  unstake: arena.unstake,
  delegate: arena.delegate,
  undelegate: arena.undelegate,
  claim_pool: arena.claimPool,
  claim_rewards: arena.claimRewards,
  set_sigma: arena.setSigma,
  train: arena.train,
  create_task: arena.createTask,
  join_alliance: joinAlliance,
  launch_offering: marketplace.launchOffering,
  buy_tokens: marketplace.buyModelTokens,
  sell_tokens: marketplace.sellModelTokens,
  pay_inference: marketplace.payInference,
};

export function applyAction(
  world: FlockWorldState,
  who: Participant,
  action: FlockAction,
): FlockOutcome {
  const handler = handlers[action.kind] as Handler<FlockAction["kind"]>;
  const outcome = handler(world, who, action as never);
  if (outcome.applied) {
    world.ledger.move(who.usd, world.accounts.usdOutside, world.ratios.gasMicro, "gas");
  } else {
    const key = `${action.kind} ${outcome.reason}`;
    world.refusals.set(key, (world.refusals.get(key) ?? 0) + 1);
  }
  return outcome;
}
