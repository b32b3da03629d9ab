/** An honest validator: weighs the miners by its subnet's mechanism. */
import type { BittensorView } from "../../sim/bittensor/chain/view.ts";
import type { Stream } from "../../sim/random.ts";
import type { ValidatorsConfig } from "./config.ts";
import { Judge, type ValidatorPlace, type Verdict } from "./judge.ts";
import { asU16, type Mechanism } from "./mechanism.ts";

/** Roles of neurons that weigh others and are not weighed. */
const JUDGES: ReadonlySet<string> = new Set(["validator", "copier", "owner"]);

export class ScoringValidator extends Judge {
  readonly role = "validator";

  constructor(
    place: ValidatorPlace,
    config: ValidatorsConfig,
    /** Of the subnet's mechanisms, in their order; it does not judge in those beyond. */
    private readonly mechanisms: readonly Mechanism[],
  ) {
    super(place, config);
  }

  protected judge(view: BittensorView, random: Stream, index: number): Verdict | null {
    const mechanism = this.mechanisms[index];
    if (!mechanism) return null;
    const neurons = view.neurons(this.place.netuid)?.neurons ?? [];
    const uids = [...neurons.keys()].filter((uid) => !JUDGES.has(neurons[uid].role));
    const miners = uids.map((uid) => neurons[uid].hotkey);
    const values = asU16(mechanism.weigh(view.block, random, miners));
    return values.some((value) => value > 0) ? { uids, values } : null;
  }
}
