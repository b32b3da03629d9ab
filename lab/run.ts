/** One run: a scenario file becomes a run folder with tables, manifest and report. */
import { basename } from "node:path";
import { type AnyLoadedScenario, loadAnyScenario, worldKind } from "../scenarios/load-flock.ts";
import { drive, openSimulation, tablesOf } from "./engine.ts";
import type { Manifest } from "./manifest.ts";
import { defaultRunFolder, openRun } from "./run-folder.ts";
import type { RunSpan } from "./simulation.ts";

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

export interface RunResult {
  readonly dir: string;
  readonly reportPath: string;
  readonly manifest: Manifest;
}

/**
 * Throws InputError for a faulty scenario or an unusable folder, RunStopped where `onProgress` says
 * so; then nothing is written.
 */
export async function runScenario(request: RunRequest): Promise<RunResult> {
  const loadStart = performance.now();
  const { any } = loadRequest(request);
  const name = nameOf(request.scenarioPath);
  const run = openRun(request.outDir ?? defaultRunFolder(name), {
    tables: tablesOf(any),
    writeReport: request.writeReport,
  });
  try {
    const simulation = openSimulation(any, run.sink);
    await request.onStart?.(simulation.span);
    const simulateStart = performance.now();
    await drive(simulation, request);
    const end = performance.now();
    const { title, completed, ...facts } = simulation.facts();
    return await run.finish({
      scenario: { name, title, completed },
      ...facts,
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

type Wanted = Pick<RunRequest, "scenarioPath" | "sets" | "days">;

/** The overrides with the horizon among them, and what they make of the scenario. */
export function loadRequest({ scenarioPath, sets = [], days }: Wanted): {
  readonly sets: readonly string[];
  readonly any: AnyLoadedScenario;
} {
  const all = withDays({ scenarioPath, sets, days });
  return { sets: all, any: loadAnyScenario(scenarioPath, all) };
}

/** What is set, with the horizon where one is asked for: each kind of world has its own field. */
export function withDays({ scenarioPath, sets = [], days }: Wanted): readonly string[] {
  if (days === undefined) return sets;
  const kind = worldKind(scenarioPath, sets);
  const section = kind === "flock" || kind === "supply" ? kind : "chain";
  return [...sets, `${section}.horizon_days=${days}`];
}

/** The name of a scenario is that of its file. */
export const nameOf = (scenarioPath: string): string =>
  basename(scenarioPath).replace(/\.ya?ml$/, "");

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
