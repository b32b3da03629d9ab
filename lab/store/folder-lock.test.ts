import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { lockFolder, unlockFolder } from "./folder-lock.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-lock-"));
afterAll(() => rmSync(place, { recursive: true }));
const lockIn = (dir: string) => join(dir, "lock");

/** The number of a process that has ended. */
const ended = (): number =>
  Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));

test("a lock names its process, and nothing else is left beside it", () => {
  const dir = join(place, "a");
  lockFolder(dir);
  expect(readdirSync(dir)).toEqual(["lock"]);
  expect(readFileSync(lockIn(dir), "utf8")).toBe(`${process.pid} ${hostname()}\n`);
  unlockFolder(dir);
  expect(readdirSync(dir)).toEqual([]);
});

test("where a process is at work the folder is refused, and its lock stays", () => {
  const dir = join(place, "b");
  lockFolder(dir);
  // The parent of this test is alive for certain.
  const other = `${process.ppid} ${hostname()}\n`;
  writeFileSync(lockIn(dir), other);
  expect(() => lockFolder(dir)).toThrow(
    `another hivelab is at work there (process ${process.ppid}`,
  );
  expect(readFileSync(lockIn(dir), "utf8")).toBe(other);
  writeFileSync(lockIn(dir), "1 elsewhere\n");
  expect(() => lockFolder(dir)).toThrow("(process 1 on elsewhere)");
});

test("what a killed process left is taken over, also without its name", () => {
  const dir = join(place, "c");
  lockFolder(dir);
  writeFileSync(lockIn(dir), `${ended()} ${hostname()}\n`);
  lockFolder(dir);
  expect(readFileSync(lockIn(dir), "utf8")).toContain(`${process.pid} `);
  writeFileSync(lockIn(dir), "");
  expect(() => lockFolder(dir)).toThrow("another hivelab is at work there; wait");
  const old = Date.now() / 1000 - 60;
  utimesSync(lockIn(dir), old, old);
  lockFolder(dir);
  expect(readdirSync(dir)).toEqual(["lock"]);
});

test("a place where no folder can be is told in one line", () => {
  const link = join(place, "link");
  symlinkSync(join(place, "nowhere"), link);
  expect(() => lockFolder(link)).toThrow("cannot be written to (ENOENT); name another folder");
  writeFileSync(join(place, "file"), "");
  expect(() => lockFolder(join(place, "file", "below"))).toThrow("(ENOTDIR)");
  expect(existsSync(join(place, "nowhere"))).toBe(false);
});
