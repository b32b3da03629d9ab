/** `hivelab ensemble SCENARIO`: many seeds of one scenario, and bands of what they record. */
import { basename, join, relative } from "node:path";
import type { Spread } from "../lab/ensemble/quantiles.ts";
import { type Ensemble, runEnsemble } from "../lab/ensemble/run.ts";
import { writeEnsemble } from "../lab/ensemble/write.ts";
import { withDays } from "../lab/run.ts";
import { checkRunPlace } from "../lab/run-folder.ts";
import { DiskFull } from "../lab/store/durable.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { screenOf, table } from "./layout.ts";
import { countText, startBar } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";
import { wholeFlag } from "./whole-flag.ts";
import { workersOf } from "./workers-option.ts";

export interface EnsembleFlags {
  readonly seeds: string;
  readonly series: readonly string[];
  readonly outcome: readonly string[];
  readonly set: readonly string[];
  readonly days?: string;
  readonly workers?: string;
  readonly out?: string;
}

const MOST_SEEDS = 1_000_000;

export async function ensemble(scenario: string, flags: EnsembleFlags): Promise<void> {
  const stopping = stopOnSignals();
  try {
    const seeds = wholeFlag("--seeds", flags.seeds, 2, MOST_SEEDS);
    const workers = workersOf(flags.workers);
    const path = promptedFile(scenario, "scenarios");
    const sets = withDays({ scenarioPath: path, sets: flags.set, days: flags.days });
    const name = basename(path).replace(/\.ya?ml$/, "");
    const outDir = flags.out ?? join("runs", `ensemble-${name}`);
    checkRunPlace(outDir);
    const bar = await startBar(seeds, (done, seconds) =>
      countText({ name: "runs", whole: seeds, before: 0 }, done, seconds),
    );
    const result = await runEnsemble({
      ...{ scenarioPath: path, seeds, sets, series: flags.series },
      ...{ outcomes: flags.outcome, workers, runsDir: `${outDir}-runs`, signal: stopping.signal },
      onNote: (line) => console.error(line),
      onProgress: ({ phase, settled }) => {
        if (phase === "runs") bar.at(settled);
      },
    }).finally(() => bar.stop());
    if (!result) {
      console.error("stopped; the runs made so far are kept, and the same command goes on");
      process.exit(130);
    }
    await tell(result, outDir);
  } catch (error) {
    if (error instanceof DiskFull) {
      console.error(
        `hivelab: ${error.message}; what is done is kept, and the same command goes on`,
      );
      process.exit(1);
    }
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}

async function tell(result: Ensemble, outDir: string): Promise<void> {
  const { writeEnsemblePage } = await import("../reports/ensemble/page.ts");
  const { dir, reportPath } = await writeEnsemble(result, outDir, (folder, manifest) =>
    writeEnsemblePage(folder, manifest, result),
  );
  const { done, failed } = result.sweep.counts;
  const seconds = result.sweep.manifest?.timings.runs_s ?? 0;
  const pace = result.sweep.wasComplete ? "made before" : `${seconds.toFixed(1)} s`;
  console.log(`${done} runs (${pace})${failed > 0 ? `, ${failed} failed` : ""}\n`);
  const rows = [
    ...result.bands.flatMap(({ series, rows: moments }) => {
      const last = moments[moments.length - 1];
      return last ? [spreadRow(series.name, last.spread, /\brao\b/.test(series.unit))] : [];
    }),
    ...result.outcomes.map(({ name, spread }) => spreadRow(name, spread, /_rao$/.test(name))),
  ];
  const head = ["at the end (rao as TAO)", "5 %", "25 %", "median", "75 %", "95 %", "mean", "+-"];
  console.log(table(head, rows, screenOf(process.stdout)));
  console.log(`\ntables: ${relative(process.cwd(), dir) || "."}/tables`);
  console.log(`runs: ${relative(process.cwd(), result.sweep.dir) || "."}`);
  console.log(`report: ${relative(process.cwd(), reportPath)}`);
}

function spreadRow(name: string, { mean, meanError, quantiles }: Spread, isRao: boolean): string[] {
  const show = (value: number) =>
    (isRao ? value / 1e9 : value).toLocaleString("en", { maximumSignificantDigits: 7 });
  return [
    name,
    ...quantiles.map(({ value }) => show(value)),
    show(mean),
    Number.isNaN(meanError) ? "" : show(meanError),
  ];
}
