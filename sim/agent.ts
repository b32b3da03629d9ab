/**
 * The agent: whoever decides something in a world. An agent sees what the chain would show it plus
 * its own memory, and answers with actions; the chain applies or refuses each. Behaviours live in
 * agents/; the interface stands here because the world calls it.
 */
import type { Stream } from "./random.ts";

/** When an agent is asked to act: at `firstBlock` and every `everyBlocks` after it. */
export interface WakeSchedule {
  readonly firstBlock: number;
  /** At least 1. */
  readonly everyBlocks: number;
}

export interface Agent<View, Action> {
  /** Unique in the world and stable between runs: `validator/15/7`. Names its random stream. */
  readonly id: string;
  readonly role: string;
  readonly wake: WakeSchedule;
  /** The account in whose name it acts; absent: that of its own id. */
  readonly account?: string;
  /**
   * Reads the view (never writes), draws from its own stream, and says what it wants done. Each
   * action is carried out before the next is asked for; a generator gets the outcome from `yield`.
   */
  act(view: View, random: Stream): Iterable<Action, unknown, Outcome>;
}

/** In whose name an agent acts. */
export const accountOf = ({ id, account = id }: { id: string; account?: string }): string =>
  account;

/** What the chain answers to an action. A refusal is data: it is recorded, never thrown. */
export type Outcome =
  | {
      readonly applied: true;
      /** What came back (alpha for TAO, TAO for alpha), where something is exchanged. */
      readonly receivedRao?: bigint;
      /** In the unit that was given. */
      readonly feeRao: bigint;
    }
  | { readonly applied: false /** The chain's own error name. */; readonly reason: string };
