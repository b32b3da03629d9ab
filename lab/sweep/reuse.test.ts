import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadPlan } from "../plans/load.ts";
import { runKeys, sweepDigest } from "./identity.ts";
import { KeyIndex } from "./key-index.ts";
import { resultsOf } from "./reuse.ts";
import { runSweep } from "./sweep.ts";
import { readSweepFile } from "./sweep-folder.ts";
import { quickPlan, rowsOf, tableHashes, temporaryFolder } from "./testing.ts";

const place = temporaryFolder();
afterAll(() => rmSync(place, { recursive: true, force: true }));
const at = (name: string) => join(place, name);
const few = loadPlan(quickPlan(place, "few", { seeds: 2 }));
const many = loadPlan(quickPlan(place, "many", { seeds: 3 }));
const journal = join(at("few"), "runs.journal");

beforeAll(async () => {
  await runSweep({ plan: few, outDir: at("few"), workers: 0 });
  await runSweep({ plan: many, outDir: at("many"), workers: 0 });
});

/** Makes `many` with what `few` has, and says how many runs had to be made. */
async function reused(outDir: string, notes: string[] = []): Promise<number> {
  const known = resultsOf([at("few")], (line) => notes.push(line.replaceAll(`${place}/`, "")));
  let taken = 0;
  await runSweep({
    ...{ plan: many, outDir, workers: 0 },
    knownElsewhere: (key) => {
      const result = known.find(key);
      if (result) taken++;
      return result;
    },
  });
  known.close();
  return 9 - taken;
}

/** Every file of a folder with its bytes, as text. */
const filesOf = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${name} ${readFileSync(join(parentPath, name), "latin1")}`)
    .sort();

const faultOf = (dir: string): string => {
  try {
    resultsOf([dir]).close();
    return "";
  } catch (error) {
    return (error as Error).message.replaceAll(`${place}/`, "");
  }
};

test("runs that another sweep has made are not made again", async () => {
  expect(await reused(at("many-reused"))).toBe(3);
  expect(tableHashes(at("many-reused"))).toEqual(tableHashes(at("many")));
});

test("where another process is at work, in a folder to read alone, nothing changes", async () => {
  const whole = readFileSync(journal);
  const lines = whole.toString().split("\n");
  // As it is while the last line is being written.
  writeFileSync(journal, whole.subarray(0, whole.lastIndexOf('"run":')));
  writeFileSync(join(at("few"), "lock"), "1 elsewhere\n");
  for (const name of ["runs.journal", "sweep.json"]) chmodSync(join(at("few"), name), 0o444);
  chmodSync(at("few"), 0o555);
  const before = filesOf(at("few"));
  expect(await reused(at("from-busy"))).toBe(4);
  expect(filesOf(at("few"))).toEqual(before);
  expect(tableHashes(at("from-busy"))).toEqual(tableHashes(at("many")));
  chmodSync(at("few"), 0o755);
  chmodSync(journal, 0o644);
  rmSync(join(at("few"), "lock"));

  // A broken line in the middle costs its run.
  writeFileSync(journal, lines.with(1, lines[1].replace("done", "d0ne")).join("\n"));
  const notes: string[] = [];
  expect(await reused(at("from-broken"), notes)).toBe(4);
  expect(notes).toEqual(["few/runs.journal: 1 broken lines; their runs are not taken over"]);
  writeFileSync(journal, whole);
});

test("lines that their sweep takes back meanwhile are not known any more", () => {
  const whole = readFileSync(journal);
  const known = resultsOf([at("few")]);
  const { identity } = readSweepFile(at("few"));
  const keys = Array.from({ length: few.size }, (_, run) => runKeys(identity)(few.at(run)));
  // Shorter than it was, before anything of it was asked for.
  writeFileSync(journal, "");
  expect(keys.map((key) => known.find(key))).toEqual(keys.map(() => undefined));
  known.close();
  writeFileSync(journal, whole);
  const again = resultsOf([at("few")]);
  const found = keys.map((key) => again.find(key)?.outcomes[0]);
  expect(found).toEqual(rowsOf(at("few")).map(({ circulating }) => circulating));
  expect(again.find(sweepDigest(identity))).toBeUndefined();
  again.close();
});

test("sweeps that keep rows say that none can be taken over", async () => {
  const plan = loadPlan(quickPlan(place, "rows", { seeds: 1, tables: ["flock_supply"] }));
  await runSweep({ plan, outDir: at("rows"), workers: 0 });
  const notes: string[] = [];
  resultsOf([at("rows")], (line) => notes.push(line.replaceAll(`${place}/`, ""))).close();
  expect(notes).toEqual(["rows: runs with tables (flock_supply) are not taken over"]);
});

test("what is no sweep, or one that cannot be read, is told in one line", () => {
  expect(faultOf(place)).toMatch(/holds no sweep; name a folder that `hivelab sweep` has written$/);
  expect(faultOf(at("nowhere"))).toMatch(/^nowhere: holds no sweep;/);
  const broken = at("broken");
  mkdirSync(broken);
  const path = join(broken, "sweep.json");
  const writes = (text: string) => writeFileSync(path, text);
  writes("{");
  expect(faultOf(broken)).toMatch(/^broken\/sweep\.json: not JSON;/);
  writes('{"format":"hivelab sweep 9"}');
  expect(faultOf(broken)).toMatch(/^broken\/sweep\.json: another format; this hivelab reads/);
  writes('{"format":"hivelab sweep 1"}');
  expect(faultOf(broken)).toMatch(/^broken\/sweep\.json: was changed;/);
  const file = readSweepFile(at("few"));
  writes(JSON.stringify(file));
  expect(faultOf(broken)).toMatch(/^broken: has no runs\.journal; name a folder/);
  mkdirSync(join(broken, "runs.journal"));
  expect(faultOf(broken)).toMatch(/^broken: runs\.journal cannot be read \(EISDIR\);/);
  rmSync(join(broken, "runs.journal"), { recursive: true });
  writeFileSync(join(broken, "runs.journal"), "");
  expect(faultOf(broken)).toBe("");
  const identity = { ...file.identity, version: "0.0.9" };
  writes(JSON.stringify({ ...file, identity, digest: sweepDigest(identity) }));
  expect(faultOf(broken)).toMatch(
    /^broken: holds a sweep made by hivelab 0\.0\.9, and this is .*; its results may be others: /,
  );
});

test("an index finds each run by its address, and none by another, however full it is", () => {
  // The same first digits throughout: the whole address decides.
  const key = (run: number) => `0000000${run % 3}${String(run).padStart(56, "0")}`;
  for (const count of [0, 1, 7, 100]) {
    const index = new KeyIndex(count, key);
    for (let run = 0; run < count; run++) index.add(run);
    for (let run = 0; run < count; run++) expect(index.find(key(run))).toBe(run);
    expect(index.find(key(count))).toBeUndefined();
  }
});
