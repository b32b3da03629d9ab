/** Sweeps over workers of their own processes, with a real Redis between them. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { startFakeS3 } from "../store/testing-s3.ts";
import { runSweep } from "../sweep/sweep.ts";
import { quickPlan, tableHashes, temporaryFolder } from "../sweep/testing.ts";
import { version } from "../version.ts";
import { queueOf } from "./protocol.ts";

const bin = fileURLToPath(new URL("../../bin/hivelab.js", import.meta.url));
const place = temporaryFolder();
const children = new Set<ChildProcess>();
const at = (name: string) => join(place, name);
/** Many processes: while one works on the code they run when asked for, in CI always. */
const isWanted = Boolean(process.env.CI || process.env.HIVELAB_ALL);

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

/** A child that is ended with the tests; `end` says how it ended. */
function start(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn(command, args, {
    ...{ stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
  });
  children.add(child);
  let errors = "";
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    output += text;
  });
  child.stderr.on("data", (text: Buffer) => {
    errors += text;
  });
  const end = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, errors }));
  });
  // Where the program is missing, the output says so and the test fails.
  child.on("error", (error) => {
    errors += String(error);
  });
  return { child, end, output: () => output, errors: () => errors };
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

let url = "";
let redis: ReturnType<typeof start>;
const plan = quickPlan(place, "far", { days: 10, seeds: 12, tables: ["flock_supply"] });

async function startRedis(): Promise<void> {
  const port = url === "" ? await freePort() : Number(new URL(url).port);
  url = `redis://127.0.0.1:${port}`;
  const quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", place];
  redis = start("redis-server", ["--port", String(port), ...quiet]);
  await until(
    () => redis.errors() !== "" || redis.output().includes("Ready to accept connections"),
  );
  expect(redis.errors(), "Debian: apt-get install redis-server").toBe("");
}

const results = at("results");
const startWorker = (from = results, env = {}) => {
  const places = ["--redis", url, "--results", from];
  const args = [bin, "worker", ...places, "--workers", "1", "--lease", "1"];
  return start(process.execPath, args, { TMPDIR: place, ...env });
};
const startSweep = (out: string, to = results, env = {}, rest: readonly string[] = []) => {
  const places = ["--redis", url, "--results", to, "--batch", "2", "--out", out, ...rest];
  return start(process.execPath, [bin, "sweep", plan, "--executor", "bullmq", ...places], env);
};
const resultCount = () =>
  existsSync(join(results, "tasks")) ? readdirSync(join(results, "tasks")).length : 0;
const runsIn = (out: string): number[] =>
  [...readFileSync(join(out, "runs.journal"), "utf8").matchAll(/"run":(\d+)/g)].map(([, run]) =>
    Number(run),
  );

