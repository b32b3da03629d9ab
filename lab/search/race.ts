/**
 * Which of a generation are the better half, with as few noisy runs as that takes. All points are
 * tried on the same few seeds; those whose place is not sure are tried on twice as many, and again,
 * until it is or there are no seeds left. Because all have the same seeds (common random numbers),
 * places are told by paired differences, which vary far less than the outcomes do.
 */
import { compareVerdicts, meanVerdict, type Verdict } from "./score.ts";

export interface RaceSettings {
  readonly first: number;
  readonly most: number;
  /** How many of the best are to be found. */
  readonly winners: number;
}

/** Verdicts of a point by seed, as far as it was tried. */
export type Verdicts = readonly Verdict[];

/** Standard errors by which a difference must stand off zero: about 90 % of the time. */
const SURE = 1.645;

/**
 * Verdicts for every contestant, by position; `tryOn` makes those of some contestants on the seeds
 * from..to-1. The ranking is by `ranked`.
 */
export async function race(
  contestants: number,
  { first, most, winners }: RaceSettings,
  tryOn: (who: readonly number[], from: number, to: number) => Promise<Verdict[][]>,
): Promise<Verdict[][]> {
  const all = Array.from({ length: contestants }, (_, k) => k);
  const verdicts: Verdict[][] = all.map(() => []);
  let seeds = 0;
  let unsure: readonly number[] = all;
  for (let next = first; unsure.length > 0 && seeds < next; next = Math.min(most, 2 * next)) {
    const found = await tryOn(unsure, seeds, next);
    unsure.forEach((who, k) => {
      verdicts[who].push(...found[k]);
    });
    seeds = next;
    if (seeds >= most) break;
    unsure = unsureOf(verdicts, winners);
  }
  return verdicts;
}

/** Positions from best to worst; those tried on more seeds are compared on the shared ones. */
export function ranked(verdicts: readonly Verdicts[], winners: number): number[] {
  const places = byFirstSeeds(verdicts);
  const line = verdicts[places[Math.min(winners, places.length) - 1]];
  const lineMean = meanVerdict(line);
  // Without a valid point on the line nobody was tried on more seeds than others.
  if (lineMean.missed > 0 || !Number.isFinite(lineMean.loss)) return places;
  const standing = verdicts.map((own): Verdict => {
    const shared = Math.min(own.length, line.length);
    const mean = meanVerdict(own.slice(0, shared));
    return { ...mean, loss: mean.loss - meanVerdict(line.slice(0, shared)).loss };
  });
  return places.toSorted((a, b) => compareVerdicts(standing[a], standing[b]));
}

/** By the mean over the seeds that all have in common. */
function byFirstSeeds(verdicts: readonly Verdicts[]): number[] {
  const shared = Math.min(...verdicts.map((own) => own.length));
  const means = verdicts.map((own) => meanVerdict(own.slice(0, shared)));
  return means.map((_, who) => who).sort((a, b) => compareVerdicts(means[a], means[b]) || a - b);
}

/** Those who may belong to the other side of the line between the better half and the rest. */
function unsureOf(verdicts: readonly Verdicts[], winners: number): number[] {
  const most = Math.max(...verdicts.map((own) => own.length));
  const places = ranked(verdicts, winners);
  if (winners >= places.length) return [];
  // Both sides of the line are compared with the nearest of the other.
  const [last, next] = [places[winners - 1], places[winners]];
  const unsure = places.filter((who, place) => {
    // Who was left behind when seeds were added is settled.
    if (verdicts[who].length < most) return false;
    const rival = place < winners ? next : last;
    return !isSure(verdicts[who], verdicts[rival]);
  });
  if (unsure.length === 0) return [];
  // The line itself goes along, to be compared with.
  return [...new Set([...unsure, last, next])]
    .filter((who) => verdicts[who].length === most)
    .sort((a, b) => a - b);
}

function isSure(own: Verdicts, rival: Verdicts): boolean {
  const shared = Math.min(own.length, rival.length);
  const a = meanVerdict(own.slice(0, shared));
  const b = meanVerdict(rival.slice(0, shared));
  // Whoever misses a condition is told apart by it, not by the objective.
  if (a.missed > 0 || b.missed > 0) return true;
  const differences = Array.from({ length: shared }, (_, k) => own[k].loss - rival[k].loss);
  if (!differences.every(Number.isFinite)) return true;
  const mean = differences.reduce((sum, one) => sum + one, 0) / shared;
  if (shared < 2) return false;
  const squares = differences.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  const error = Math.sqrt(squares / (shared - 1) / shared);
  // Alike on every seed: more seeds would say nothing new.
  return Math.abs(mean) > SURE * error || (error === 0 && mean === 0);
}
