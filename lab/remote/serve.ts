/** `hivelab worker`: takes tasks of any sweep from Redis and puts results into the store. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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
  QUEUE,
  readResult,
  type TaskAnswer,
  type TaskMessage,
  taskAddress,
  taskKey,
} from "./protocol.ts";
import { bullmq, connect, shownRedis, watchConnection } from "./redis.ts";

export interface ServeOptions {
  readonly redisUrl: string;
  readonly results: ResultStore;
  readonly threads: number;
  /** A worker that is silent for so long has died; its tasks go to another. */
  readonly leaseSeconds: number;
  /** Aborted: the tasks at work are finished, then it ends. */
  readonly signal: AbortSignal;
  readonly onLine?: (line: string) => void;
}

/** How often a task may lose its worker before it counts as failed. */
const MAX_LOST_WORKERS = 3;

/** Ends when the signal is aborted. Throws InputError where nobody answers. */
export async function serveTasks(options: ServeOptions): Promise<void> {
  const { Worker, Client } = await bullmq();
  const connection = await connect(Client, options.redisUrl, { isBlocking: true });
  const say = options.onLine ?? (() => {});
  const desk = new Desk(options);
  const leaseMs = options.leaseSeconds * 1_000;
  const worker = new Worker<TaskMessage, TaskAnswer>(QUEUE, (job) => desk.carryOut(job.data), {
    ...{ connection, concurrency: Math.max(1, options.threads) },
    ...{ lockDuration: leaseMs, stalledInterval: leaseMs / 2, maxStalledCount: MAX_LOST_WORKERS },
  });
  worker.on("error", () => {});
  const place = shownRedis(options.redisUrl);
  const unwatch = watchConnection(
    connection,
    () => say(`Redis at ${place} is gone; waiting for it`),
    () => say(`Redis at ${place} is back`),
  );
  await worker.waitUntilReady();
  say(`at work for ${place}, results to ${options.results.place}`);
  await new Promise<void>((end) => {
    if (options.signal.aborted) end();
    options.signal.addEventListener("abort", () => end());
  });
  unwatch();
  await Promise.race([worker.close(), untilClosed(connection)]);
  connection.disconnect();
  await desk.close();
}

/** A worker whose Redis is away has nothing to say good-bye to. */
const untilClosed = (connection: { status: string }): Promise<void> =>
  new Promise((end) => {
    const timer = setInterval(() => {
      if (connection.status === "ready") return;
      clearInterval(timer);
      end();
    }, 500);
    timer.unref();
  });

interface OpenJob {
  readonly digest: string;
  readonly executor: Executor;
  readonly folder: string;
}

/** Keeps the threads of the sweep at work; a task of another sweep takes their place. */
class Desk {
  private open: Promise<OpenJob | string> | null = null;
  private digest = "";

  constructor(private readonly options: ServeOptions) {}

  async carryOut(message: TaskMessage): Promise<TaskAnswer> {
    const { results } = this.options;
    const address = taskAddress(message);
    // Somebody who died after the last file and before the answer has done it all.
    const known = await readResult(results, address);
    if (known && isFinal(known)) return { kind: "stored", milliseconds: 0 };
    const open = await this.openJob(message.digest);
    if (typeof open === "string") return { kind: "unfit", message: open };
    const shard = message.hasRows ? address : null;
    const place = join(open.folder, address);
    try {
      const {
        entries,
        shard: made,
        milliseconds,
      } = await open.executor.run({
        ...{ runs: message.runs, shard },
      });
      for (const { table } of made?.files ?? []) {
        await results.put(
          taskKey(address, `${table}.arrow`),
          readFileSync(join(place, `${table}.arrow`)),
        );
      }
      const result = Buffer.from(JSON.stringify({ entries, shard: made }));
      await results.put(taskKey(address, "result.json"), result);
      return { kind: "stored", milliseconds };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (error instanceof TaskCrashed) return { kind: "crashed", run: error.run, message: text };
      // A full disk, a store that refuses: no fault of the run, which must not count as failed.
      return { kind: "unfit", message: `a worker cannot go on: ${text.split("\n")[0]}` };
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    const open = await this.open;
    if (!open || typeof open === "string") return;
    await open.executor.close();
    rmSync(open.folder, { recursive: true, force: true });
  }

  private async openJob(digest: string): Promise<OpenJob | string> {
    if (this.digest !== digest) {
      const before = this.open;
      this.digest = digest;
      this.open = this.begin(digest);
      await before?.then((open) => {
        if (typeof open !== "string") return open.executor.close();
      });
    }
    return this.open!;
  }

  /** The threads for a sweep, or why there are none. */
  private async begin(digest: string): Promise<OpenJob | string> {
    const { results, threads, onLine } = this.options;
    const bytes = await results.get(jobKey(digest));
    if (!bytes) return `a worker has other --results: ${results.place} does not know this sweep`;
    const file = JSON.parse(Buffer.from(bytes).toString("utf8")) as JobFile;
    const { identity, limits } = file;
    if (identity.version !== version) {
      return `a worker is hivelab ${version}, the sweep is of ${identity.version}`;
    }
    const found = scenarioHere(file);
    if (found.path === null) return found.problem;
    onLine?.(`begins ${identity.definition.title}`);
    const job: Job = { definition: identity.definition, scenarioPath: found.path, limits };
    const folder = mkdtempSync(join(tmpdir(), "hivelab-worker-"));
    return { digest, folder, executor: localExecutor(job, folder, threads) };
  }
}

/** The scenario on this machine: where it lay for the sweep, from here, or the shipped one. */
function scenarioHere({
  identity,
  scenarioPath,
}: JobFile): { path: string } | { path: null; problem: string } {
  const { definition, sources } = identity;
  const [own] = definition.scenario.sources;
  const name = basename(own.path);
  const places = [scenarioPath, resolve(own.path), join(scenariosFolder, name)];
  let problem = `a worker does not have ${own.path}; start it where the project lies`;
  for (const path of places.filter((one) => existsSync(one))) {
    const differing = firstDiffering(sources, sourcesAt(definition, path));
    if (differing === null) return { path };
    problem = `a worker has another ${differing} than the sweep`;
  }
  return { path: null, problem };
}

function firstDiffering(wanted: readonly Source[], found: readonly Source[]): string | null {
  const differing = wanted.find(({ sha256 }, k) => found[k]?.sha256 !== sha256);
  return differing?.path ?? null;
}
