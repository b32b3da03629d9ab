/**
 * The runs of a search: each made once, remembered in the search's folder. A search that is begun
 * again asks for the same runs in the same order and finds what is there already.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { builtWorker, type Piscina, startPool } from "../pool.ts";
import { sha256OfText } from "../store/digest.ts";
import { writeDurably } from "../store/durable.ts";
import { type Measured, type MeasureItem, type MeasureJob, Measurer } from "./measurer.ts";

/** Stopped by a signal; what was measured is kept. */
export class SearchStopped extends Error {
  override readonly name = "SearchStopped";
}

export interface EvaluatorOptions {
  /** Where runs are remembered; null for nowhere. */
  readonly journal: string | null;
  /** Threads; 0 for none. */
  readonly workers: number;
  readonly memoryMb?: number;
  readonly signal?: AbortSignal;
  /** After each run, with how many the search has asked for so far. */
  readonly onRun?: (settled: number) => void;
}

/** A task takes at least so long, that handing it over costs nothing beside it. */
const TASK_MS = 20;

export class Evaluator {
  /** Different runs that were asked for: what the budget counts. */
  used = 0;
  failed = 0;
  private settled = 0;
  private runMs = TASK_MS;
  private readonly known = new Map<string, Measured>();
  private readonly asked = new Set<string>();
  private readonly pool: Piscina | null;
  private readonly own: Measurer;

  constructor(
    job: MeasureJob,
    private readonly options: EvaluatorOptions,
  ) {
    const { workers, memoryMb, journal } = options;
    const filename = workers === 0 ? null : builtWorker("worker", import.meta.url);
    this.own = new Measurer(job);
    this.pool =
      filename === null ? null : startPool({ filename, workers, workerData: job, memoryMb });
    if (journal !== null) this.recall(journal);
  }

  /** The runs' results in their order. Throws SearchStopped. */
  async evaluate(items: readonly MeasureItem[]): Promise<Measured[]> {
    const keys = items.map(keyOf);
    const missing = new Map<string, MeasureItem>();
    keys.forEach((key, k) => {
      if (!this.asked.has(key)) {
        this.asked.add(key);
        this.used++;
      }
      if (!this.known.has(key)) missing.set(key, items[k]);
    });
    await this.make([...missing]);
    this.settled = this.used;
    this.options.onRun?.(this.settled);
    return keys.map((key) => this.known.get(key)!);
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
  }

  /** The journal with the runs in the order in which the search asked for them. */
  tidy(): void {
    const { journal } = this.options;
    if (journal === null) return;
    const lines = [...this.asked].map((key) => lineOf(key, this.known.get(key)!));
    writeDurably(journal, lines.join(""));
  }

  private async make(missing: readonly (readonly [key: string, item: MeasureItem])[]) {
    const { signal, workers } = this.options;
    const lanes = this.pool ? 2 * workers : 1;
    // Long enough to be worth the way, short enough that all lanes have something to do.
    const size = Math.max(
      1,
      Math.min(Math.ceil(TASK_MS / this.runMs), Math.ceil(missing.length / lanes)),
    );
    let next = 0;
    const lane = async () => {
      while (next < missing.length) {
        if (signal?.aborted) throw new SearchStopped("the search was stopped");
        const task = missing.slice(next, next + size);
        next += task.length;
        await this.carryOut(task);
      }
    };
    const all = await Promise.allSettled(Array.from({ length: lanes }, lane));
    for (const one of all) if (one.status === "rejected") throw one.reason;
  }

  private async carryOut(task: readonly (readonly [key: string, item: MeasureItem])[]) {
    const start = performance.now();
    const items = task.map(([, item]) => item);
    const found = this.pool ? await this.onPool(items) : await this.here(items);
    this.runMs = 0.8 * this.runMs + (0.2 * (performance.now() - start)) / task.length;
    const lines: string[] = [];
    task.forEach(([key], k) => {
      this.known.set(key, found[k]);
      if (found[k].outcomes === null) this.failed++;
      lines.push(lineOf(key, found[k]));
    });
    if (this.options.journal !== null) appendFileSync(this.options.journal, lines.join(""));
    this.settled += task.length;
    this.options.onRun?.(Math.min(this.settled, this.used));
  }

  private async here(items: readonly MeasureItem[]): Promise<Measured[]> {
    // A breath in which Ctrl-C is heard.
    await new Promise((resolve) => setImmediate(resolve));
    return items.map((item) => this.own.measure(item));
  }

  /** A worker that dies takes one run with it, which has failed. */
  private async onPool(items: readonly MeasureItem[]): Promise<Measured[]> {
    try {
      return (await this.pool!.run(items)) as Measured[];
    } catch (error) {
      if (items.length > 1) {
        const each: Measured[] = [];
        for (const item of items) each.push(...(await this.onPool([item])));
        return each;
      }
      const text = error instanceof Error ? error.message : String(error);
      return [{ outcomes: null, error: `its worker ended: ${text.split("\n")[0]}` }];
    }
  }

  private recall(journal: string): void {
    if (!existsSync(journal)) return;
    for (const line of readFileSync(journal, "utf8").split("\n")) {
      // The last line of a search that was killed may be a part of one.
      try {
        const { key, ...measured } = JSON.parse(line) as Measured & { key: string };
        if (typeof key === "string") this.known.set(key, measured as Measured);
      } catch {
        // That run is made again.
      }
    }
    // So that what is added stands on a line of its own.
    const whole = [...this.known].map(([key, measured]) => lineOf(key, measured));
    writeDurably(journal, whole.join(""));
  }
}

const lineOf = (key: string, measured: Measured): string =>
  `${JSON.stringify({ key, ...measured })}\n`;

/** Of everything that tells a run apart from others of the same search. */
const keyOf = ({ sets, parameters }: MeasureItem): string =>
  sha256OfText(JSON.stringify([sets, parameters])).slice(0, 32);
