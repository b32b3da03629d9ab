import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../scenarios/fault.ts";
import { loadAnyScenario } from "../../scenarios/load-flock.ts";
import { MemorySink } from "../../sim/records.ts";
import { simulateScenario } from "../engine.ts";
import { loadPlan } from "../plans/load.ts";
import { DiskFull } from "../store/durable.ts";
import { localExecutor } from "./local-executor.ts";
import { runSweep, type SweepProgress, type SweepRequest } from "./sweep.ts";
import { type Executor, ExecutorGone, type Task, TaskCrashed } from "./task.ts";
import { type QuickPlan, quickPlan, rowsOf, tableHashes, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));

const request = (
  name: string,
  quick: QuickPlan = {},
  rest: Partial<SweepRequest> = {},
): SweepRequest => ({
  plan: loadPlan(quickPlan(place, name, quick)),
  outDir: join(place, `${name}-out`),
  workers: 0,
  ...rest,
});
const faultOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as Error).message.replaceAll(`${place}/`, "");
};

const whole: QuickPlan = {
  tables: ["flock_supply", "flock_operators", "flock_locks"],
  rest: 'constraints: ["wait != 1"]',
};

/** The local executor, with something that goes wrong. */
function spoiled(spoil: (task: Task, count: number) => void): Partial<SweepRequest> {
  return {
    openExecutor(job, folder): Executor {
      const inner = localExecutor(job, folder.shards, 0);
      let count = 0;
      return {
        slots: 1,
        run(task) {
          spoil(task, ++count);
          return inner.run(task);
        },
        stop: () => inner.stop(),
        close: () => inner.close(),
      };
    },
  };
}

describe("a sweep", () => {
  test("has one row a run, and the rows that each run has by itself", async () => {
    const { dir, counts } = await runSweep(request("whole", whole));
    expect(counts).toEqual({ done: 8, failed: 0, same: 0, rejected: 4 });
    const { plan } = request("whole", whole);
    const rows = rowsOf(dir);
    expect(rows.map(({ run, wait, status }) => [run, wait, status])).toEqual(
      Array.from({ length: 12 }, (_, run) => [
        run,
        [0.5, 1, 2][Math.floor(run / 4)],
        run >= 4 && run < 8 ? "rejected" : "done",
      ]),
    );
    expect(rows[5]).toMatchObject({ circulating: null, error: "wait != 1" });
    for (const run of [0, 9]) {
      const sink = new MemorySink();
      simulateScenario(loadAnyScenario(plan.scenarioPath, plan.at(run).sets), sink);
      for (const table of whole.tables!) {
        const own = rowsOf(dir, table).filter((row) => row.run === run);
        expect(own).toEqual(sink.objects(table).map((row) => ({ run, ...row })));
      }
      const last = sink.objects("flock_supply").at(-1)!;
      expect(rows[run]).toMatchObject({ circulating: last.circulating, seed: plan.at(run).seed });
    }
    expect(readdirSync(join(dir, "shards"))).toEqual([]);
  });

  test("counts to its end: rejected points and runs that are alike are settled too", async () => {
    const parameters = "  wait: { path: flock.taste.wait_cost_per_year, values: [1, 2, 1, 3, 1] }";
    const quick = { parameters, seeds: 1, rest: 'constraints: ["wait < 3"]' };
    const told: SweepProgress[] = [];
    const onProgress = (progress: SweepProgress) =>
      void (progress.phase === "runs" && told.push(progress));
    await runSweep({ ...request("counted", quick), onProgress });
    expect(told.at(0)).toMatchObject({ settled: 0, of: 5 });
    expect(told.at(-1)).toMatchObject({ settled: 5, of: 5 });
  });

  test("that is complete is left as it is", async () => {
    const again = await runSweep(
      request(
        "whole",
        whole,
        spoiled(() => expect.fail()),
      ),
    );
    expect(again.wasComplete).toBe(true);
    expect(again.counts.done).toBe(8);
  });

  test("makes runs that are alike once, also where their rows are kept", async () => {
    const parameters = "  wait: { path: flock.taste.wait_cost_per_year, values: [1, 2, 1, 1] }";
    const quick = { parameters, seeds: 1, tables: ["flock_supply"] };
    const { dir, counts } = await runSweep(request("alike", quick));
    expect(counts).toEqual({ done: 2, failed: 0, same: 2, rejected: 0 });
    const rows = rowsOf(dir);
    expect(rows.map(({ circulating }) => circulating === rows[0].circulating)).toEqual([
      ...[true, false, true, true],
    ]);
    expect(rows.map(({ key }) => key === rows[0].key)).toEqual([true, false, true, true]);
    expect(rowsOf(dir, "flock_supply").map(({ run }) => run)).toEqual(
      [0, 1, 2, 3].flatMap((run) => [run, run, run]),
    );
  });

  test("records a run that fails with its error, and goes on", async () => {
    const parameters = "  nodes: { path: flock.nodes.wealth_share, values: [0.1, 0.99, 0.2] }";
    const made = request("failing", { parameters, seeds: 1 });
    const { dir, counts } = await runSweep(made);
    expect(counts).toMatchObject({ done: 2, failed: 1 });
    const [, row] = rowsOf(dir);
    expect(row).toMatchObject({ status: "failed", circulating: null });
    expect(row.error).toMatch(/flock\.nodes\.wealth_share=0\.99: .* together hold more than all/);
    const again: number[] = [];
    const spy = spoiled(({ runs }) => void again.push(...runs));
    await runSweep({ ...made, ...spy, retryFailed: true });
    expect(again).toEqual([1]);
  });

  test("stops a run that takes longer than its limit", async () => {
    const rest = "limits: { run_seconds: 0.01 }";
    const { dir } = await runSweep(request("slow", { seeds: 1, days: 300, rest }));
    expect(rowsOf(dir).map(({ error }) => error)).toEqual(Array(3).fill("took longer than 0.01 s"));
  });
});

