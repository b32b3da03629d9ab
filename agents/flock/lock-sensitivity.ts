/**
 * Which assumption moves the choice of a lock, and how far: the population's delegators choose
 * anew at one given yield, each time with one assumption changed. No prices, no reaction of the
 * yield: a partial answer, and said to be one.
 */
import type { GmflockRules } from "../../sim/flock/gmflock.ts";
import { bestLock, type LockTaste, lockGrid } from "./locking.ts";
import type { Holder } from "./population.ts";

export interface LockOutlook {
  /** Mean length of the locks chosen, each weighed by its FLOCK. */
  readonly meanLockDays: number;
  /** Part of the holders' FLOCK for which a lock gains what they require. */
  readonly lockedShare: number;
  /** Part of the locked FLOCK in locks of less than 90 days, and in the longest. */
  readonly shortShare: number;
  readonly longestShare: number;
}

export function lockOutlook(
  holders: readonly Holder[],
  dailyPerGmflock: number,
  rules: GmflockRules,
): LockOutlook {
  const grid = lockGrid(rules);
  const longest = grid[grid.length - 1];
  let [all, locked, days, short, long] = [0, 0, 0, 0, 0];
  for (const { taste, flock } of holders) {
    const { lockDays, gainPerYear } = bestLock(grid, dailyPerGmflock, taste, rules);
    all += flock;
    if (gainPerYear < taste.requiredPerYear) continue;
    locked += flock;
    days += flock * lockDays;
    if (lockDays < 90) short += flock;
    if (lockDays === longest) long += flock;
  }
  const part = (amount: number, of: number) => (of === 0 ? 0 : amount / of);
  return {
    meanLockDays: part(days, locked),
    lockedShare: part(locked, all),
    shortShare: part(short, locked),
    longestShare: part(long, locked),
  };
}

export interface Variation {
  readonly name: string;
  readonly outlook: LockOutlook;
}

/** Nobody wants the money sooner, and nobody would rather sell. */
const UNHURRIED = { surprisesPerYear: 0, waitCostPerYear: 0, requiredPerYear: 0 } as const;

/** The outlook as configured, and with one assumption changed at a time. */
export function lockSensitivity(
  holders: readonly Holder[],
  dailyPerGmflock: number,
  rules: GmflockRules,
): Variation[] {
  const tasted = (change: (taste: LockTaste) => Partial<LockTaste>) =>
    holders.map(({ taste, flock }) => ({ flock, taste: { ...taste, ...change(taste) } }));
  const of = (
    name: string,
    changed: { holders?: readonly Holder[]; daily?: number; rules?: Partial<GmflockRules> } = {},
  ): Variation => ({
    name,
    outlook: lockOutlook(changed.holders ?? holders, changed.daily ?? dailyPerGmflock, {
      ...rules,
      ...changed.rules,
    }),
  });
  const horizon = (factor: number) =>
    tasted((taste) => ({ horizonDays: taste.horizonDays * factor }));
  const waiting = (factor: number) =>
    tasted((taste) => ({ waitCostPerYear: taste.waitCostPerYear * factor }));
  const surprises = (factor: number) =>
    tasted((taste) => ({ surprisesPerYear: taste.surprisesPerYear * factor }));
  const matured = (what: LockTaste["matured"], more: Partial<LockTaste> = {}) =>
    tasted(() => ({ ...more, matured: what }));
  const rolled = matured("roll", UNHURRIED);
  const half = Math.round(rules.fullLockDays / 2);
  return [
    of("as configured"),
    of("fee and multiplier alone, matured locks kept", { holders: matured("keep", UNHURRIED) }),
    of("fee and multiplier alone, matured locks rolled", { holders: rolled }),
    of("the multiplier alone, rolled", { holders: rolled, rules: { feeFraction: 0 } }),
    of("the fee alone, rolled", { holders: rolled, rules: { epsilon: 0 } }),
    of("horizons half as long", { holders: horizon(0.5) }),
    of("horizons a quarter as long", { holders: horizon(0.25) }),
    of("waiting costs twice as much", { holders: waiting(2) }),
    of("waiting costs four times as much", { holders: waiting(4) }),
    of("four times the surprises", { holders: surprises(4) }),
    of("half the yield", { daily: dailyPerGmflock / 2 }),
    of("a quarter of the yield", { daily: dailyPerGmflock / 4 }),
    of("matured locks are rolled", { holders: matured("roll") }),
    of("no fee", { rules: { feeFraction: 0 } }),
    of("no multiplier (epsilon 0)", { rules: { epsilon: 0 } }),
    of(`twice the multiplier (epsilon ${Number((2 * rules.epsilon).toPrecision(6))})`, {
      rules: { epsilon: rules.epsilon * 2 },
    }),
    of(`longest lock half as long (${half} days)`, { rules: { fullLockDays: half } }),
  ];
}
