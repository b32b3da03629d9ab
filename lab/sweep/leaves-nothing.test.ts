import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../scenarios/fault.ts";
import { loadPlan } from "../plans/load.ts";
import { openBullExecutor } from "../remote/bull-executor.ts";
import { FolderStore } from "../store/result-store.ts";
import { localExecutor } from "./local-executor.ts";
import { runSweep, type SweepRequest } from "./sweep.ts";
import { quickPlan, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const at = (name: string) => join(place, name);
const plan = loadPlan(quickPlan(place, "plan", { seeds: 1, tables: ["flock_supply"] }));

const refused = new InputError([{ file: "--redis", field: "", problem: "refused", remedy: "" }]);
const refuse: SweepRequest["openExecutor"] = () => {
  throw refused;
};
const sweepInto = (outDir: string, openExecutor: SweepRequest["openExecutor"] = refuse) =>
  runSweep({ plan, outDir, workers: 0, openExecutor });

test("a sweep that is refused before its first run leaves no folder that it made", async () => {
  await expect(sweepInto(at("a/b/out"))).rejects.toBe(refused);
  expect(existsSync(at("a"))).toBe(false);
});

test("what was there before stays: empty folders, and what lies beside", async () => {
  mkdirSync(at("empty"));
  await expect(sweepInto(at("empty"))).rejects.toBe(refused);
  expect(readdirSync(at("empty"))).toEqual([]);
  mkdirSync(at("runs"));
  writeFileSync(at("runs/notes.txt"), "mine");
  await expect(sweepInto(at("runs/out"))).rejects.toBe(refused);
  expect(readdirSync(at("runs"))).toEqual(["notes.txt"]);
});

test("what comes into the new folder meanwhile stays with it", async () => {
  const comes: SweepRequest["openExecutor"] = (_, { dir }) => {
    writeFileSync(join(dir, "notes.txt"), "mine");
    throw refused;
  };
  await expect(sweepInto(at("c/out"), comes)).rejects.toBe(refused);
  expect(readdirSync(at("c/out"))).toEqual(["notes.txt"]);
});

test("a sweep that has recorded a run, or began earlier, stays", async () => {
  let count = 0;
  const second: SweepRequest["openExecutor"] = (job, folder) => {
    const inner = localExecutor(job, folder.shards, 0);
    return {
      slots: 1,
      run: (task) => (++count === 2 ? Promise.reject(refused) : inner.run(task)),
      stop: () => inner.stop(),
      close: () => inner.close(),
    };
  };
  await expect(sweepInto(at("d"), second)).rejects.toBe(refused);
  const kept = ["runs.journal", "shards", "sweep.json"];
  expect(readdirSync(at("d")).sort()).toEqual(kept);
  await expect(sweepInto(at("d"))).rejects.toBe(refused);
  expect(readdirSync(at("d")).sort()).toEqual(kept);
  const stopped = AbortSignal.abort();
  await runSweep({ plan, outDir: at("e"), workers: 0, signal: stopped });
  await expect(sweepInto(at("e"))).rejects.toBe(refused);
  expect(readdirSync(at("e")).sort()).toEqual(kept);
});

test("a Redis where nobody answers, or that is none, costs no folder, results neither", async () => {
  for (const redisUrl of ["redis://127.0.0.1:1", "http://127.0.0.1"]) {
    const results = new FolderStore(at("results"));
    const sweeping = sweepInto(at("f"), (job, folder) =>
      openBullExecutor(job, folder, { redisUrl, results, blockRuns: 1 }),
    );
    await expect(sweeping).rejects.toThrow(/^--redis: (nobody answers at|".*" is no address)/);
    expect([existsSync(at("f")), existsSync(at("results"))]).toEqual([false, false]);
  }
});
