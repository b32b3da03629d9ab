/** The sides of a race of sweeps, and what comes out of several races. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { median } from "simple-statistics";
import type { Kind } from "./kinds.ts";
import { Racer, race, stolenSeconds } from "./race.ts";
import type { RacerReport } from "./racer.ts";

const RACES = 3;
const SLICE_MS = 200;

/**
 * One worker on either of two processors, two workers on both, each worker with as many runs; and the
 * same without a lab. A worker alone on its processor has its main thread, its compiler and its
 * collector there too, as one of two has; with a free processor beside it, it would have help that
 * two workers on two processors cannot have.
 */
const sides = {
  sweep0: { way: "sweep", threads: 1, processors: "0" },
  bare0: { way: "bare", threads: 1, processors: "0" },
  sweep1: { way: "sweep", threads: 1, processors: "1" },
  bare1: { way: "bare", threads: 1, processors: "1" },
  sweepBoth: { way: "sweep", threads: 2, processors: "0,1" },
  bareBoth: { way: "bare", threads: 2, processors: "0,1" },
} as const;

export type Side = keyof typeof sides;
export type Clock = "wall" | "cpu";

const names = Object.keys(sides) as Side[];

/** Seconds that each side took in one race, of the clock while it was not halted and of CPU time. */
type Spent = Readonly<Record<Side, Readonly<Record<Clock, number>>>>;

/** The median over the races of a number made of runs per second. */
export type Within = (read: (rate: (side: Side) => number) => number, clock?: Clock) => number;

export interface Races {
  readonly within: Within;
  /** CPU time of the main thread of a sweep with one worker, as a part of that of all its others. */
  readonly mainShare: number | null;
  /** Of the processors' time meanwhile, the part that the host gave to others. */
  readonly stolenShare: number | null;
}

/** Throws where there are no two processors, or where processes cannot be halted (Windows). */
export async function raceSweeps({ name, runs }: Kind): Promise<Races> {
  if (availableParallelism() < 2 || process.platform === "win32") {
    throw new Error("races of sweeps need two processors, and a system that can halt processes");
  }
  const script = fileURLToPath(new URL("./racer.js", import.meta.url));
  const racers = {} as Record<Side, Racer<RacerReport>>;
  const spent: Spent[] = [];
  const mains: number[] = [];
  const start = { clock: performance.now(), stolen: stolenSeconds() };
  try {
    for (const side of names) {
      const { way, threads, processors } = sides[side];
      const args = [name, way, String(threads), String(threads * runs)];
      racers[side] = await Racer.start({ script, args, processors });
    }
    for (let k = 0; k < RACES; k++) {
      await race(Object.values(racers), SLICE_MS);
      spent.push(spentBy(racers));
      const { cpuSeconds, mainSeconds } = racers.sweep0.report!;
      if (mainSeconds !== null) mains.push(mainSeconds / (cpuSeconds - mainSeconds));
    }
  } finally {
    await Promise.all(Object.values(racers).map((racer) => racer.close()));
  }
  const within: Within = (read, clock = "wall") =>
    median(spent.map((one) => read((side) => (sides[side].threads * runs) / one[side][clock])));
  const seconds = (performance.now() - start.clock) / 1_000;
  const stolen = stolenSeconds();
  return {
    within,
    mainShare: mains.length === 0 ? null : median(mains),
    stolenShare:
      stolen === null || start.stolen === null
        ? null
        : (stolen - start.stolen) / (seconds * availableParallelism()),
  };
}

const spentBy = (racers: Readonly<Record<Side, Racer<RacerReport>>>): Spent =>
  Object.fromEntries(
    names.map((side) => {
      const { seconds, report } = racers[side];
      return [side, { wall: seconds, cpu: report!.cpuSeconds }];
    }),
  ) as Spent;
