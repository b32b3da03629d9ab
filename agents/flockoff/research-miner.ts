/** A miner of FLockOff: publishes a data set, and a new one whenever it is enough better. */
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { Actions, BittensorAgent } from "../bittensor.ts";
import type { MinersConfig } from "../miners/config.ts";
import { type MinerPlace, SkilledMiner } from "../miners/skilled-miner.ts";
import type { FlockoffConfig } from "./config.ts";
import type { ResearchField } from "./research-field.ts";

export class ResearchMiner implements BittensorAgent {
  readonly id: string;
  readonly role = "miner";
  readonly wake;
  private readonly work: SkilledMiner;

  constructor(
    private readonly place: MinerPlace,
    miners: MinersConfig,
    private readonly config: FlockoffConfig,
    private readonly field: ResearchField,
  ) {
    this.id = place.id;
    this.work = new SkilledMiner(place, miners, field.skills);
    this.wake = this.work.wake;
  }

  *act(view: BittensorView, random: Stream): Actions {
    const { seat } = this.place;
    const first = this.field.committedAt(seat) === null;
    if (first || this.field.improvement(seat) > this.config.recommit_gain) {
      this.field.commit(seat, view.block);
    }
    yield* this.work.act(view, random);
  }
}
