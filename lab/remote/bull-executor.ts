/** Tasks on other machines: BullMQ on Redis hands them out, the result store brings them back. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Queue, QueueEvents } from "bullmq";
import type { Redis } from "ioredis";
import { placeFolder } from "../store/durable.ts";
import type { ResultStore } from "../store/result-store.ts";
import { shardFault } from "../store/shard.ts";
import { sweepDigest } from "../sweep/identity.ts";
import type { SweepFolder } from "../sweep/sweep-folder.ts";
import {
  type Executor,
  ExecutorGone,
  type Job,
  type Task,
  TaskCrashed,
  type TaskResult,
} from "../sweep/task.ts";
import { version } from "../version.ts";
import {
  isFinal,
  type JobFile,
  jobKey,
  QUEUE,
  readResult,
  type StoredResult,
  type TaskAnswer,
  type TaskMessage,
  taskAddress,
  taskKey,
} from "./protocol.ts";
import { bullmq, connect, shownRedis, watchConnection } from "./redis.ts";

export interface BullOptions {
  readonly redisUrl: string;
  readonly results: ResultStore;
  /** Runs a task. */
  readonly blockRuns: number;
  /** One line about something that a person should know. */
  readonly onNote?: (line: string) => void;
}

/** Tasks that are handed out at a time: enough for many workers, and no more than can be lost. */
const SLOTS = 128;
const ASK_AGAIN_MS = 5_000;

export async function openBullExecutor(
  job: Job,
  folder: SweepFolder,
  options: BullOptions,
): Promise<Executor> {
  const { Queue: BullQueue, QueueEvents: BullEvents, Client } = await bullmq();
  const connection = await connect(Client, options.redisUrl, { isBlocking: false });
  const listening = await connect(Client, options.redisUrl, { isBlocking: true });
  const queue = new BullQueue(QUEUE, { connection });
  const events = new BullEvents(QUEUE, { connection: listening });
  queue.on("error", () => {});
  events.on("error", () => {});
  await events.waitUntilReady();
  const { identity } = folder.file;
  const { scenarioPath, limits } = job;
  const file: JobFile = { identity, scenarioPath, limits };
  const digest = sweepDigest(identity);
  await options.results.put(jobKey(digest), Buffer.from(JSON.stringify(file)));
  return new BullExecutor({ queue, events, connection, listening }, folder, digest, options);
}

interface Lines {
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly connection: Redis;
  readonly listening: Redis;
}

interface Waiting {
  readonly message: TaskMessage;
  readonly settle: (answer: TaskAnswer) => void;
  readonly fail: (error: Error) => void;
}

class BullExecutor implements Executor {
  readonly slots = SLOTS;
  readonly blockRuns: number;
  private readonly waiting = new Map<string, Waiting>();
  private readonly timer: NodeJS.Timeout;
  private readonly unwatch: () => void;
  private gone: ExecutorGone | null = null;
  private isStopped = false;
  private isToldOfNobody = false;

  constructor(
    private readonly lines: Lines,
    private readonly folder: SweepFolder,
    private readonly digest: string,
    private readonly options: BullOptions,
  ) {
    this.blockRuns = options.blockRuns;
    const { events, connection } = lines;
    events.on("completed", ({ jobId, returnvalue }) => {
      this.answered(jobId, returnvalue as unknown as TaskAnswer);
    });
    events.on("failed", ({ jobId, failedReason }) => {
      this.answered(jobId, {
        kind: "crashed",
        run: -1,
        message: `its worker ended (${failedReason})`,
      });
    });
    this.unwatch = watchConnection(connection, () =>
      this.end(new ExecutorGone(`Redis at ${shownRedis(options.redisUrl)} is gone`)),
    );
    this.timer = setInterval(() => void this.askAgain().catch(() => {}), ASK_AGAIN_MS);
  }

