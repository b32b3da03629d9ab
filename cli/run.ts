/** `hivelab run SCENARIO`: simulates, shows progress, prints a summary and where the report is. */
import { relative } from "node:path";
import type { Manifest } from "../lab/manifest.ts";
import { type RunResult, runScenario } from "../lab/run.ts";
import type { RunSpan } from "../lab/simulation.ts";
import { reportAndExit } from "./failure.ts";
import { type Progress, startProgress } from "./progress.ts";
import { printSummary } from "./summary.ts";

export interface RunFlags {
  readonly set: readonly string[];
  readonly out?: string;
  readonly seed?: string;
  readonly days?: string;
  readonly report: boolean;
}

export async function run(scenarioPath: string, flags: RunFlags): Promise<void> {
  const sets = [...flags.set];
  if (flags.seed !== undefined) sets.push(`seed=${JSON.stringify(flags.seed)}`);
  let stopped = false;
  const stop = () => {
    if (stopped) process.exit(130);
    stopped = true;
  };
  process.on("SIGINT", stop);
  let bar: Progress | undefined;
  try {
    const result = await runScenario({
      scenarioPath,
      sets,
      days: flags.days,
      outDir: flags.out,
      writeReport: flags.report ? await reportWriter() : undefined,
      onStart: async (span: RunSpan) => {
        bar = await startProgress(span);
      },
      onProgress: (block) => {
        bar?.at(block);
        return !stopped;
      },
    });
    bar?.stop();
    printSummary(result);
    printPlaces(result, flags.report);
  } catch (error) {
    bar?.stop();
    if (stopped) {
      console.error("stopped; nothing was written");
      process.exit(130);
    }
    reportAndExit(error);
  } finally {
    process.off("SIGINT", stop);
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
