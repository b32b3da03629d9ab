/**
 * bench: how fast the hot parts are, as ratios to named references that the same run measures. A
 * suite is one file that exports a BenchSuite and stands in suites.ts. May import every room.
 */
import { Bench } from "tinybench";

/** Something that is repeated against the clock. */
export interface Rate {
  readonly name: string;
  /** "epochs/s", "blocks/s", ... */
  readonly unit: string;
  /** How many of the unit one call of `run` does; 1 unless told. */
  readonly perRun?: number;
  /** The name of the rate in the same suite that it is compared with; null for a reference itself. */
  readonly reference: string | null;
  run(): void | Promise<void>;
}

/** One line of the result. `ratio` is value / reference's value; null where there is no reference. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: string | null;
  readonly ratio: number | null;
}

/**
 * "cpu" is the process's own time, which other programs on the machine do not lengthen; "wall" is for
 * suites whose work waits or runs on several threads.
 */
export type Clock = "cpu" | "wall";

export interface BenchSuite {
  readonly name: string;
  /** "cpu" unless told. */
  readonly clock?: Clock;
  /** Prepares inputs (not timed) and gives what is to be timed. */
  rates(): readonly Rate[];
  /** Figures that are no rates: memory, bytes. Called after the rates were measured. */
  figures?(options: BenchOptions): readonly Figure[] | Promise<readonly Figure[]>;
  /** Where figures take long: what they will be called, so that they are made only when asked for. */
  readonly figureNames?: readonly string[];
}

export interface BenchOptions {
  /** Simulate a whole year where a suite would otherwise multiply a few days. */
  readonly wholeYear: boolean;
}

const clocks: Readonly<Record<Clock, () => number>> = {
  cpu() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  wall: () => performance.now(),
};

/** How long to measure: each rate for `roundMs`, but at least five calls, in each round. */
export interface Effort {
  readonly rounds: number;
  readonly roundMs: number;
}

const USUAL_EFFORT: Effort = { rounds: 3, roundMs: 250 };
const FEWEST_CALLS = 5;

/**
 * Measures a suite's rates whose names pass, with the references that they need. All are measured in
 * turn, round after round; the value is the median of the rounds, and so is the ratio, so that a
 * machine that slows down for a while tilts neither.
 */
export async function measure(
  suite: BenchSuite,
  passes: (name: string) => boolean,
  { rounds: roundCount, roundMs }: Effort = USUAL_EFFORT,
  options: BenchOptions = { wholeYear: false },
): Promise<Figure[]> {
  const all = suite.rates();
  const wanted = all.filter(({ name }) => passes(name));
  const references = new Set(wanted.map(({ reference }) => reference));
  const rates = all.filter((rate) => wanted.includes(rate) || references.has(rate.name));
  const rounds: Map<string, number>[] = [];
  for (let round = 0; round < roundCount; round++) {
    rounds.push(await measureOnce(rates, suite.clock ?? "cpu", roundMs));
  }
  const over = (read: (round: Map<string, number>) => number) => median(rounds.map(read));
  const figures = rates.map(({ name, unit, reference }) => ({
    name,
    unit,
    reference,
    value: over((round) => round.get(name)!),
    ratio: reference === null ? null : over((round) => round.get(name)! / rateOf(round, reference)),
  }));
  const { figureNames } = suite;
  if (figureNames && !figureNames.some(passes)) return figures;
  const more = (await suite.figures?.(options)) ?? [];
  return [...figures, ...more.filter(({ name }) => passes(name))];
}

/** The rates of one round, by name. */
async function measureOnce(
  rates: readonly Rate[],
  clock: Clock,
  roundMs: number,
): Promise<Map<string, number>> {
  const bench = new Bench({
    time: roundMs,
    iterations: FEWEST_CALLS,
    warmupTime: roundMs / 2,
    warmupIterations: 1,
    throws: true,
    now: clocks[clock],
  });
  for (const { name, run } of rates) bench.add(name, run);
  const tasks = await bench.run();
  return new Map(
    tasks.map(({ name, result }, k) => {
      if (result.state !== "completed") throw new Error(`${name}: not measured (${result.state})`);
      return [name, ((rates[k].perRun ?? 1) * 1000) / result.latency.p50];
    }),
  );
}

function rateOf(round: ReadonlyMap<string, number>, reference: string): number {
  const value = round.get(reference);
  if (value === undefined) throw new Error(`no rate is named ${reference}`);
  return value;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1];