  async run({ runs, shard }: Task): Promise<TaskResult> {
    const message: TaskMessage = { digest: this.digest, runs, hasRows: shard !== null };
    const address = taskAddress(message);
    const { results } = this.options;
    const known = await readResult(results, address);
    if (known && isFinal(known)) return this.fetch(address, known, 0);
    if (this.gone) throw this.gone;
    if (this.isStopped) return nothing;
    const answer = await this.ask(address, message);
    if (answer === null) return nothing;
    if (answer.kind === "unfit") throw new ExecutorGone(answer.message);
    if (answer.kind === "crashed") throw new TaskCrashed(answer.run, answer.message);
    const stored = await readResult(results, address);
    if (!stored)
      throw new ExecutorGone(
        `${results.place} does not have what a worker made: give all the same --results`,
      );
    return this.fetch(address, stored, answer.milliseconds);
  }

  /** Jobs that nobody has begun are taken back; those under way end up in the store. */
  stop(): void {
    this.isStopped = true;
    for (const [address, { fail }] of this.waiting) {
      if (!this.gone) void this.lines.queue.remove(address).catch(() => {});
      fail(new Stopped());
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.unwatch();
    const { queue, events, connection, listening } = this.lines;
    if (!this.gone) await Promise.allSettled([queue.close(), events.close()]);
    connection.disconnect();
    listening.disconnect();
  }

  /** Null where the sweep was stopped meanwhile. */
  private async ask(address: string, message: TaskMessage): Promise<TaskAnswer | null> {
    const answer = new Promise<TaskAnswer>((settle, fail) => {
      this.waiting.set(address, { message, settle, fail });
    });
    // It may fail while the task is still being handed over.
    answer.catch(() => {});
    try {
      await this.hand(address, message).catch((error: Error) => {
        // Redis may be away for a moment; askAgain hands it over later, or the watch ends it all.
        if (this.gone) throw this.gone;
        void error;
      });
      return await answer;
    } catch (error) {
      if (error instanceof Stopped) return null;
      throw error;
    } finally {
      this.waiting.delete(address);
    }
  }

  private async hand(address: string, message: TaskMessage): Promise<void> {
    const { queue } = this.lines;
    await queue.add("task", message, {
      ...{ jobId: address, removeOnComplete: true, removeOnFail: true },
    });
  }

  private answered(address: string, answer: TaskAnswer): void {
    this.waiting.get(address)?.settle(answer);
  }

  /** What a Redis that was started anew has forgotten is handed out again. */
  private async askAgain(): Promise<void> {
    for (const [address, { message, settle }] of this.waiting) {
      if (await this.lines.queue.getJob(address)) continue;
      const known = await readResult(this.options.results, address);
      if (known) settle({ kind: "stored", milliseconds: 0 });
      else await this.hand(address, message);
    }
    if (this.waiting.size === 0 || this.isToldOfNobody) return;
    if ((await this.lines.queue.getWorkersCount()) > 0) return;
    this.isToldOfNobody = true;
    this.options.onNote?.(
      `no worker of hivelab ${version} is there yet: hivelab worker --redis URL --results ${this.options.results.place}`,
    );
  }

  private end(error: ExecutorGone): void {
    this.gone = error;
    for (const { fail } of this.waiting.values()) fail(error);
  }

  /** Brings the rows into the sweep's folder, checked. */
  private async fetch(
    address: string,
    { entries, shard }: StoredResult,
    milliseconds: number,
  ): Promise<TaskResult> {
    if (!shard) return { entries, shard, milliseconds };
    const { shards } = this.folder;
    const files = await Promise.all(
      shard.files.map(async ({ table }) => {
        const bytes = await this.options.results.get(taskKey(address, `${table}.arrow`));
        return { table, bytes: bytes ?? new Uint8Array() };
      }),
    );
    placeFolder(join(shards, shard.shard), (hidden) => {
      for (const { table, bytes } of files) writeFileSync(join(hidden, `${table}.arrow`), bytes);
    });
    const fault = shardFault(shards, shard);
    if (fault !== null) {
      const { place } = this.options.results;
      throw new ExecutorGone(`${place}/${taskKey(address, fault)}; remove its folder`);
    }
    return { entries, shard, milliseconds };
  }
}

class Stopped extends Error {}

const nothing: TaskResult = { entries: [], shard: null, milliseconds: 0 };
