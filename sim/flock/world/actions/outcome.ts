/** Answers to actions. A refusal is data, never thrown. */
import type { FlockAction, FlockOutcome } from "../agent.ts";
import type { FlockWorldState, Participant } from "../state.ts";

export const APPLIED: FlockOutcome = { applied: true };
export const refused = (reason: string): FlockOutcome => ({ applied: false, reason });

export type ActionOf<Kind extends FlockAction["kind"]> = Extract<FlockAction, { kind: Kind }>;
export type Handler<Kind extends FlockAction["kind"]> = (
  world: FlockWorldState,
  who: Participant,
  action: ActionOf<Kind>,
) => FlockOutcome;
