/** One run: a scenario file becomes a run folder with tables, manifest and report. */
import { basename } from "node:path";
import { type BuiltWorld, buildWorld } from "../scenarios/build-world.ts";
import type { LoadedScenario } from "../scenarios/load.ts";
import { type AnyLoadedScenario, loadAnyScenario, worldKind } from "../scenarios/load-flock.ts";
import { bittensorTables } from "../sim/bittensor/tables.ts";
import type { RecordSink, TableDefinition } from "../sim/records.ts";
import type { Manifest } from "./manifest.ts";
import { runBothScenario } from "./run-both.ts";
import { runFlockScenario } from "./run-flock.ts";
import { defaultRunFolder, openRun } from "./run-folder.ts";

export interface RunRequest {
  readonly scenarioPath: string;
  /** `path=value` overrides, applied in order. */
  readonly sets?: readonly string[];
  /** Another horizon, as it was written; over the overrides. */
  readonly days?: string;
  readonly outDir?: string;
  readonly writeReport?: (folder: string, manifest: Manifest) => void | Promise<void>;
  /** Called once before the first block. */
  readonly onStart?: (span: RunSpan) => void | Promise<void>;
  /** Called after each step of the world; returning false stops the run and leaves nothing. */
  readonly onProgress?: (block: number) => boolean | undefined;
}

export interface RunSpan {
  readonly fromBlock: number;
  readonly toBlock: number;
  /** Milliseconds since 1970, UTC, of the first block. */
  readonly fromTime: number;
  /** What is counted, where it is not blocks of 12 seconds. */
  readonly unit?: { readonly name: string; readonly seconds: number };
}

export interface RunResult {
  readonly dir: string;
  readonly reportPath: string;
  readonly manifest: Manifest;
}

/** Stopped by `onProgress`; nothing was written. */
export class RunStopped extends Error {
  override readonly name = "RunStopped";
}

/** Throws InputError for a faulty scenario or an unusable folder; then nothing is written. */
export async function runScenario(request: RunRequest): Promise<RunResult> {
  const loadStart = performance.now();
  const { kind, loaded } = load(request);
  if (kind === "flock") return runFlockScenario(request, loaded, loadStart);
  if (kind === "both") return runBothScenario(request, loaded, loadStart);
  const name = basename(request.scenarioPath).replace(/\.ya?ml$/, "");
  const tables = tablesOf(loaded);
  const run = openRun(request.outDir ?? defaultRunFolder(name), {
    tables,
    writeReport: request.writeReport,
  });
  try {
    const fromBlock = loaded.state.block + 1;
    const built = buildWorld(loaded, { sink: onlyTables(run.sink, tables) });
    const { calendar } = built.chain;
    const toBlock = loaded.untilBlock;
    await request.onStart?.({ fromBlock, toBlock, fromTime: calendar.timeOf(fromBlock) });
    const simulateStart = performance.now();
    await simulate(built, toBlock, request.onProgress);
    built.chain.checkBooks();
    const end = performance.now();
    return await run.finish({
      scenario: { name, title: loaded.scenario.title, completed: loaded.scenario },
      seed: loaded.scenario.seed,
      span: {
        from_block: fromBlock,
        to_block: toBlock,
        from_time: new Date(calendar.timeOf(fromBlock)).toISOString(),
        to_time: new Date(calendar.timeOf(toBlock)).toISOString(),
      },
      rule_sets: built.ruleSets.map(ruleSetFacts),
      bent_rules: [...built.bentRules],
      data: [...loaded.sources],
      arithmetic: arithmeticLine(loaded),
      aggregated: [...built.aggregated],
      assumptions: [...built.assumptions],
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

function load({ scenarioPath, sets = [], days }: RunRequest): AnyLoadedScenario {
  if (days === undefined) return loadAnyScenario(scenarioPath, sets);
  const section = worldKind(scenarioPath, sets) === "flock" ? "flock" : "chain";
  return loadAnyScenario(scenarioPath, [...sets, `${section}.horizon_days=${days}`]);
}

/** How long the simulation may keep the event loop to itself: Ctrl-C is heard in between. */
const BREATH_MS = 50;

async function simulate(
  { world, chain }: BuiltWorld,
  untilBlock: number,
  onProgress: RunRequest["onProgress"],
): Promise<void> {
  let breath = performance.now();
  while (chain.block < untilBlock) {
    world.step();
    if (onProgress?.(chain.block) === false) {
      throw new RunStopped("the run was stopped; nothing was written");
    }
    if (performance.now() - breath > BREATH_MS) {
      await new Promise((resolve) => setImmediate(resolve));
      breath = performance.now();
    }
  }
}

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;

function tablesOf({ scenario }: LoadedScenario): readonly TableDefinition[] {
  const wanted = scenario.recording.tables;
  return wanted === "all"
    ? bittensorTables
    : bittensorTables.filter(({ name }) => (wanted as readonly string[]).includes(name));
}

export const ruleSetFacts = ({
  name,
  summary,
  date,
  spec,
  evidence,
}: BuiltWorld["ruleSets"][number]) => ({
  name,
  title: summary,
  in_force_from: date,
  source: `spec ${spec}; ${evidence}`,
});

/** Drops the rows of tables that the scenario does not want. */
function onlyTables(sink: RecordSink, tables: readonly TableDefinition[]): RecordSink {
  const wanted = new Set(tables.map(({ name }) => name));
  return {
    append: (table, row) => {
      if (wanted.has(table.name)) sink.append(table, row);
    },
  };
}

export function arithmeticLine({ scenario }: LoadedScenario): string {
  return scenario.chain.arithmetic === "exact"
    ? "exact: amounts are integers in rao; shares, prices, pools and averages in the chain's fixed point; consensus in I32F32"
    : "float64: amounts are integers in rao; shares, prices, pools and averages in doubles; consensus exact in I32F32";
}
