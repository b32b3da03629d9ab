import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { FolderStore, type ResultStore } from "../store/result-store.ts";
import { identityOf, sweepDigest } from "../sweep/identity.ts";
import type { Executor, Task } from "../sweep/task.ts";
import { quickPlan, temporaryFolder } from "../sweep/testing.ts";
import { Desk } from "./desk.ts";
import { jobKey } from "./protocol.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const results = new FolderStore(join(place, "results"));

/** Makes a sweep known to the store; the digest is its name. */
async function sweepOf(name: string, store: ResultStore = results): Promise<string> {
  const plan = loadPlan(quickPlan(place, name));
  const identity = identityOf(plan);
  const digest = sweepDigest(identity);
  const file = { identity, scenarioPath: plan.scenarioPath, limits: {} };
  await store.put(jobKey(digest), Buffer.from(JSON.stringify(file)));
  return digest;
}

/** An executor whose tasks end when they are told to. */
class Slow implements Executor {
  readonly slots = 1;
  isClosed = false;
  readonly ending: (() => void)[] = [];

  constructor(readonly folder: string) {}

  async run({ runs }: Task) {
    await new Promise<void>((end) => this.ending.push(end));
    if (this.isClosed) throw new Error("its threads are gone");
    const entries = runs.map((run) => ({ run, status: "done" as const, outcomes: [1, 1] }));
    return { entries, shard: null, milliseconds: 1 };
  }
  stop() {}
  async close() {
    this.isClosed = true;
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

test("two sweeps share a worker: the threads of one end when its tasks have, not before", async () => {
  const [one, other] = [await sweepOf("one"), await sweepOf("other")];
  const made: Slow[] = [];
  const desk = new Desk({
    ...{ results, threads: 1 },
    openExecutor: (_, folder) => {
      made.push(new Slow(folder));
      return made.at(-1)!;
    },
  });
  const ask = (digest: string, run: number) =>
    desk.carryOut({ digest, runs: [run], hasRows: false });
  const first = ask(one, 0);
  await turn();
  const second = ask(other, 0);
  await turn();
  expect(made.map(({ isClosed }) => isClosed)).toEqual([false, false]);
  made[0].ending[0]();
  expect(await first).toMatchObject({ kind: "stored" });
  expect(made.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(existsSync(made[0].folder)).toBe(false);
  made[1].ending[0]();
  expect(await second).toMatchObject({ kind: "stored" });
  await desk.close();
  expect(made[1].isClosed).toBe(true);
  expect(existsSync(made[1].folder)).toBe(false);
});

test("what was missing for one task may be there for the next", async () => {
  const late = new FolderStore(join(place, "late"));
  const desk = new Desk({ results: late, threads: 0 });
  const digest = await sweepOf("late");
  const message = { digest, runs: [0], hasRows: false };
  expect(await desk.carryOut(message)).toMatchObject({
    ...{ kind: "unfit", message: expect.stringContaining("does not know this sweep") },
  });
  await sweepOf("late", late);
  expect(await desk.carryOut(message)).toMatchObject({ kind: "stored" });
  await desk.close();
});

test("a store that does not answer makes no run fail", async () => {
  const broken: ResultStore = {
    place: "s3://bucket",
    get: () => Promise.reject(new Error("s3://bucket: GET answered 503 SlowDown")),
    put: () => Promise.reject(new Error("s3://bucket: PUT answered 503 SlowDown")),
  };
  const desk = new Desk({ results: broken, threads: 0 });
  expect(await desk.carryOut({ digest: "00", runs: [0], hasRows: false })).toEqual({
    ...{ kind: "unfit" },
    message: "a worker cannot go on: s3://bucket: GET answered 503 SlowDown",
  });
});
