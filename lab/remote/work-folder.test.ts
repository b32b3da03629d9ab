import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { makeWorkFolder, prefixOf, removeLeftFolders } from "./work-folder.ts";

const place = mkdtempSync(join(tmpdir(), "hivelab-work-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
beforeEach(() => {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
});

/** A folder with rows in it, as a worker leaves it. */
function folder(prefix: string): string {
  const dir = mkdtempSync(join(place, prefix));
  mkdirSync(join(dir, "0-1"));
  writeFileSync(join(dir, "0-1", "rows.arrow"), "rows");
  return dir;
}

/** The beginning of the names of a process that has ended. */
async function endedPrefix(whileAlive: (prefix: string) => void = () => {}): Promise<string> {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
  const prefix = prefixOf(child.pid!);
  whileAlive(prefix);
  const end = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await end;
  return prefix;
}

test("what a killed worker left is removed, and not before it has ended", async () => {
  let left = "";
  await endedPrefix((prefix) => {
    left = folder(prefix);
    expect(removeLeftFolders(place)).toBe(0);
    expect(existsSync(left)).toBe(true);
  });
  const own = makeWorkFolder(place);
  expect(removeLeftFolders(place)).toBe(1);
  expect(readdirSync(place)).toEqual([basename(own)]);
});

test.runIf(process.platform === "linux")(
  "a number that went to another process is not believed",
  () => {
    const [, , pid, start, scope] = prefixOf(process.pid).split("-");
    const earlier = folder(`hivelab-worker-${pid}-${Number(start) - 1}-${scope}-`);
    const own = folder(prefixOf(process.pid));
    // The parent is alive for certain.
    const others = folder(prefixOf(process.ppid));
    expect(removeLeftFolders(place)).toBe(1);
    expect([earlier, own, others].map((dir) => existsSync(dir))).toEqual([false, true, true]);
  },
);

test("what may be somebody else's stays: other machines, names, kinds", async () => {
  const prefix = await endedPrefix();
  const elsewhere = folder(prefix.replace(/[0-9a-f]{12}-$/, "0123456789ab-"));
  const nameless = folder("hivelab-worker-");
  const notes = folder("hivelab-worker-notes-");
  writeFileSync(join(place, `${prefix}AAAAAA`), "a file");
  symlinkSync(notes, join(place, `${prefix}BBBBBB`));
  const before = readdirSync(place, { recursive: true });
  expect(removeLeftFolders(place)).toBe(0);
  expect(readdirSync(place, { recursive: true })).toEqual(before);
  expect([elsewhere, nameless, notes].every((dir) => existsSync(dir))).toBe(true);
  expect(removeLeftFolders(join(place, "nowhere"))).toBe(0);
});

test.runIf(process.getuid?.() === 0)("another user's folder stays", async () => {
  const dir = folder(await endedPrefix());
  chownSync(dir, 12_345, 12_345);
  expect(removeLeftFolders(place)).toBe(0);
  chownSync(dir, 0, 0);
  expect(removeLeftFolders(place)).toBe(1);
});

test("no more than a hundred are removed at a start", async () => {
  const prefix = await endedPrefix();
  for (let k = 0; k < 103; k++) mkdtempSync(join(place, prefix));
  expect(removeLeftFolders(place)).toBe(100);
  expect(removeLeftFolders(place)).toBe(3);
});