describe("what goes wrong costs no run that was recorded", () => {
  const bytes = async (name: string, spoil: (task: Task, count: number) => void) => {
    const { dir, counts } = await runSweep(request(name, whole, spoiled(spoil)));
    // The name of a plan is its title too; no byte of the tables depends on it.
    return { hashes: tableHashes(dir), counts, dir };
  };
  const undisturbed = () => tableHashes(join(place, "whole-out"));

  test("a worker that dies once with a run: made again", async () => {
    const { hashes } = await bytes("dies-once", ({ runs }, count) => {
      if (count === 2) throw new TaskCrashed(runs.at(-1)!, "its worker ended");
    });
    expect(hashes).toEqual(undisturbed());
  });

  test("a run that its worker dies of each time: recorded as failed", async () => {
    const { counts, dir } = await bytes("dies-always", ({ runs }) => {
      if (runs.includes(9)) throw new TaskCrashed(9, "its worker ended");
    });
    expect(counts).toMatchObject({ done: 7, failed: 1 });
    expect(rowsOf(dir)[9]).toMatchObject({ status: "failed", error: "its worker ended" });
  });

  test.each([
    ["the disk full", new DiskFull("out: the disk is full")],
    ["the machinery gone", new ExecutorGone("Redis is gone")],
  ])("%s: told, and the next call goes on", async (name, failure) => {
    const made = (spoil: (task: Task, count: number) => void) =>
      runSweep(request(name.replaceAll(" ", "-"), whole, spoiled(spoil)));
    const failing = made((_, count) => {
      if (count === 3) throw failure;
    });
    await expect(failing).rejects.toThrow(failure.message);
    const later: number[] = [];
    const { dir } = await made(({ runs }) => void later.push(...runs));
    expect(later).toHaveLength(6);
    expect(tableHashes(dir)).toEqual(undisturbed());
  });

  test("stopped in the middle: what is done is kept", async () => {
    const stopping = new AbortController();
    const made = request("stopped", whole, { signal: stopping.signal });
    const onProgress = ({ settled }: { settled: number }) => settled >= 7 && stopping.abort();
    const stopped = await runSweep({ ...made, onProgress: (now) => void onProgress(now) });
    expect(stopped.manifest).toBeNull();
    const later: number[] = [];
    const spy = spoiled(({ runs }) => void later.push(...runs));
    const { dir } = await runSweep({ ...made, signal: undefined, ...spy });
    expect(later.length).toBeLessThan(6);
    expect(tableHashes(dir)).toEqual(undisturbed());
  });

  test("a broken shard or line: told, and its runs made again", async () => {
    const made = request("broken", whole);
    const spoil = spoiled((_, count) => {
      if (count === 3) throw new ExecutorGone("stop here");
    });
    await expect(runSweep({ ...made, ...spoil })).rejects.toThrow("stop here");
    const shards = join(made.outDir, "shards");
    const [, second] = readdirSync(shards).sort();
    const path = join(shards, second, "flock_supply.arrow");
    const spoiledBytes = readFileSync(path);
    spoiledBytes[spoiledBytes.length >> 1] ^= 1;
    writeFileSync(path, spoiledBytes);
    const journal = join(made.outDir, "runs.journal");
    const lines = readFileSync(journal, "utf8").split("\n");
    writeFileSync(journal, lines.with(1, lines[1].replace("done", "d0ne")).join("\n"));
    const notes: string[] = [];
    const { dir } = await runSweep({ ...made, onNote: (line) => void notes.push(line) });
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/runs\.journal: 1 broken lines; their runs are made again$/);
    expect(notes[1]).toMatch(/^shards\/.*flock_supply\.arrow has changed; 1 runs are made again$/);
    expect(tableHashes(dir)).toEqual(undisturbed());
  });
});

describe("a folder that cannot be used costs nobody anything", () => {
  test("another sweep's", async () => {
    const other = request("whole", { ...whole, seeds: 5 });
    expect(await faultOf(runSweep(other))).toBe(
      "whole-out: holds another sweep (whole); name another folder with --out",
    );
    const part = { index: 0, of: 2 };
    expect(await faultOf(runSweep(request("whole", whole, { part })))).toMatch(/holds part 1\/1/);
    expect(existsSync(join(place, "whole-out", "manifest.json"))).toBe(true);
  });

  test("somebody's own, or one where another is at work", async () => {
    const outDir = join(place, "own");
    const made = { ...request("own-files", { seeds: 1 }), outDir };
    const { dir } = await runSweep(made);
    rmSync(join(dir, "sweep.json"));
    expect(await faultOf(runSweep(made))).toMatch(/^own: is not empty \(.*\) and holds no sweep/);
    rmSync(dir, { recursive: true });
    await runSweep(made);
    writeFileSync(join(dir, "lock"), "1 elsewhere\n");
    expect(await faultOf(runSweep(made))).toMatch(/another hivelab .*\(process 1 on elsewhere\)/);
  });
});
