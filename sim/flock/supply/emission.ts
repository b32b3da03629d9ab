/**
 * The staking emission: 60 periods of 30 daily mints, each period 1 % below the last; 420M FLOCK.
 * Two forms: the schedule in real numbers, and the task manager's counter in wei, whose decay
 * comes before the mint on calls 30, 60, ..., so that its first plateau is one mint short.
 * Source: spec/flock.md section 5.
 */

import { pow } from "../../portable-math.ts";
import { FLOCK_DECIMALS, scaledFraction, weiFromFlock } from "../amounts.ts";
import type { FlockParameters } from "../parameters.ts";

export type SupplyRules = FlockParameters["supply"];

const DECAY_BASE = 10n ** BigInt(FLOCK_DECIMALS);
/** The task manager refuses a mint sooner than this after the last. */
export const MINT_SPACING_SECONDS = 43_200;

/** FLOCK minted on the given day by the schedule; day 1 is the first. 0 outside it. */
export function scheduledEmission(day: number, rules: SupplyRules): number {
  const period = Math.floor((day - 1) / rules.periodMints);
  return period >= 0 && period < rules.periods ? periodDaily(period, rules) : 0;
}

const periodDaily = (period: number, rules: SupplyRules): number =>
  rules.dailyEmissionFlock * pow(rules.decay, period);

/** FLOCK minted by the schedule from day 1 to `day`, both included. */
export function cumulativeEmission(day: number, rules: SupplyRules): number {
  let total = 0;
  for (let period = 0; period < rules.periods; period++) {
    const mints = Math.min(rules.periodMints, day - period * rules.periodMints);
    if (mints <= 0) break;
    total += mints * periodDaily(period, rules);
  }
  return total;
}

/** The sum of the whole schedule in closed form. */
export function totalEmission(rules: SupplyRules): number {
  const { dailyEmissionFlock, decay, periodMints, periods } = rules;
  const first = periodMints * dailyEmissionFlock;
  return decay === 1 ? first * periods : (first * (1 - pow(decay, periods))) / (1 - decay);
}

/** The daily emission at which the schedule sums to `totalFlock`. */
export const dailyForTotal = (totalFlock: number, rules: SupplyRules): number =>
  totalFlock / totalEmission({ ...rules, dailyEmissionFlock: 1 });

/** The task manager's counter. */
export interface EmissionCounter {
  /** Mints so far, plus the initial count. */
  readonly count: number;
  readonly mints: number;
  /** What the next mint pays, before a decay that may be due. */
  readonly dailyWei: bigint;
}

export const emissionCounter = (rules: SupplyRules, initialCount = 0): EmissionCounter => ({
  // "schedule" moves every decay one mint later, which is what makes the first plateau whole.
  count: initialCount - (rules.firstPlateau === "schedule" ? 1 : 0),
  mints: 0,
  dailyWei: weiFromFlock(rules.dailyEmissionFlock),
});

/** One daily mint: the amount, and the counter after it. Nothing once the periods have run out. */
export function mintDaily(
  counter: EmissionCounter,
  rules: SupplyRules,
): { readonly amountWei: bigint; readonly counter: EmissionCounter } {
  if (counter.mints >= rules.periods * rules.periodMints) return { amountWei: 0n, counter };
  const count = counter.count + 1;
  const decays = count > 0 && count % rules.periodMints === 0;
  const dailyWei = decays
    ? (counter.dailyWei * scaledFraction(rules.decay, DECAY_BASE)) / DECAY_BASE
    : counter.dailyWei;
  return { amountWei: dailyWei, counter: { count, mints: counter.mints + 1, dailyWei } };
}

/** The counter after `mints` daily mints, and what they minted together. */
export function mintDays(
  mints: number,
  rules: SupplyRules,
): { readonly mintedWei: bigint; readonly counter: EmissionCounter } {
  let counter = emissionCounter(rules);
  let mintedWei = 0n;
  for (let i = 0; i < mints; i++) {
    const mint = mintDaily(counter, rules);
    mintedWei += mint.amountWei;
    counter = mint.counter;
  }
  return { mintedWei, counter };
}
