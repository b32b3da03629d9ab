/** A connection to Redis that says when it is gone. */
import type * as Bull from "bullmq";
import type { Redis } from "ioredis";
import { InputError } from "../../scenarios/fault.ts";

const refuse = (problem: string, remedy: string): InputError =>
  new InputError([{ file: "--redis", field: "", problem, remedy }]);

interface Libraries {
  readonly Queue: typeof Bull.Queue;
  readonly QueueEvents: typeof Bull.QueueEvents;
  readonly Worker: typeof Bull.Worker;
  readonly Client: typeof Redis;
}

/** Both are optional dependencies. Throws InputError where they are missing. */
export async function bullmq(): Promise<Libraries> {
  try {
    const [{ Queue, QueueEvents, Worker }, { Redis: Client }] = await Promise.all([
      import("bullmq"),
      import("ioredis"),
    ]);
    return { Queue, QueueEvents, Worker, Client };
  } catch {
    throw refuse("BullMQ is not installed", "npm install bullmq ioredis");
  }
}

/** redis://host:port without what is secret in it. */
export function shownRedis(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}

const PATIENCE_MS = 5_000;

/** Throws InputError for what is no address, and where nobody answers there. */
export async function connect(
  Client: typeof Redis,
  url: string,
  options: { readonly isBlocking: boolean },
): Promise<Redis> {
  if (!/^rediss?:\/\/[^/\s]+/.test(url) || !URL.canParse(url)) {
    throw refuse(`${JSON.stringify(url)} is no address of Redis`, "redis://host:6379");
  }
  const connection = new Client(url, {
    ...{ lazyConnect: true, connectTimeout: PATIENCE_MS },
    // BullMQ wants this of connections on which it waits.
    maxRetriesPerRequest: options.isBlocking ? null : 1,
    retryStrategy: (times: number) => Math.min(1_000, 50 * times),
  });
  const said: string[] = [];
  connection.on("error", ({ message }: Error) => {
    if (said.length < 10) said.push(message);
  });
  try {
    await Promise.race([
      connection.connect(),
      new Promise((_, reject) => {
        connection.once("close", () => reject(new Error("closed")));
      }),
    ]);
    // Without a password a connection is made, and each command refused.
    await connection.ping();
    return connection;
  } catch (error) {
    connection.disconnect();
    said.push(error instanceof Error ? error.message : String(error));
    const place = shownRedis(url);
    if (said.some((text) => /NOAUTH|WRONGPASS|invalid password|without any password/.test(text))) {
      throw refuse(`${place} wants another password`, "redis://:password@host:6379");
    }
    throw refuse(`nobody answers at ${place}`, "start redis-server there");
  }
}

/** Calls back when the connection has been away for a while, and when it is there again. */
export function watchConnection(
  connection: Redis,
  onGone: () => void,
  onBack: () => void = () => {},
): () => void {
  let timer: NodeJS.Timeout | null = null;
  let isGone = false;
  const closed = () => {
    timer ??= setTimeout(() => {
      isGone = true;
      onGone();
    }, PATIENCE_MS);
  };
  const ready = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (isGone) onBack();
    isGone = false;
  };
  connection.on("close", closed);
  connection.on("ready", ready);
  return () => {
    if (timer) clearTimeout(timer);
    connection.off("close", closed);
    connection.off("ready", ready);
  };
}
