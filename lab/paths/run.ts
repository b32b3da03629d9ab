/**
 * Very many futures: blocks of paths on worker threads, their values on disk, then the quantiles of
 * each moment. What decides is exact: halving days, counts below a price, quantiles. The same bytes
 * with any number of workers and whichever backend screens.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Confirmations } from "../../gpu-kernels/index.ts";
import { MomentFile } from "../ensemble/moment-file.ts";
import type { Quantile } from "../ensemble/quantiles.ts";
import { builtWorker, type Piscina, startPool } from "../pool.ts";
import {
  type ChosenScreener,
  chooseScreener,
  type Screened,
  screenedTogether,
} from "../screening.ts";
import type { PathBlock } from "./block.ts";
import { MomentRanks } from "./exact-ranks.ts";
import { type Moment, momentsOf, type PathModel } from "./model.ts";
import runTask, { type PathTask, type PathTaskResult } from "./worker.ts";

export interface PathsRequest {
  readonly model: PathModel;
  readonly paths: number;
  readonly screener: ChosenScreener;
  /** Threads; 0 = none, in this one. */
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (paths: number) => void;
}

export interface PathsResult {
  readonly paths: number;
  /** Of each moment, the exact quantiles of all paths. */
  readonly moments: readonly { readonly moment: Moment; readonly quantiles: readonly Quantile[] }[];
  /** By day, from 0: how many paths halve on it; those at 0 do not within the horizon. */
  readonly halvings: Uint32Array;
  /** By threshold of price: how many paths fall below it. */
  readonly below: readonly number[];
  readonly screened: Screened;
  readonly seconds: { readonly paths: number; readonly quantiles: number };
}

export const BLOCK_PATHS = 2_048;
/** Paths that a worker confirms at a time. */
const CONFIRMED_AT_ONCE = 32;

/**
 * Float64 first: a quantile is decided by the paths within the bound of it, and float32 leaves far more
 * of them open than it saves. Throws InputError as `chooseScreener` does.
 */
export const choosePathScreener = (asked?: string): Promise<ChosenScreener> =>
  chooseScreener(asked, {
    usual: ["wasm-f64", "typescript"],
    exact: { name: "exact", device: "JavaScript", precision: "whole rao", note: null },
  });

