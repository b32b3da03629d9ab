/** `hivelab sweep PLAN`: makes every run of a plan, shows progress, says what was kept. */
import { join, relative } from "node:path";
import { confirmSize } from "../lab/plans/confirm.ts";
import { DiskFull } from "../lab/store/durable.ts";
import { openResultStore } from "../lab/store/result-store.ts";
import type { KnownElsewhere } from "../lab/sweep/pending.ts";
import { resultsOf } from "../lab/sweep/reuse.ts";
import {
  runSweep,
  type SweepProgress,
  type SweepRequest,
  type SweepResult,
} from "../lab/sweep/sweep.ts";
import { type Part, WHOLE } from "../lab/sweep/sweep-folder.ts";
import { ExecutorGone } from "../lab/sweep/task.ts";
import { InputError } from "../scenarios/fault.ts";
import { promptedFile } from "../scenarios/shipped.ts";
import { reportAndExit } from "./failure.ts";
import { countText, type Progress, startBar } from "./progress.ts";
import { stopOnSignals } from "./stopping.ts";
import { type PlanOptions, planOfOptions, printDryRun } from "./sweep-plan-options.ts";
import { limitNote, workersOf } from "./workers-option.ts";

export interface SweepFlags extends PlanOptions {
  /** Says what the plan would cost, and makes nothing. */
  readonly dryRun: boolean;
  /** Makes very many runs without being asked again. */
  readonly yes: boolean;
  readonly out?: string;
  readonly workers?: string;
  readonly shard?: string;
  readonly retryFailed: boolean;
  readonly reuse: readonly string[];
  readonly executor: string;
  readonly redis?: string;
  readonly results?: string;
  readonly batch: string;
}

export async function sweep(planPath: string, flags: SweepFlags): Promise<void> {
  const stopping = stopOnSignals();
  const bars = new Bars();
  const counted = { settled: 0, of: 0 };
  const taken = { count: 0 };
  try {
    const part = partOf(flags.shard);
    const path = promptedFile(planPath, "plans", "scenarios", "cases");
    const plan = await planOfOptions(path, flags);
    if (flags.dryRun) return await printDryRun(plan, workersOf(flags.workers));
    confirmSize(plan, flags.yes);
    const workers = workersOf(flags.workers);
    const note = flags.executor === "local" && limitNote(plan.limits, workers);
    if (note) console.error(note);
    const onNote = (line: string) => console.error(line);
    const known = resultsOf(flags.reuse, onNote);
    const result = await runSweep({
      ...{ plan, part, signal: stopping.signal, retryFailed: flags.retryFailed },
      outDir: flags.out ?? defaultFolder(plan.name, part),
      workers,
      ...{ knownElsewhere: counting(known.find, taken), onNote },
      openExecutor: await executorOf(flags),
      onProgress: (progress) => {
        if (progress.phase === "runs") Object.assign(counted, progress);
        bars.show(progress);
      },
    }).finally(known.close);
    bars.stop();
    if (!result.manifest) {
      console.error(`stopped; ${keptText(counted)}, and the same command goes on`);
      process.exit(130);
    }
    printResult(result, part);
    if (flags.reuse.length > 0 && !result.wasComplete) {
      console.log(`${taken.count} of them taken over from ${flags.reuse.join(", ")}`);
    }
    process.exitCode = 0;
  } catch (error) {
    bars.stop();
    if (error instanceof DiskFull || error instanceof ExecutorGone) {
      console.error(
        `hivelab: ${error.message}; ${keptText(counted)}, and the same command goes on`,
      );
      process.exit(1);
    }
    reportAndExit(error);
  } finally {
    stopping.done();
  }
}

/** Says in `taken` how many results were found: none, where the program or a file is another. */
export const counting =
  (known: KnownElsewhere, taken: { count: number }): KnownElsewhere =>
  (key) => {
    const result = known(key);
    if (result) taken.count++;
    return result;
  };

const keptText = ({ settled, of }: { settled: number; of: number }): string =>
  `${settled} of ${of} runs are kept`;

const defaultFolder = (name: string, { index, of }: Part): string =>
  join("runs", of === 1 ? name : `${name}-${index + 1}-of-${of}`);

/** A bar for the runs, then one for the tables. */
class Bars {
  private phase: SweepProgress["phase"] | null = null;
  private bar: Promise<Progress> | null = null;
  private at: ((done: number) => void) | null = null;

  show({ phase, settled, of }: SweepProgress): void {
    if (phase !== this.phase) {
      this.stop();
      this.phase = phase;
      const name = phase === "runs" ? "runs" : "runs into tables";
      const counted = { name, whole: of, before: settled };
      this.bar = startBar(of, (done, seconds) => countText(counted, done, seconds));
      void this.bar.then((bar) => {
        this.at = (done) => bar.at(done);
      });
    }
    this.at?.(settled);
  }

  stop(): void {
    void this.bar?.then((bar) => bar.stop());
    this.bar = null;
    this.at = null;
  }
}

function printResult({ dir, manifest, wasComplete, counts }: SweepResult, part: Part): void {
  if (wasComplete) console.log("complete already; nothing was left to do");
  const { done, failed, rejected, same } = counts;
  const parts = [
    `${done} runs`,
    ...(same > 0 ? [`${same} alike others`] : []),
    ...(rejected > 0 ? [`${rejected} rejected by constraints`] : []),
    ...(failed > 0 ? [`${failed} failed (their errors are in the table)`] : []),
  ];
  console.log(parts.join(", "));
  const { runs_s = 0, tables_s = 0 } = manifest?.timings ?? {};
  if (!wasComplete) console.log(`${runs_s.toFixed(1)} s, and ${tables_s.toFixed(1)} s for tables`);
  const place = relative(process.cwd(), dir) || ".";
  if (part.of === 1) console.log(`tables: ${place}/tables`);
  else console.log(`${place}: part ${part.index + 1} of ${part.of}; \`hivelab merge\` joins them`);
}

const badFlag = (flag: string, text: string, remedy: string): InputError =>
  new InputError([
    { file: flag, field: "", problem: `${JSON.stringify(text)} is not right here`, remedy },
  ]);

/** Undefined for the local one. Throws InputError. */
async function executorOf(flags: SweepFlags): Promise<SweepRequest["openExecutor"]> {
  const { executor, redis, results } = flags;
  if (executor === "local") return undefined;
  if (executor !== "bullmq") throw badFlag("--executor", executor, "local or bullmq");
  if (redis === undefined) throw badFlag("--redis", "", "redis://host:6379, for --executor bullmq");
  if (results === undefined) {
    throw badFlag("--results", "", "a folder that all workers see, or s3://bucket/prefix");
  }
  const blockRuns = /^\d{1,5}$/.test(flags.batch) ? Number(flags.batch) : 0;
  if (blockRuns < 1) throw badFlag("--batch", flags.batch, "a whole number from 1 to 99999");
  const { openBullExecutor } = await import("../lab/remote/bull-executor.ts");
  const store = await openResultStore(results);
  const onNote = (line: string) => console.error(line);
  return (job, folder) =>
    openBullExecutor(job, folder, { redisUrl: redis, results: store, blockRuns, onNote });
}

/** "2/8" is the second of eight. */
export function partOf(text: string | undefined): Part {
  if (text === undefined) return WHOLE;
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (index && of && Number(index) >= 1 && Number(index) <= Number(of)) {
    return { index: Number(index) - 1, of: Number(of) };
  }
  throw badFlag("--shard", text, "i/n, such as 2/8: the second of eight parts");
}
