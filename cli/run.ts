/** `hivelab run SCENARIO`: simulates, shows progress, prints a summary and where the report is. */
import { relative } from "node:path";
import type { CheckpointHooks } from "../lab/checkpoint/run.ts";
import type { Manifest } from "../lab/manifest.ts";
import { loadRequest, nameOf, type RunResult, runScenario } from "../lab/run.ts";
import { defaultRunFolder } from "../lab/run-folder.ts";
import type { RunSpan } from "../lab/simulation.ts";
import { isDiskFull } from "../lab/store/durable.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { type Progress, startProgress } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";
import { printSummary } from "./summary.ts";

export interface RunFlags {
  readonly set: readonly string[];
  readonly out?: string;
  readonly seed?: string;
  readonly days?: string;
  readonly report: boolean;
  readonly checkpointEvery?: string;
}

export async function run(scenario: string, flags: RunFlags): Promise<void> {
  const scenarioPath = promptedFile(scenario, "scenarios");
  const { out: outDir, days, report, checkpointEvery: every } = flags;
  const sets = [...flags.set];
  if (flags.seed !== undefined) sets.push(`seed=${JSON.stringify(flags.seed)}`);
  if (every === undefined) {
    const request = { scenarioPath, sets, days, outDir };
    await follow(report, "nothing was written", (hooks) => runScenario({ ...request, ...hooks }));
    return;
  }
  const place = outDir ?? defaultRunFolder(nameOf(scenarioPath));
  await follow(report, resumeText(place), async (hooks) => {
    const { runWithCheckpoints } = await import("../lab/checkpoint/run.ts");
    const loaded = loadRequest({ scenarioPath, sets, days });
    const request = { scenarioPath, sets: loaded.sets, outDir: place, every, report };
    return runWithCheckpoints(request, hooks);
  });
}

export const resumeText = (place: string): string =>
  `\`hivelab resume ${relative(process.cwd(), place) || place}\` goes on`;

/** Shows progress until the end, or until Ctrl-C: then `stoppedText` says what is left. */
export async function follow(
  report: boolean,
  stoppedText: string,
  start: (hooks: CheckpointHooks) => Promise<RunResult>,
): Promise<void> {
  const stopping = stopOnSignals();
  const { signal } = stopping;
  let bar: Progress | undefined;
  try {
    const result = await start({
      writeReport: report ? await reportWriter() : undefined,
      onStart: async (span: RunSpan) => {
        bar = await startProgress(span);
      },
      onProgress: (block) => {
        bar?.at(block);
        return !signal.aborted;
      },
    });
    bar?.stop();
    printSummary(result);
    printPlaces(result, report);
  } catch (error) {
    bar?.stop();
    if (signal.aborted) {
      console.error(`stopped; ${stoppedText}`);
      process.exit(130);
    }
    if (isDiskFull(error)) {
      console.error(`hivelab: the disk is full; ${stoppedText}`);
      process.exit(1);
    }
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}

async function reportWriter() {
  const { writeReport } = await import("../reports/report.ts");
  return (folder: string, manifest: Manifest): void => {
    writeReport(folder, manifest);
  };
}

function printPlaces({ dir, reportPath }: RunResult, report: boolean): void {
  console.log(`tables: ${relative(process.cwd(), dir) || "."}/tables`);
  if (report) console.log(`report: ${relative(process.cwd(), reportPath)}`);
}
