/** What tests of behaviours share: a view that shows what the test says, and agents driven by hand. */
import type { Outcome } from "../sim/agent.ts";
import type { BittensorAction } from "../sim/bittensor/chain/actions.ts";
import type { BittensorView, PublicNeurons } from "../sim/bittensor/chain/view.ts";
import { randomSource } from "../sim/random.ts";
import type { BittensorAgent } from "./bittensor.ts";

/** A view with only the given parts; reading anything else fails the test. */
export const viewOf = (parts: Partial<BittensorView>): BittensorView =>
  new Proxy(parts, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target];
      throw new Error(`the test's view does not show ${String(name)}`);
    },
  }) as BittensorView;

/** A neuron table with only the given columns. */
export const publicNeurons = (columns: Partial<PublicNeurons>): PublicNeurons =>
  viewOf(columns as Partial<BittensorView>) as unknown as PublicNeurons;

const applied: Outcome = { applied: true, feeRao: 0n };

/** Wakes an agent once and answers each of its actions; returns what it asked for. */
export function wake(
  agent: BittensorAgent,
  view: BittensorView,
  answer: (action: BittensorAction) => Outcome = () => applied,
): BittensorAction[] {
  const asked: BittensorAction[] = [];
  const actions = agent.act(view, randomSource("test").stream(agent.id))[Symbol.iterator]();
  for (let step = actions.next(applied); !step.done; ) {
    asked.push(step.value);
    step = actions.next(answer(step.value));
  }
  return asked;
}
