/**
 * The bare engine: a loaded scenario of any kind, a sink for its rows, and nothing written
 * anywhere. `hivelab run`, sweeps, ensembles and searches all run worlds through here.
 */
import type { Source } from "../scenarios/data-folder.ts";
import type { AnyLoadedScenario } from "../scenarios/load-flock.ts";
import { isCrossing } from "../scenarios/root-era/load.ts";
import type { RecordSink, TableDefinition } from "../sim/records.ts";
import type { RunSpan, Simulation, WorldFacts } from "./simulation.ts";
import { bittensorSimulation, bittensorWorldTables } from "./worlds/bittensor.ts";
import { BothSimulation, bothWorldTables } from "./worlds/both.ts";
import { CrossingSimulation, crossingWorldTables } from "./worlds/crossing.ts";
import { FlockSimulation, flockWorldTables } from "./worlds/flock.ts";
import { rootEraSimulation, rootEraWorldTables } from "./worlds/root-era.ts";
import { SupplySimulation, supplyWorldTables } from "./worlds/supply.ts";

/** Stopped by `onProgress`; nothing was written. */
export class RunStopped extends Error {
  override readonly name = "RunStopped";
}

export interface DriveOptions {
  /** Called after each step of the world; returning false stops the run. */
  readonly onProgress?: (block: number) => boolean | undefined;
}

export interface SimulateOptions extends DriveOptions {
  /** Called once before the first block. */
  readonly onStart?: (span: RunSpan) => void;
  /** Names of tables whose rows are wanted, in place of the scenario's own. */
  readonly tables?: readonly string[];
}

/** `recording.tables` of a scenario. */
export type Wanted = "all" | readonly string[];

const wantedBy = (any: AnyLoadedScenario): Wanted =>
  (any.kind === "both" ? any.loaded.chain : any.loaded).scenario.recording.tables;

/** Every file that went into a scenario. */
export const sourcesOf = (any: AnyLoadedScenario): readonly Source[] =>
  (any.kind === "both" ? any.loaded.chain : any.loaded).sources;

/** The tables that a scenario wants written, in the order in which manifests list them. */
export function tablesOf(any: AnyLoadedScenario, wanted = wantedBy(any)): TableDefinition[] {
  if (any.kind === "flock") return flockWorldTables(wanted);
  if (any.kind === "both") return bothWorldTables(wanted);
  if (any.kind === "supply") return supplyWorldTables(wanted);
  if (any.kind === "root era") {
    return isCrossing(any.loaded) ? crossingWorldTables(wanted) : rootEraWorldTables(wanted);
  }
  return bittensorWorldTables(wanted);
}

/**
 * The world at its start. Only rows of wanted tables reach the sink: those of the scenario, unless
 * told. Throws InputError where the scenario asks for what cannot be simulated.
 */
export function openSimulation(
  any: AnyLoadedScenario,
  sink: RecordSink,
  wanted = wantedBy(any),
): Simulation {
  const tables = tablesOf(any, wanted);
  const only = onlyTables(sink, tables);
  if (any.kind === "flock") return new FlockSimulation(any.loaded, only, tables);
  if (any.kind === "both") return new BothSimulation(any.loaded, only);
  if (any.kind === "supply") return new SupplySimulation(any.loaded, only);
  if (any.kind === "root era") {
    const { loaded } = any;
    return isCrossing(loaded)
      ? new CrossingSimulation(loaded, only)
      : rootEraSimulation(loaded, only);
  }
  return bittensorSimulation(any.loaded, only);
}

/** A step of a small world takes a microsecond: a worker asks whether to go on after so many. */
const STEPS_BETWEEN = 8;

/**
 * Runs a scenario from its first block to its last without giving way to anything else: what a
 * worker does. `onProgress` is called after every eighth step; throws RunStopped where it says so.
 */
export function simulateScenario(
  any: AnyLoadedScenario,
  sink: RecordSink,
  options: SimulateOptions = {},
): WorldFacts {
  const simulation = openSimulation(any, sink, options.tables);
  options.onStart?.(simulation.span);
  for (let steps = 1; !simulation.isDone; steps++) {
    if (steps % STEPS_BETWEEN === 0) stepOnce(simulation, options);
    else simulation.step();
  }
  simulation.close();
  return simulation.facts();
}

/** How long a simulation may keep the event loop to itself: Ctrl-C is heard in between. */
const BREATH_MS = 50;

/** The same from wherever it stands, with breaths in which signals and timers are heard. */
export async function drive(simulation: Simulation, options: DriveOptions = {}): Promise<void> {
  let breath = performance.now();
  while (!simulation.isDone) {
    stepOnce(simulation, options);
    if (performance.now() - breath > BREATH_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      breath = performance.now();
    }
  }
  simulation.close();
}

function stepOnce(simulation: Simulation, { onProgress }: DriveOptions): void {
  simulation.step();
  if (onProgress?.(simulation.position) === false) {
    throw new RunStopped("the run was stopped; nothing was written");
  }
}

function onlyTables(sink: RecordSink, tables: readonly TableDefinition[]): RecordSink {
  const wanted = new Set(tables.map(({ name }) => name));
  return {
    append: (table, row) => {
      if (wanted.has(table.name)) sink.append(table, row);
    },
    takes: ({ name }) => wanted.has(name),
  };
}
