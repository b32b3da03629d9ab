/**
 * An operator of March 2023: one coldkey with its neurons. It sells part of what they earn; when
 * root weights come, it gathers its stake with its own validator or, without one, with another's.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { RootEraView } from "../../sim/bittensor/root-era/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { EraActions, RootEraAgent } from "./agent.ts";
import type { RootEraAgentsConfig } from "./config.ts";
import { drawnValidator } from "./delegator.ts";
import { EarningsSeller } from "./selling.ts";

export interface OperatorPlace {
  readonly id: string;
  readonly role: "miner" | "validator";
  readonly hotkeys: readonly string[];
  /** Its own hotkey with whom others may stake. */
  readonly validator: string | null;
  readonly firstBlock: number;
}

export class Operator implements RootEraAgent {
  readonly id: string;
  readonly role: "miner" | "validator";
  readonly wake;
  private readonly sellers: readonly EarningsSeller[];
  private gathered = false;

  constructor(
    private readonly place: OperatorPlace,
    config: RootEraAgentsConfig["operators"],
    private readonly takeSensitivity: number,
  ) {
    this.id = place.id;
    this.role = place.role;
    const everyBlocks = Math.max(1, Math.round(config.sell_every_days * BLOCKS_PER_DAY));
    this.wake = { firstBlock: place.firstBlock, everyBlocks };
    // The validator's earnings are sold by the validator.
    this.sellers = place.hotkeys
      .filter((hotkey) => hotkey !== place.validator)
      .map((hotkey) => new EarningsSeller(hotkey, config.sell_share));
  }

  *act(view: RootEraView, random: Stream): EraActions {
    for (const seller of this.sellers) yield* seller.sell(view);
    if (view.hasRoot && !this.gathered) {
      this.gathered = true;
      yield* this.gather(view, random);
    }
  }

  private *gather(view: RootEraView, random: Stream): EraActions {
    const own = this.place.validator;
    const to = own ?? drawnValidator(view.validators, this.takeSensitivity, random)?.hotkey;
    if (to === undefined) return;
    for (const { hotkey, stakeRao } of view.holdings) {
      if (hotkey === to || view.isSeated(hotkey)) continue;
      const outcome = yield { kind: "remove_stake", netuid: 0, hotkey, amountRao: stakeRao };
      if (!outcome.applied) continue;
      yield { kind: "add_stake", netuid: 0, hotkey: to, amountRao: stakeRao };
    }
  }
}
