/**
 * How long to lock: the choice that the fee and the multiplier ask of everyone who stakes. A
 * rational holder compares what each length would bring in a year, given what a gmFLOCK earns, how
 * patient the holder is and when the money is wanted back.
 *
 * A lock of t days earns the multiplier m(t) (spec/flock.md section 1). Once matured it keeps its
 * gmFLOCK until it is redeemed, so a holder who knows that pays the fee once and stays; one who
 * does not know rolls the lock and pays each time. Over a horizon of H days, per FLOCK locked:
 *   rewards     r m(t) span         r: FLOCK a gmFLOCK earns in a day, after claim fees
 *   fee         phi span/t, or phi  rolled, or kept
 *   surprise    s d w               s: surprises a year that call for the money at once; w: the
 *                                   wait that one meets, summed over the locked time
 *   lateness    d (t - H)/365       where the lock outlasts the horizon; d: a year's wait costs
 * span is the longer of t and H.
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
  /** What the holder does with matured locks. */
  readonly matured: "keep" | "roll";
}

export interface LockChoice {
  readonly lockDays: number;
  /** Net gain a year, as part of the locked FLOCK. */
  readonly gainPerYear: number;
}

/** Lock lengths that holders consider: every few days, to the longest that earns more. */
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
  const spanDays = Math.max(lockDays, taste.horizonDays);
  const locks = taste.matured === "roll" ? spanDays / lockDays : 1;
  const rewards = dailyPerGmflock * multiplier(lockDays, rules) * spanDays;
  const lockYears = lockDays / 365;
  // A surprise comes somewhere in a lock and waits for what is left of it: half, on average.
  const wait = (locks * lockYears * lockYears) / 2;
  const surprise = taste.surprisesPerYear * taste.waitCostPerYear * wait;
  const lateYears = Math.max(0, lockDays - taste.horizonDays) / 365;
  const costs = locks * rules.feeFraction + surprise + taste.waitCostPerYear * lateYears;
  return ((rewards - costs) * 365) / spanDays;
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
