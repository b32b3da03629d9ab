/** What a worker does with a task: threads for its sweep, its runs, results into the store. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Source } from "../../scenarios/data-folder.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import type { ResultStore } from "../store/result-store.ts";
import { sourcesAt } from "../sweep/identity.ts";
import { localExecutor } from "../sweep/local-executor.ts";
import { type Executor, type Job, TaskCrashed } from "../sweep/task.ts";
import { version } from "../version.ts";
import {
  isFinal,
  type JobFile,
  jobKey,
  readResult,
  type TaskAnswer,
  type TaskMessage,
  taskAddress,
  taskKey,
} from "./protocol.ts";
import { makeWorkFolder } from "./work-folder.ts";

export interface DeskOptions {
  readonly results: ResultStore;
  readonly threads: number;
  readonly onLine?: (line: string) => void;
  /** Of tests: another executor than threads of this process. */
  readonly openExecutor?: (job: Job, shardFolder: string, threads: number) => Executor;
}

/** The threads of one sweep. */
interface Bench {
  readonly executor: Executor;
  readonly folder: string;
  /** Tasks at work on it. */
  busy: number;
}

/** Why no task of a sweep can be done here. */
class Unfit extends Error {}

/**
 * Keeps threads for the sweep of the latest task. Those of another sweep end when its tasks under
 * way have: two sweeps that share a worker do not disturb each other.
 */
export class Desk {
  private readonly benches = new Map<string, Promise<Bench>>();
  private latest = "";

  constructor(private readonly options: DeskOptions) {}

  /** Never throws: what cannot be done is an answer. */
  async carryOut(message: TaskMessage): Promise<TaskAnswer> {
    const address = taskAddress(message);
    try {
      // Somebody who died after the last file and before the answer has done it all.
      const known = await readResult(this.options.results, address);
      if (known && isFinal(known)) return { kind: "stored", milliseconds: 0 };
      const milliseconds = await this.onBench(message.digest, (bench) =>
        this.make(bench, message, address),
      );
      return { kind: "stored", milliseconds };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (error instanceof TaskCrashed) return { kind: "crashed", run: error.run, message: text };
      if (error instanceof Unfit) return { kind: "unfit", message: text };
      // A full disk, a store that refuses: no fault of the run, which must not count as failed.
      return { kind: "unfit", message: `a worker cannot go on: ${text.split("\n")[0]}` };
    }
  }

  async close(): Promise<void> {
    for (const bench of this.benches.values()) await bench.then(clear, () => {});
    this.benches.clear();
  }

  private async make(
    { executor, folder }: Bench,
    { runs, hasRows }: TaskMessage,
    address: string,
  ): Promise<number> {
    const { results } = this.options;
    const place = join(folder, address);
    try {
      const { entries, shard, milliseconds } = await executor.run({
        ...{ runs, shard: hasRows ? address : null },
      });
      for (const { table } of shard?.files ?? []) {
        const bytes = readFileSync(join(place, `${table}.arrow`));
        await results.put(taskKey(address, `${table}.arrow`), bytes);
      }
      const result = Buffer.from(JSON.stringify({ entries, shard }));
      await results.put(taskKey(address, "result.json"), result);
      return milliseconds;
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }

  private async onBench<Result>(
    digest: string,
    work: (bench: Bench) => Promise<Result>,
  ): Promise<Result> {
    this.latest = digest;
    const opening = this.benches.get(digest) ?? this.begin(digest);
    this.benches.set(digest, opening);
    let bench: Bench;
    try {
      bench = await opening;
    } catch (error) {
      // What is missing may be there when the next task comes.
      if (this.benches.get(digest) === opening) this.benches.delete(digest);
      throw error;
    }
    bench.busy++;
    try {
      await this.clearOthers();
      return await work(bench);
    } finally {
      bench.busy--;
      await this.clearOthers();
    }
  }

  /** Ends the threads of sweeps that are not the latest and have nothing under way. */
  private async clearOthers(): Promise<void> {
    for (const [digest, opening] of this.benches) {
      if (digest === this.latest) continue;
      const bench = await opening.catch(() => null);
      if (bench === null || bench.busy > 0 || digest === this.latest) continue;
      if (this.benches.delete(digest)) await clear(bench);
    }
  }

  /** Throws Unfit where this worker cannot do the sweep's tasks. */
  private async begin(digest: string): Promise<Bench> {
    const { results, threads, onLine, openExecutor = localExecutor } = this.options;
    const bytes = await results.get(jobKey(digest));
    if (!bytes) {
      throw new Unfit(`a worker has other --results: ${results.place} does not know this sweep`);
    }
    const file = JSON.parse(Buffer.from(bytes).toString("utf8")) as JobFile;
    const { identity, limits } = file;
    if (identity.version !== version) {
      throw new Unfit(`a worker is hivelab ${version}, the sweep is of ${identity.version}`);
    }
    const scenarioPath = scenarioHere(file);
    onLine?.(`begins ${identity.definition.title}`);
    const job: Job = { definition: identity.definition, scenarioPath, limits };
    const folder = makeWorkFolder();
    return { folder, executor: openExecutor(job, folder, threads), busy: 0 };
  }
}

async function clear({ executor, folder }: Bench): Promise<void> {
  await executor.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The scenario on this machine: where it lay for the sweep, from here, or the shipped one. */
function scenarioHere({ identity, scenarioPath }: JobFile): string {
  const { definition, sources } = identity;
  const [own] = definition.scenario.sources;
  const name = basename(own.path);
  const places = [scenarioPath, resolve(own.path), join(scenariosFolder, name)];
  let problem = `a worker does not have ${own.path}; start it where the project lies`;
  for (const path of places.filter((one) => existsSync(one))) {
    const differing = firstDiffering(sources, sourcesAt(definition, path));
    if (differing === null) return path;
    problem = `a worker has another ${differing} than the sweep`;
  }
  throw new Unfit(problem);
}

function firstDiffering(wanted: readonly Source[], found: readonly Source[]): string | null {
  const differing = wanted.find(({ sha256 }, k) => found[k]?.sha256 !== sha256);
  return differing?.path ?? null;
}
