/**
 * How a subnet's validators turn what they see of its miners into weights: the incentive mechanism
 * that each subnet writes for itself. What a validator remembers is the mechanism's own.
 */
import type { Stream } from "../../sim/random.ts";

export interface Mechanism {
  /**
   * Looks at the miners now, given by their hotkeys in the order of their uids. One weight each, at
   * least 0, in the same order.
   */
  weigh(block: number, random: Stream, miners: readonly string[]): ArrayLike<number>;
}

/** Weights as u16, the best at 65,535; all 0 where nobody deserves any. */
export function asU16(weights: ArrayLike<number>): number[] {
  const list = Array.from(weights);
  const best = list.reduce((max, weight) => Math.max(max, weight), 0);
  return list.map((weight) => (best > 0 ? Math.round((65_535 * weight) / best) : 0));
}