describe.runIf(isWanted)("a sweep over Redis", { timeout: 240_000 }, () => {
  beforeAll(async () => {
    await startRedis();
    await runSweep({ plan: loadPlan(plan), outDir: at("here"), workers: 0 });
  });
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    rmSync(place, { recursive: true, force: true });
  });

  test("of which a worker is killed has every run once, and the tables of one thread", async () => {
    const victim = startWorker();
    const sweep = startSweep(at("far"));
    await until(() => resultCount() > 2);
    const heir = startWorker();
    await until(() => heir.output().includes("at work") && resultCount() > 4);
    victim.child.kill("SIGKILL");
    expect(await sweep.end).toEqual({ code: 0, errors: "" });
    expect(runsIn(at("far")).sort((a, b) => a - b)).toEqual([...Array(36).keys()]);
    expect(tableHashes(at("far"))).toEqual(tableHashes(at("here")));
    heir.child.kill("SIGTERM");
    expect((await heir.end).code).toBe(0);
    const workFolders = () => readdirSync(place).filter((name) => /^hivelab-worker-/.test(name));
    expect(workFolders()).toHaveLength(1);
    const next = startWorker();
    await until(() => next.output().includes("at work"));
    expect(next.output()).toMatch(/^removed what killed workers had left in .*: 1 folders\n/);
    expect(workFolders()).toEqual([]);
    next.child.kill("SIGTERM");
    await next.end;
  });

  test("is not seen by workers of other versions, and says that it waits for its own", async () => {
    const seen: string[] = [];
    const others = ["hivelab-tasks", queueOf("0.0.9")].map(
      (queue) =>
        new Worker(
          queue,
          async (job) => {
            seen.push(`${queue} ${job.id}`);
            return { kind: "unfit", message: "a worker is hivelab 0.0.9" };
          },
          { connection: { url, maxRetriesPerRequest: null } },
        ),
    );
    for (const other of others) await other.waitUntilReady();
    const sweep = startSweep(at("versions"), at("results-versions"));
    await until(() => sweep.errors().includes("\n"));
    expect(sweep.errors()).toBe(
      `no worker of hivelab ${version} is there yet: hivelab worker --redis URL --results ${at("results-versions")}\n`,
    );
    const own = startWorker(at("results-versions"));
    expect((await sweep.end).code).toBe(0);
    expect(tableHashes(at("versions"))).toEqual(tableHashes(at("here")));
    expect(seen).toEqual([]);
    for (const other of others) await other.close();
    own.child.kill("SIGTERM");
    await own.end;
  });

  test("whose Redis goes away says so in one line, and goes on when it is back", async () => {
    rmSync(results, { recursive: true });
    const worker = startWorker();
    const sweep = startSweep(at("gone"));
    await until(() => resultCount() > 2);
    redis.child.kill("SIGKILL");
    const { code, errors } = await sweep.end;
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^hivelab: Redis at redis:\/\/127\.0\.0\.1:\d+ is gone; \d+ of 36 runs are kept, and the same command goes on\n$/,
    );
    await until(() => worker.output().includes("is gone; waiting for it"));
    const refused = await startSweep(at("gone")).end;
    expect(refused.code).toBe(2);
    expect(refused.errors).toMatch(
      /^--redis: nobody answers at redis:.*; start redis-server there\n$/,
    );
    expect(existsSync(join(at("gone"), "sweep.json"))).toBe(true);
    const never = await startSweep(at("never/here"), at("never/results")).end;
    expect(never).toEqual(refused);
    expect(existsSync(at("never"))).toBe(false);
    await startRedis();
    expect(await startSweep(at("gone")).end).toEqual({ code: 0, errors: "" });
    expect(tableHashes(at("gone"))).toEqual(tableHashes(at("here")));
    expect(worker.output()).toContain("is back");
    const other = await startSweep(at("elsewhere"), at("other-results")).end;
    expect(other.errors).toMatch(
      /^hivelab: .* does not have what a worker made: give all the same --results; 0 of 36/,
    );
    worker.child.kill("SIGTERM");
    await worker.end;
  });

  test("with another password than Redis has is told so, at the sweep and at the worker", async () => {
    const port = await freePort();
    const guarded = start("redis-server", [
      ...["--port", String(port), "--save", "", "--bind", "127.0.0.1", "--dir", place],
      ...["--requirepass", "secret"],
    ]);
    await until(() => guarded.output().includes("Ready to accept connections"));
    const wants =
      /^--redis: redis:\/\/127\.0\.0\.1:\d+ wants another password; redis:\/\/:password@/;
    for (const user of ["", ":wrong@"]) {
      const places = ["--redis", `redis://${user}127.0.0.1:${port}`, "--results", results];
      const worker = await start(process.execPath, [bin, "worker", ...places]).end;
      expect([worker.code, worker.errors]).toEqual([2, expect.stringMatching(wants)]);
    }
    const places = ["--redis", `redis://:secret@127.0.0.1:${port}`, "--results", results];
    const worker = start(process.execPath, [bin, "worker", ...places]);
    await until(() => worker.output().includes("at work") || worker.errors() !== "");
    expect(worker.errors()).toBe("");
    expect(worker.output()).not.toContain("secret");
    worker.child.kill("SIGTERM");
    await worker.end;
    guarded.child.kill();
  });

  test("whose results travel through S3, in two parts, is what one thread makes", async () => {
    const s3 = await startFakeS3({ id: "KEY", secret: "SECRET", region: "eu-test-1" });
    const bucket = "s3://bucket/sweeps";
    const worker = startWorker(bucket, s3.env);
    const parts = ["1", "2"].map((part) => at(`s3-part-${part}`));
    for (const [k, part] of parts.entries()) {
      const sweep = startSweep(part, bucket, s3.env, ["--shard", `${k + 1}/2`]);
      s3.busy = 2;
      expect(await sweep.end).toEqual({ code: 0, errors: "" });
    }
    const merge = [bin, "merge", ...parts, "--out", at("s3-whole")];
    expect((await start(process.execPath, merge).end).code).toBe(0);
    expect(tableHashes(at("s3-whole"))).toEqual(tableHashes(at("here")));
    expect(s3.refusals).toEqual([]);
    const objects = [...s3.objects.keys()];
    expect(objects.length).toBeGreaterThanOrEqual(2 * 18);
    expect(objects.every((key) => key.startsWith("/bucket/sweeps/"))).toBe(true);

    const other = { ...s3.env, AWS_SECRET_ACCESS_KEY: "OTHER" };
    const refused = await startSweep(at("s3-refused"), bucket, other, ["--shard", "1/3"]).end;
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/^hivelab: .*403 SignatureDoesNotMatch.*\n$/);
    worker.child.kill("SIGTERM");
    await worker.end;
    s3.close();
  });
});
