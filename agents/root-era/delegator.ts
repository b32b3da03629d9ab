/**
 * Somebody with TAO who stakes it with validators: large ones draw, and low takes do. The market is
 * one too: whoever buys what is sold stakes some of it.
 */
import { BLOCKS_PER_DAY, raoFromTao, taoFromRao } from "../../sim/amounts.ts";
import type { RootEraView, ValidatorSeen } from "../../sim/bittensor/root-era/view.ts";
import { pow } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";

type DelegatorsConfig = RootEraAgentsConfig["delegators"];

const MIN_ORDER_TAO = 0.1;

/** A validator, drawn by its stake and by what it leaves to its stakers. */
export function drawnValidator(
  validators: readonly ValidatorSeen[],
  sensitivity: number,
  random: Stream,
): ValidatorSeen | null {
  const seated = validators.filter(({ onRoot }) => onRoot);
  const choice = seated.length > 0 ? seated : validators;
  // A validator without stake can be found too.
  const draw = choice.map(({ stakeTao, take }) => (stakeTao + 10) * pow(1 - take, sensitivity));
  let left = random.uniform() * draw.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of draw.entries()) {
    left -= weight;
    if (left < 0) return choice[index];
  }
  return choice.at(-1) ?? null;
}

const rao = (tao: number): bigint => raoFromTao(Math.floor(tao * 1e6) / 1e6);

export class Delegator implements RootEraAgent {
  readonly role = "delegator";
  readonly wake;

  constructor(
    readonly id: string,
    firstBlock: number,
    private readonly config: DelegatorsConfig,
  ) {
    const everyBlocks = Math.max(1, Math.round(config.rebalance_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock, everyBlocks };
  }

  *act(view: RootEraView, random: Stream): EraActions {
    const { staked_share: wanted, move_share: move, take_sensitivity: power } = this.config;
    const { validators, holdings } = view;
    const target = drawnValidator(validators, power, random);
    if (!target) return;
    const takeOf = new Map(validators.map(({ hotkey, take }) => [hotkey, take]));
    for (const { hotkey, stakeRao } of holdings) {
      if ((takeOf.get(hotkey) ?? 1) <= target.take) continue;
      const amountRao = rao(taoFromRao(stakeRao) * move);
      if (amountRao < rao(MIN_ORDER_TAO)) continue;
      const outcome = yield { kind: "remove_stake", netuid: 0, hotkey, amountRao };
      if (!outcome.applied) continue;
      yield { kind: "add_stake", netuid: 0, hotkey: target.hotkey, amountRao };
    }
    const stakedTao = holdings.reduce((sum, { stakeRao }) => sum + taoFromRao(stakeRao), 0);
    const freeTao = taoFromRao(view.balanceRao);
    const missingTao = (wanted * (stakedTao + freeTao) - stakedTao) * Math.min(1, move * 4);
    const orderTao = Math.min(missingTao, freeTao);
    if (orderTao < MIN_ORDER_TAO) return;
    yield { kind: "add_stake", netuid: 0, hotkey: target.hotkey, amountRao: rao(orderTao) };
  }
}

/** Buyers of what is sold: a part of it is staked every day, with several validators. */
export class MarketBuyers implements RootEraAgent {
  readonly role = "delegator";
  readonly wake;

  constructor(
    readonly id: string,
    firstBlock: number,
    private readonly config: DelegatorsConfig,
  ) {
    this.wake = { firstBlock, everyBlocks: BLOCKS_PER_DAY };
  }

  *act(view: RootEraView, random: Stream): EraActions {
    const { market_staked_share_per_day: share, take_sensitivity: power } = this.config;
    const orders = 4;
    const orderTao = (taoFromRao(view.balanceRao) * share) / orders;
    if (orderTao < MIN_ORDER_TAO) return;
    const { validators } = view;
    for (let i = 0; i < orders; i++) {
      const target = drawnValidator(validators, power, random);
      if (!target) return;
      yield { kind: "add_stake", netuid: 0, hotkey: target.hotkey, amountRao: rao(orderTao) };
    }
  }
}
