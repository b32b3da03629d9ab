/** The yield that the delegation page shows. Source: spec/flock.md 2.6. */
import { pow } from "../portable-math.ts";

/** Days in the average; a younger pool is averaged over its age. */
export const EAPY_WINDOW_DAYS = 14;

/** One day of a pool: its sharing ratio (1 - sigma), the reward that it shares, its whole stake. */
export interface PoolDay {
  readonly sharingRatio: number;
  readonly poolReward: number;
  readonly stake: number;
}

/** R_t: the mean daily return on a staked token over the given days; 0 for no days. */
export function dailyReturn(days: readonly PoolDay[]): number {
  let sum = 0;
  for (const { sharingRatio, poolReward, stake } of days) {
    if (stake > 0) sum += (sharingRatio * poolReward) / stake;
  }
  return days.length === 0 ? 0 : sum / days.length;
}

export const compoundedEapy = (daily: number): number => pow(1 + daily, 365) - 1;
/** What the interface shows. */
export const simpleEapy = (daily: number): number => 365 * daily;
export const dailyReturnForEapy = (simple: number): number => simple / 365;
