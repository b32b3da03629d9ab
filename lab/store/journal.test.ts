import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Entry, Journal, type ShardEntry } from "./journal.ts";

const folder = mkdtempSync(join(tmpdir(), "hivelab-journal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "runs.journal");
beforeEach(() => rmSync(path, { force: true }));

const done = (run: number): Entry => ({ run, status: "done", outcomes: [run / 3, null] });
const shard: ShardEntry = {
  shard: "0-1",
  files: [{ table: "supply", bytes: 10, sha256: "00" }],
};
const failed: Entry = { run: 1, status: "failed", outcomes: [null, null], error: 'é\n"x"' };
const same: Entry = { run: 3, status: "same", as: 0 };

function written(): Journal {
  const journal = new Journal(path, 5);
  for (const entry of [done(0), failed, shard, same]) journal.append(entry);
  journal.flush();
  return journal;
}

test("every entry is read back exactly, before and after the file is closed", () => {
  const journal = written();
  const check = (one: Journal) => {
    expect(one.entry(0)).toEqual(done(0));
    expect(one.entry(1)).toEqual(failed);
    expect(one.entry(3)).toEqual(same);
    expect([0, 1, 2, 3, 4].map((run) => one.statusOf(run))).toEqual([
      ...["done", "failed", null, "same", null],
    ]);
    expect([...one.shards.values()]).toEqual([shard]);
    expect([one.count("done"), one.count("failed"), one.brokenLines]).toEqual([1, 1, 0]);
  };
  check(journal);
  journal.close();
  check(new Journal(path, 5));
});

test("whatever byte a crash stops at, whole lines before it are kept and writing goes on", () => {
  written().close();
  const whole = readFileSync(path);
  const ends = [...whole.keys()].filter((at) => whole[at] === 10);
  for (let cut = 0; cut < whole.length; cut += 7) {
    writeFileSync(path, whole.subarray(0, cut));
    const journal = new Journal(path, 5);
    const kept = ends.filter((end) => end < cut).length;
    expect(journal.brokenLines).toBe(0);
    expect(journal.has(0)).toBe(kept > 0);
    expect(journal.has(1)).toBe(kept > 1);
    journal.append(done(4));
    journal.flush();
    journal.close();
    const again = new Journal(path, 5);
    expect(again.entry(4)).toEqual(done(4));
    expect(again.brokenLines).toBe(0);
    again.close();
  }
});

test("a line that changed on the disk is not believed", () => {
  written().close();
  const text = readFileSync(path, "utf8").replace('"status":"done"', '"status":"d0ne"');
  writeFileSync(path, text);
  const journal = new Journal(path, 5);
  expect(journal.has(0)).toBe(false);
  expect(journal.brokenLines).toBe(1);
  expect(journal.entry(1)).toEqual(failed);
});

test("who only reads takes whole lines, changes no byte and never makes the file", () => {
  expect(() => new Journal(path, 5, "read")).toThrow("ENOENT");
  const writer = written();
  appendFileSync(path, "0123456789abcdef half a line");
  const before = readFileSync(path);
  const reader = new Journal(path, 5, "read");
  expect([reader.entry(0), reader.entry(1), reader.entry(3)]).toEqual([done(0), failed, same]);
  expect([...reader.shards.values()]).toEqual([shard]);
  expect(reader.brokenLines).toBe(0);
  expect(() => reader.append(done(4))).toThrow("is only read");
  reader.close();
  expect(readFileSync(path)).toEqual(before);
  writer.close();
});

test("a forgotten run is unknown until a new line replaces the old one", () => {
  const journal = written();
  journal.forget(1);
  expect(journal.entry(1)).toBeUndefined();
  journal.append(done(1));
  expect(journal.entry(1)).toEqual(done(1));
  journal.flush();
  journal.close();
  expect(new Journal(path, 5).entry(1)).toEqual(done(1));
});

test("lines that stay in memory are lost by a crash, and no others", () => {
  written().close();
  const size = statSync(path).size;
  const journal = new Journal(path, 5);
  journal.append(done(2));
  expect(statSync(path).size).toBe(size);
  appendFileSync(path, "");
  expect(new Journal(path, 5).has(2)).toBe(false);
});

test("what the disk is still at work on is in the file, and the file may be closed meanwhile", () => {
  const journal = new Journal(path, 5);
  journal.append(done(0));
  journal.flushSoon();
  journal.append(failed);
  journal.flushSoon();
  journal.close();
  expect(new Journal(path, 5).entry(1)).toEqual(failed);
});

test("a plan of very many runs takes memory as runs are made, not before", () => {
  const before = process.memoryUsage().rss;
  const journal = new Journal(join(folder, "very-many"), 100_000_000);
  journal.append({ run: 99_999_999, status: "done", outcomes: [1] });
  // Two numbers and a state of each would be 1.3 GB.
  expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  expect([journal.has(0), journal.has(99_999_999)]).toEqual([false, true]);
  journal.forget(99_999_999);
  expect(journal.has(99_999_999)).toBe(false);
  journal.close();
});
