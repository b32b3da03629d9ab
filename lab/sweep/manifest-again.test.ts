import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { localExecutor } from "./local-executor.ts";
import { runSweep, type SweepRequest, type SweepResult } from "./sweep.ts";
import { quickPlan, tableHashes, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const outDir = join(place, "out");
// One point is rejected, one list value is there twice, and one run fails.
const plan = loadPlan(
  quickPlan(place, "plan", {
    ...{ seeds: 1, tables: ["flock_supply"], rest: 'constraints: ["nodes != 0.15"]' },
    parameters: "  nodes: { path: flock.nodes.wealth_share, values: [0.1, 0.15, 0.99, 0.1] }",
  }),
);
const path = (name: string) => join(outDir, name);
const manifestPath = path("manifest.json");

/** Makes the sweep, and says which runs had to be made and what was told. */
async function again(
  rest: Partial<SweepRequest> = {},
): Promise<SweepResult & { made: number[]; notes: string[] }> {
  const made: number[] = [];
  const notes: string[] = [];
  const result = await runSweep({
    ...{ plan, outDir, workers: 0, onNote: (line) => void notes.push(line) },
    openExecutor(job, folder) {
      const inner = localExecutor(job, folder.shards, 0);
      return {
        slots: 1,
        run(task) {
          made.push(...task.runs);
          return inner.run(task);
        },
        stop: () => inner.stop(),
        close: () => inner.close(),
      };
    },
    ...rest,
  });
  return { ...result, made, notes };
}

const counts = { done: 1, failed: 1, same: 1, rejected: 1 };

beforeEach(async () => {
  rmSync(outDir, { recursive: true, force: true });
  expect((await again()).made).toEqual([0, 2]);
});

test.each([
  ["removed", () => rmSync(manifestPath)],
  ["cut short", () => writeFileSync(manifestPath, readFileSync(manifestPath).subarray(0, 99))],
])(
  "a manifest that was %s is written again from the tables, and no run is made",
  async (_, spoil) => {
    const { environment: _then, timings: _before, ...first } = read();
    const hashes = tableHashes(outDir);
    spoil();
    const { made, notes, wasComplete, counts: found } = await again();
    expect([made, wasComplete, found]).toEqual([[], true, counts]);
    expect(notes).toEqual(["the tables stand whole; manifest.json is written again"]);
    const { environment: _now, timings: _after, ...second } = read();
    expect(second).toEqual(first);
    expect(tableHashes(outDir)).toEqual(hashes);
    expect((await again()).notes).toEqual([]);
  },
);

test("killed after the tables and before the manifest: the shards are cleared away then", async () => {
  const shard = join(path("shards"), readShards()[0]);
  rmSync(manifestPath);
  writeFileSync(shard, "what was not removed yet");
  await again();
  expect(existsSync(shard)).toBe(false);
});

test.each(["arrow", "parquet"])(
  "a changed byte in an %s file makes the runs again",
  async (ending) => {
    const file = path(`tables/flock_supply.${ending}`);
    const hashes = tableHashes(outDir);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
    rmSync(manifestPath);
    expect((await again()).made).toEqual([0]);
    expect(tableHashes(outDir)).toEqual(hashes);
  },
);

test("tables of before a run that was recorded later are not taken for the sweep's", async () => {
  rmSync(manifestPath);
  const stopped = await again({ retryFailed: true });
  expect(stopped.made).toContain(2);
  expect(existsSync(manifestPath)).toBe(true);
  const journal = path("runs.journal");
  const lines = readFileSync(journal, "utf8").split("\n");
  const isTables = (line: string) => line.includes('{"tables":');
  expect(lines.filter(isTables)).toHaveLength(2);
  // The later record is lost: what follows the earlier one makes it void.
  writeFileSync(journal, lines.toSpliced(lines.findLastIndex(isTables), 1).join("\n"));
  rmSync(manifestPath);
  expect((await again()).notes).not.toContain(
    "the tables stand whole; manifest.json is written again",
  );
});

test("nor where a line after their record is broken", async () => {
  const journal = path("runs.journal");
  writeFileSync(journal, `${readFileSync(journal, "utf8")}0123456789abcdef {"run":2}\n`);
  rmSync(manifestPath);
  expect((await again()).made).toEqual([0]);
});

test("a part has no tables, and its manifest is made of its shards", async () => {
  const part = { part: { index: 0, of: 2 }, outDir: join(place, "part") };
  expect((await again(part)).made).toEqual([0, 2]);
  rmSync(join(place, "part", "manifest.json"));
  const second = await again(part);
  expect([second.made, second.wasComplete]).toEqual([[], false]);
  expect(readdirSync(join(place, "part", "shards"))).not.toEqual([]);
});

const read = () => JSON.parse(readFileSync(manifestPath, "utf8"));
const readShards = (): string[] =>
  [...readFileSync(path("runs.journal"), "utf8").matchAll(/\{"shard":"([^"]+)"/g)].map(
    ([, name]) => name,
  );
