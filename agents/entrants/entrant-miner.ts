/**
 * A miner who comes and goes. Outside, it compares what it could earn with the price of a
 * registration; inside, it works, and stops when the work has not paid for too long. Who is
 * replaced, or gives up, sells what is left and stays away for a while.
 */
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import { exp } from "../../sim/portable-math.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { MinersConfig } from "../miners/config.ts";
import { type MinerPlace, SkilledMiner } from "../miners/skilled-miner.ts";
import type { SkillField } from "../miners/skills.ts";
import type { EntrantsConfig } from "./config.ts";

export class EntrantMiner implements BittensorAgent {
  readonly id: string;
  readonly role = "miner";
  readonly wake;
  private readonly work: SkilledMiner;
  /** Was a neuron of the subnet when it last looked. */
  private inside = false;
  private working: boolean;
  private lossDays = 0;
  private restUntilBlock = 0;

  constructor(
    private readonly place: MinerPlace,
    private readonly config: EntrantsConfig,
    private readonly miners: MinersConfig,
    private readonly skills: SkillField,
    /** False for who starts outside. */
    startsInside: boolean,
  ) {
    this.id = place.id;
    this.working = startsInside;
    const pace = { ...miners, sell_every_days: config.decide_every_days };
    this.work = new SkilledMiner(place, pace, skills);
    this.wake = this.work.wake;
    if (!startsInside) skills.effort[place.seat] = 0;
  }

  *act(view: BittensorView, random: Stream): Actions {
    const { netuid, hotkey } = this.place;
    const wasInside = this.inside;
    this.inside = view.uidOf(netuid, hotkey) !== null;
    if (wasInside && !this.inside) yield* this.stop(view);
    if (this.inside && this.working) yield* this.stay(view, random);
    else yield* this.stayAway(view, random);
  }

  private *stay(view: BittensorView, random: Stream): Actions {
    yield* this.work.act(view, random);
    const { decide_every_days: days, patience_days: patience } = this.config;
    this.lossDays = this.work.lastGainTao < 0 ? this.lossDays + days : 0;
    if (this.lossDays > patience) yield* this.stop(view);
  }

  private *stayAway(view: BittensorView, random: Stream): Actions {
    const { netuid, hotkey, seat } = this.place;
    const { skill_drift_per_day: drift } = this.miners;
    const days = this.config.decide_every_days;
    this.skills.lnSkill[seat] += drift * Math.sqrt(days) * random.normal();
    if (view.block < this.restUntilBlock) return;
    // Who has stopped but not been replaced may start again for nothing.
    const priceRao = this.inside ? 0n : view.registrationPriceRao(netuid);
    if (priceRao === null || priceRao >= view.balanceRao) return;
    const gainTao = this.expectedGainPerDay(view) * this.config.payback_days;
    if (gainTao <= Number(priceRao) / 1e9) return;
    if (!this.inside) {
      const limitPriceRao = priceRao;
      const bought = yield { kind: "register_limit", netuid, hotkey, limitPriceRao };
      if (!bought.applied) return;
      this.inside = true;
      yield { kind: "serve_axon", netuid, hotkey };
    }
    this.working = true;
    this.lossDays = 0;
    this.skills.effort[seat] = 1;
  }

  /**
   * TAO a day: the part of all miners' pay that its quality has in that of everybody at work, less
   * what the work costs. It has tried the subnet's task and knows where it stands.
   */
  private expectedGainPerDay(view: BittensorView): number {
    const { netuid, seat } = this.place;
    const own = exp(this.skills.lnSkill[seat]);
    const seats = (view.neurons(netuid)?.neurons ?? []).map(({ hotkey }) =>
      this.skills.seatOf(hotkey),
    );
    const others = seats.reduce<number>(
      (sum, other) => (other === null || other === seat ? sum : sum + this.skills.quality(other)),
      0,
    );
    if (own === 0) return 0;
    const payTao = view.minerPayPerDay(netuid) * (own / (own + others));
    return payTao - this.miners.effort_cost_tao_per_day;
  }

  /** Stops working and sells everything. */
  private *stop(view: BittensorView): Actions {
    const { netuid, hotkey, seat } = this.place;
    this.working = false;
    this.lossDays = 0;
    this.skills.effort[seat] = 0;
    this.restUntilBlock = view.block + Math.round(this.config.rest_days * BLOCKS_PER_DAY);
    const amountRao = view.stakeRao(hotkey, netuid);
    if (amountRao > 0n) yield { kind: "remove_stake", netuid, hotkey, amountRao };
  }
}
