import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { query } from "../query.ts";
import { readSweep } from "../sensitivity/read-sweep.ts";
import { mergeSweeps } from "./merge.ts";
import { runSweep } from "./sweep.ts";
import { quickPlan, tableHashes, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const at = (name: string) => join(place, name);

const quick = { tables: ["flock_supply"], seeds: 3, rest: 'constraints: ["wait < 2"]' };
const plan = loadPlan(quickPlan(place, "parts", quick));
const part = (index: number, outDir = at(`part-${index}`)) =>
  runSweep({ plan, outDir, workers: 0, part: { index, of: 3 } });
const fault = async (work: Promise<unknown>): Promise<string> =>
  ((await work.catch((error: unknown) => error)) as Error).message.replaceAll(`${place}/`, "");

beforeAll(async () => {
  await runSweep({ plan, outDir: at("whole"), workers: 0 });
  for (const index of [0, 1, 2]) await part(index);
});

test("parts in any order become what one machine would have made", async () => {
  const dirs = [2, 0, 1].map((index) => at(`part-${index}`));
  const manifest = await mergeSweeps({ dirs, outDir: at("merged") });
  expect(manifest?.runs).toEqual({ done: 6, failed: 0, same: 0, rejected: 3 });
  expect(tableHashes(at("merged"))).toEqual(tableHashes(at("whole")));
  expect(readdirSync(join(at("part-0"), "shards")).length).toBeGreaterThan(0);
});

test("merged again, they stay; with their tables lost, they are made again from the parts", async () => {
  const request = { dirs: [0, 1, 2].map((index) => at(`part-${index}`)), outDir: at("twice") };
  const first = await mergeSweeps(request);
  expect(await mergeSweeps(request)).toEqual(first);
  rmSync(join(at("twice"), "tables"), { recursive: true });
  expect((await mergeSweeps(request))?.runs).toEqual(first?.runs);
  expect(tableHashes(at("twice"))).toEqual(tableHashes(at("whole")));
});

test("parts are only read: a half line at the end, and whoever is at work there, stay", async () => {
  const journal = join(at("part-2"), "runs.journal");
  const whole = readFileSync(journal);
  const half = Buffer.concat([whole, Buffer.from('0123456789abcdef {"run":')]);
  writeFileSync(journal, half);
  const lock = join(at("part-2"), "lock");
  writeFileSync(lock, "1 elsewhere\n");
  const dirs = [0, 1, 2].map((index) => at(`part-${index}`));
  await mergeSweeps({ dirs, outDir: at("merged-read") });
  expect(tableHashes(at("merged-read"))).toEqual(tableHashes(at("whole")));
  expect(readFileSync(journal)).toEqual(half);
  expect(readFileSync(lock, "utf8")).toBe("1 elsewhere\n");
  writeFileSync(journal, whole);
  rmSync(lock);
});

test("a part that is missing is named, and what is there is not touched", async () => {
  const merging = mergeSweeps({ dirs: [at("part-0"), at("part-2")], outDir: at("gap") });
  expect(await fault(merging)).toBe(
    "hivelab merge: run 1 and 1 others are in none of the folders; finish `hivelab sweep --shard 2/3`",
  );
  expect(await fault(mergeSweeps({ dirs: [at("part-0"), place], outDir: at("gap") }))).toMatch(
    /holds no sweep; name a folder that/,
  );
});

test("parts of different sweeps are told apart", async () => {
  const other = loadPlan(quickPlan(place, "other", { ...quick, seeds: 2 }));
  await runSweep({ plan: other, outDir: at("other"), workers: 0 });
  const merging = mergeSweeps({ dirs: [at("part-0"), at("other")], outDir: at("mixed") });
  expect(await fault(merging)).toMatch(/^other: is a part of another sweep than part-0;/);
});

test("a broken shard is told, with what makes it again; then the parts merge", async () => {
  const shards = join(at("part-1"), "shards");
  const [name] = readdirSync(shards);
  const path = join(shards, name, "flock_supply.arrow");
  // Another file, not the one that is linked into what was merged before.
  const bytes = Buffer.from(readFileSync(path));
  bytes[200] ^= 255;
  rmSync(path);
  writeFileSync(path, bytes);
  const dirs = [0, 1, 2].map((index) => at(`part-${index}`));
  expect(await fault(mergeSweeps({ dirs, outDir: at("mended") }))).toMatch(
    /^part-1: shards\/.*flock_supply\.arrow has changed; give its .* --shard 2\/3$/,
  );
  await part(1);
  await mergeSweeps({ dirs, outDir: at("mended") });
  expect(tableHashes(at("mended"))).toEqual(tableHashes(at("whole")));
});

test("who asks a part for its tables is told to merge", async () => {
  const dir = at("part-0");
  const wanted = /^part-0: holds part 1 of 3; `hivelab merge` joins the parts$/;
  expect(await fault(query(dir, "select 1"))).toMatch(wanted);
  expect(await fault(Promise.resolve().then(() => readSweep(dir)))).toMatch(wanted);
});
