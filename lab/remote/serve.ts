/** `hivelab worker`: takes tasks of any sweep from Redis and puts results into the store. */
import { tmpdir } from "node:os";
import type { ResultStore } from "../store/result-store.ts";
import { version } from "../version.ts";
import { Desk } from "./desk.ts";
import { QUEUE, type TaskAnswer, type TaskMessage } from "./protocol.ts";
import { bullmq, connect, shownRedis, watchConnection } from "./redis.ts";
import { removeLeftFolders } from "./work-folder.ts";

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
  const left = removeLeftFolders();
  if (left > 0) say(`removed what killed workers had left in ${tmpdir()}: ${left} folders`);
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
  say(`hivelab ${version} at work for ${place}, results to ${options.results.place}`);
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
