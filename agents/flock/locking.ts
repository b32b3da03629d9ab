/**
 * How long to lock: the choice that the fee and the multiplier ask of everyone who stakes. A
 * rational holder compares lock lengths by what a year of rolling each would bring, given what a
 * gmFLOCK earns, how patient the holder is and when the money is wanted back.
 *
 * For a lock of t days (spec/flock.md section 1 for the multiplier m and the fee):
 *   rewards     r m(t) t            r: FLOCK a gmFLOCK earns in a day, after claim fees
 *   fee         phi                 once a lock
 *   surprise    s d (t/365)^2 / 2   s: surprises a year that call for the money; each then waits
 *                                   half the lock on average, at d: the cost of a year's wait
 *   lateness    d (t - H)/365       where the lock outlasts the horizon H
 * The gain of the lock is rewards less the three costs, per year of lock.
 */
import { type GmflockRules, multiplier } from "../../sim/flock/gmflock.ts";

export interface LockTaste {
  /** Days until the holder wants the money back. */
  readonly horizonDays: number;
  /** Surprises a year that call for the money at once. */
  readonly surprisesPerYear: number;
  /** What a year's wait costs, as part of the amount. */
  readonly waitCostPerYear: number;
  /** Below this yearly gain the holder would rather sell. */
  readonly requiredPerYear: number;
}

export interface LockChoice {
  readonly lockDays: number;
  /** Net gain a year, as part of the locked FLOCK. */
  readonly gainPerYear: number;
}

/** Lock lengths that holders consider: every five days, to the longest that earns more. */
export function lockGrid(rules: GmflockRules, stepDays = 5): number[] {
  const grid: number[] = [];
  for (let days = stepDays; days < rules.fullLockDays; days += stepDays) grid.push(days);
  return [...grid, rules.fullLockDays];
}

export function lockGain(
  lockDays: number,
  dailyPerGmflock: number,
  taste: LockTaste,
  rules: GmflockRules,
): number {
  const years = lockDays / 365;
  const rewards = dailyPerGmflock * multiplier(lockDays, rules) * lockDays;
  const surprise = (taste.surprisesPerYear * taste.waitCostPerYear * years * years) / 2;
  const lateDays = Math.max(0, lockDays - taste.horizonDays);
  const late = (taste.waitCostPerYear * lateDays) / 365;
  return (rewards - rules.feeFraction - surprise - late) / years;
}

/** The best length of the grid; the shorter of two alike. */
export function bestLock(
  grid: readonly number[],
  dailyPerGmflock: number,
  taste: LockTaste,
  rules: GmflockRules,
): LockChoice {
  let best: LockChoice = { lockDays: grid[0], gainPerYear: -Infinity };
  for (const lockDays of grid) {
    const gainPerYear = lockGain(lockDays, dailyPerGmflock, taste, rules);
    if (gainPerYear > best.gainPerYear) best = { lockDays, gainPerYear };
  }
  return best;
}
