/** One run of a FLock scenario: the same folder, manifest and report as any other run. */
import { basename } from "node:path";
import { type BuiltFlockWorld, buildFlockWorld } from "../scenarios/build-flock.ts";
import type { LoadedFlockScenario } from "../scenarios/load-flock.ts";
import type { ArenaRuleSet } from "../sim/flock/arena/rules.ts";
import { flockBridgeTable, flockTables } from "../sim/flock/tables.ts";
import { type RecordingPlan, timeOfDay } from "../sim/flock/world/record.ts";
import { runFlockDays } from "../sim/flock/world/world.ts";
import type { RecordSink } from "../sim/records.ts";
import type { RunFacts } from "./manifest.ts";
import { type RunRequest, type RunResult, RunStopped } from "./run.ts";
import { defaultRunFolder, openRun } from "./run-folder.ts";

export const FLOCK_ARITHMETIC =
  "FLOCK, gmFLOCK and USD are integers (10^-18, 10^-18, 10^-6); scores, shares before upload, prices and what agents believe are doubles made of portable operations";

/** `loadStart` is when the scenario's reading began. Throws InputError; then nothing is written. */
export async function runFlockScenario(
  request: RunRequest,
  loaded: LoadedFlockScenario,
  loadStart: number,
): Promise<RunResult> {
  const { scenario } = loaded;
  const name = basename(request.scenarioPath).replace(/\.ya?ml$/, "");
  const wanted = scenario.recording.tables;
  const tables = flockTables.filter(
    (table) =>
      table !== flockBridgeTable &&
      (wanted === "all" || (wanted as readonly string[]).includes(table.name)),
  );
  const run = openRun(request.outDir ?? defaultRunFolder(name), {
    tables,
    writeReport: request.writeReport,
  });
  try {
    const built = buildFlockWorld(loaded);
    const fromDay = built.world.day + 1;
    await request.onStart?.({
      fromBlock: fromDay,
      toBlock: built.untilDay,
      fromTime: timeOfDay(fromDay),
      unit: { name: "days", seconds: 86_400 },
    });
    const simulateStart = performance.now();
    const plan = {
      everyDays: scenario.recording.every_days,
      tables: new Set(tables.map((table) => table.name)),
    };
    await simulate(built, run.sink, plan, request.onProgress);
    const end = performance.now();
    return await run.finish({
      ...factsOf(name, loaded, built, fromDay),
      timings: {
        load_s: seconds(loadStart, simulateStart),
        simulate_s: seconds(simulateStart, end),
      },
    });
  } catch (error) {
    run.abort();
    throw error;
  }
}

const date = (day: number): string => new Date(timeOfDay(day)).toISOString();

export const flockRuleSetFacts = ({ name, title, fromDay, source }: ArenaRuleSet) => ({
  name,
  title,
  in_force_from: date(fromDay).slice(0, 10),
  source,
});

function factsOf(
  name: string,
  { scenario, sources }: LoadedFlockScenario,
  built: BuiltFlockWorld,
  fromDay: number,
): Omit<RunFacts, "timings"> {
  return {
    scenario: { name, title: scenario.title, completed: scenario },
    seed: scenario.seed,
    span: {
      from_block: fromDay,
      to_block: built.untilDay,
      from_time: date(fromDay),
      to_time: date(built.untilDay),
    },
    rule_sets: built.ruleSets.map(flockRuleSetFacts),
    data: [...sources],
    arithmetic: FLOCK_ARITHMETIC,
    aggregated: [...built.aggregated],
    assumptions: [...built.assumptions],
  };
}

async function simulate(
  { world, untilDay }: BuiltFlockWorld,
  sink: RecordSink,
  plan: RecordingPlan,
  onProgress: RunRequest["onProgress"],
): Promise<void> {
  while (world.day < untilDay) {
    runFlockDays(world, 1, sink, plan);
    if (onProgress?.(world.day) === false) {
      throw new RunStopped("the run was stopped; nothing was written");
    }
    // A day takes milliseconds: Ctrl-C is heard after each.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
