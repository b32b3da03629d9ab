/**
 * Validation assignments in proportion to stake (documented; the quota table was not readable).
 * Systematic sampling: each validator gets the whole part of what is due to his stake or one more,
 * by one draw for all, so the total is exact and no luck favours small stakes.
 */
import type { Stream } from "../../random.ts";

/** How many of `total` assignments each validator gets; all 0 where nobody has stake. */
export function assignmentCounts(
  total: number,
  stakes: ArrayLike<number>,
  random: Stream,
): Int32Array {
  const counts = new Int32Array(stakes.length);
  let all = 0;
  for (let j = 0; j < stakes.length; j++) all += stakes[j];
  if (all === 0 || total === 0) return counts;
  const offset = random.uniform();
  let staked = 0;
  let given = 0;
  for (let j = 0; j < stakes.length; j++) {
    staked += stakes[j];
    // The last one takes what is left, so that rounding loses no assignment.
    const until = j === stakes.length - 1 ? total : Math.floor((total * staked) / all + offset);
    counts[j] = Math.max(0, Math.min(total, until) - given);
    given += counts[j];
  }
  return counts;
}
