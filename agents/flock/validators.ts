/**
 * Arena validators: honest ones run every model that they are assigned; lazy ones upload what is
 * published already; colluding ones praise their ring's nodes and run the rest.
 */
import type { FlockAction, FlockView, ValidationBatch } from "../../sim/flock/world/world.ts";
import type { Stream } from "../../sim/random.ts";
import { type AgentSetting, Person } from "./agent.ts";
import {
  type OperatorMemory,
  type OperatorTraits,
  operatorMemory,
  runOperator,
} from "./operators.ts";

export type ValidatorConduct =
  | { readonly kind: "honest" }
  /** `guess` is said of a model that nobody has scored yet. */
  | { readonly kind: "lazy"; readonly guess: number }
  /** The ring is the first so many nodes (numbers are public); `praise` is taken off their loss. */
  | { readonly kind: "colluding"; readonly friends: number; readonly praise: number };

export interface ValidatorTraits extends OperatorTraits {
  readonly conduct: ValidatorConduct;
  /** Standard deviation of a measured loss. */
  readonly noise: number;
}

export class ArenaValidator extends Person {
  readonly memory: OperatorMemory;

  constructor(
    setting: AgentSetting,
    readonly traits: ValidatorTraits,
  ) {
    super("validator", setting);
    this.memory = operatorMemory(setting.firstDay);
  }

  override *act(view: FlockView): Iterable<FlockAction> {
    const me = view.self.operator();
    if (me) yield* runOperator(view, me, this.traits, this.memory);
  }

  validate(batch: ValidationBatch, random: Stream): void {
    validate(batch, this.traits, random);
  }
}

function validate(
  batch: ValidationBatch,
  { conduct, noise }: ValidatorTraits,
  random: Stream,
): void {
  for (let k = 0; k < batch.count; k++) {
    if (conduct.kind === "lazy")
      batch.submit(k, copied(batch, k, { guess: conduct.guess, noise }, random));
    else if (conduct.kind === "colluding" && batch.operator(k) < conduct.friends) {
      batch.submit(k, Math.max(0, batch.measure(k, noise) - conduct.praise));
    } else batch.submit(k, batch.measure(k, noise));
  }
}

/** The public score with a little noise, so that it does not look copied. */
function copied(
  batch: ValidationBatch,
  k: number,
  { guess, noise }: { readonly guess: number; readonly noise: number },
  random: Stream,
): number {
  const published = batch.published(k);
  const said = Number.isNaN(published) ? guess : published;
  return said + 0.25 * noise * random.normal();
}
