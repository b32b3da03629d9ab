/** What paths say about the next halving and about low prices: counts, and how sure they are. */
import { mean, sampleStandardDeviation } from "simple-statistics";
import type { PathsResult } from "./run.ts";

export interface Chance {
  readonly question: string;
  readonly paths: number;
  readonly chance: number;
  /** A 95 % interval of it (Wilson). */
  readonly low: number;
  readonly high: number;
}

/** 97.5 % of the standard normal. */
const Z = 1.959963984540054;

export function chanceOf(question: string, paths: number, of: number): Chance {
  const share = paths / of;
  const square = Z * Z;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const spread =
    (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return {
    ...{ question, paths, chance: share },
    low: paths === 0 ? 0 : middle - spread,
    high: paths === of ? 1 : middle + spread,
  };
}

/** When paths halve, in days from the start; those that do are counted. */
export interface HalvingSpread {
  readonly paths: number;
  readonly meanDays: number;
  /** Standard error; NaN for a single path. */
  readonly meanError: number;
  readonly firstDay: number;
  readonly medianDay: number;
  readonly lastDay: number;
}

/** Null where no path halves within the horizon. */
export function halvingSpread(halvings: Uint32Array): HalvingSpread | null {
  const days: number[] = [];
  for (let day = 1; day < halvings.length; day++) {
    for (let k = 0; k < halvings[day]; k++) days.push(day);
  }
  if (days.length === 0) return null;
  return {
    paths: days.length,
    meanDays: mean(days),
    meanError:
      days.length > 1 ? sampleStandardDeviation(days) / Math.sqrt(days.length) : Number.NaN,
    firstDay: days[0],
    medianDay: days[Math.floor((days.length - 1) / 2)],
    lastDay: days[days.length - 1],
  };
}

export interface Asked {
  /** Milliseconds of the start. */
  readonly startMs: number;
  readonly halvingBefore: readonly string[];
  readonly priceBelow: readonly number[];
}

const DAY_MS = 86_400_000;

export const timeOfDay = (startMs: number, day: number): number => startMs + day * DAY_MS;

/** A day is counted where it ends before a date begins. */
export function chancesOf(
  { paths, halvings, below }: Pick<PathsResult, "paths" | "halvings" | "below">,
  { startMs, halvingBefore, priceBelow }: Asked,
): Chance[] {
  const until = (isCounted: (day: number) => boolean) =>
    halvings.reduce((sum, count, day) => sum + (day > 0 && isCounted(day) ? count : 0), 0);
  const lastDay = new Date(timeOfDay(startMs, halvings.length - 1)).toISOString().slice(0, 10);
  return [
    chanceOf(
      `halving by the horizon, ${lastDay}`,
      until(() => true),
      paths,
    ),
    ...halvingBefore.map((date) => {
      const limit = Date.parse(date);
      return chanceOf(
        `halving before ${date}`,
        until((day) => timeOfDay(startMs, day) <= limit),
        paths,
      );
    }),
    ...priceBelow.map((price, k) =>
      chanceOf(`a price below ${Number(price.toPrecision(6))} TAO per alpha`, below[k], paths),
    ),
  ];
}