/** Null where it was stopped. Throws BoundExceeded where a backend is less exact than it must be. */
export async function runPaths(request: PathsRequest): Promise<PathsResult | null> {
  const scratch = mkdtempSync(join(tmpdir(), "hivelab-paths-"));
  const filename = builtWorker("worker", import.meta.url);
  const { workers, signal } = request;
  const pool = workers > 0 && filename ? startPool({ filename, workers }) : null;
  const file = new MomentFile(
    join(scratch, "moments"),
    momentsOf(request.model).length,
    BLOCK_PATHS,
  );
  try {
    return await new PathsRun(request, pool, file).run();
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  } finally {
    await pool?.destroy();
    file.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

class PathsRun {
  private readonly moments: readonly Moment[];
  private readonly bounds: Float64Array;
  private readonly halvings: Uint32Array;
  private readonly below: number[];
  private readonly parts: Pick<PathBlock, "screened" | "confirmed" | "largestError">[] = [];

  constructor(
    private readonly request: PathsRequest,
    private readonly pool: Piscina | null,
    private readonly file: MomentFile,
  ) {
    const { model } = request;
    this.moments = momentsOf(model);
    this.bounds = new Float64Array(this.moments.length);
    this.halvings = new Uint32Array(model.days + 1);
    this.below = model.priceBelow.map(() => 0);
  }

  async run(): Promise<PathsResult> {
    const { paths, screener } = this.request;
    const started = performance.now();
    await this.simulate();
    const simulated = performance.now();
    const ranks = this.ranks();
    const confirmations = new Confirmations();
    const exact = screener.name === "exact" ? screenedOf(ranks) : await this.confirm(ranks);
    const moments = this.moments.map((moment, m) => ({
      moment,
      quantiles: ranks[m].quantiles(exact.values[m], confirmations),
    }));
    const bound = this.bounds.reduce((most, one) => Math.max(most, one), 0);
    const { largestError } = confirmations;
    const last = { screened: 0, confirmed: exact.confirmed, largestError };
    const ended = performance.now();
    return {
      ...{ paths, moments, halvings: this.halvings, below: this.below },
      screened: screenedTogether(
        screener,
        [...this.parts, last].map((part) => ({ ...part, bound })),
      ),
      seconds: { paths: (simulated - started) / 1e3, quantiles: (ended - simulated) / 1e3 },
    };
  }

  private async simulate(): Promise<void> {
    const { paths, onProgress } = this.request;
    const firsts = Array.from(
      { length: Math.ceil(paths / BLOCK_PATHS) },
      (_, k) => k * BLOCK_PATHS,
    );
    let done = 0;
    await this.each(firsts, async (first, k) => {
      const count = Math.min(BLOCK_PATHS, paths - first);
      const { block } = await this.task({ screen: { first, count } });
      this.take(k, block!);
      done += count;
      onProgress?.(done);
    });
  }

  private take(index: number, block: PathBlock): void {
    this.file.put(index, block.values);
    block.bounds.forEach((bound, m) => {
      this.bounds[m] = Math.max(this.bounds[m], bound);
    });
    for (const day of block.halvingDay) this.halvings[day]++;
    block.below.forEach((count, k) => {
      this.below[k] += count;
    });
    const { screened, confirmed, largestError } = block;
    this.parts.push({ screened, confirmed, largestError });
  }

  private ranks(): MomentRanks[] {
    const ranks: MomentRanks[] = [];
    for (const values of this.file.byMoment(this.request.paths)) {
      this.request.signal?.throwIfAborted();
      ranks.push(new MomentRanks(values, this.bounds[ranks.length]));
    }
    return ranks;
  }

  /** The exact values of all candidates, by moment and in their order. */
  private async confirm(ranks: readonly MomentRanks[]): Promise<ExactCandidates> {
    const wanted = new Set(ranks.flatMap(({ candidates }) => candidates.map(({ path }) => path)));
    const places = new Map<number, { moment: number; at: number }[]>();
    ranks.forEach(({ candidates }, moment) => {
      candidates.forEach(({ path }, at) => {
        const own = places.get(path) ?? [];
        own.push({ moment, at });
        places.set(path, own);
      });
    });
    const values = ranks.map(({ candidates }) => new Array<number>(candidates.length));
    const paths = [...wanted].sort((a, b) => a - b);
    const chunks = Array.from({ length: Math.ceil(paths.length / CONFIRMED_AT_ONCE) }, (_, k) =>
      paths.slice(k * CONFIRMED_AT_ONCE, (k + 1) * CONFIRMED_AT_ONCE),
    );
    await this.each(chunks, async (chunk) => {
      const { exact } = await this.task({ exact: chunk });
      chunk.forEach((path, k) => {
        for (const { moment, at } of places.get(path)!) values[moment][at] = exact[k][moment];
      });
    });
    return { values, confirmed: paths.length };
  }

  private task(part: Pick<PathTask, "screen" | "exact">): Promise<PathTaskResult> {
    const { model, screener } = this.request;
    const task: PathTask = { model, screener: screener.name, ...part };
    return this.pool ? this.pool.run(task, { signal: this.request.signal }) : runTask(task);
  }

  /** As many at a time as keep every worker busy. */
  private async each<T>(
    items: readonly T[],
    work: (item: T, index: number) => Promise<void>,
  ): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < items.length) {
        this.request.signal?.throwIfAborted();
        const index = next++;
        await work(items[index], index);
      }
    };
    const lanes = this.pool ? 2 * this.request.workers : 1;
    await Promise.all(Array.from({ length: lanes }, lane));
  }
}

interface ExactCandidates {
  readonly values: readonly (readonly number[])[];
  readonly confirmed: number;
}

/** Where nothing was screened, values are exact as they are. */
const screenedOf = (ranks: readonly MomentRanks[]): ExactCandidates => ({
  values: ranks.map(({ candidates }) => candidates.map(({ screened }) => screened)),
  confirmed: 0,
});
