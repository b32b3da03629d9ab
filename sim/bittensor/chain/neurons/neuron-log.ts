/** What the desks of this folder tell the records. */
import type { Registration } from "./registration-desk.ts";

/** A validator's terms that have changed: a take, or the part of its stake that counts for a child. */
export interface StakeTerm {
  /** 0 for what holds on all subnets. */
  readonly netuid: number;
  readonly term: "delegate_take" | "child_take" | "child";
  readonly hotkey: string;
  /** Of a parent's stake, the hotkey that it counts for. */
  readonly child: string | null;
  /** Parts of a whole. */
  readonly before: number;
  readonly share: number;
}

export interface NeuronLog {
  registration(registration: Registration): void;
  stakeTerm(term: StakeTerm): void;
}
