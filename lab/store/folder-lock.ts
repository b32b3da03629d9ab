/** One process at a time in a folder: a file `lock` that names it. */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { makeFolders, onPlace, removeEmpty } from "./make-folder.ts";
import { isRunning } from "./process.ts";

export const LOCK_FILE = "lock";

/** A lock without a name is of a process that died, or found the disk full, as it began. */
const NAMELESS_MS = 1_000;
const ATTEMPTS = 3;

const refuse = (dir: string, problem: string, remedy: string): InputError =>
  new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);

/**
 * Makes the folder where it is not there, and the lock in it; returns the folders that it made,
 * outermost first. Throws InputError where that cannot be, or where another process is at work;
 * DiskFull; then it leaves no folder that it made.
 */
export function lockFolder(dir: string): string[] {
  const made = onPlace(dir, "--out", () => makeFolders(dir));
  try {
    lock(dir);
    return made;
  } catch (error) {
    removeEmpty(made);
    throw error;
  }
}

function lock(dir: string): void {
  const path = join(dir, LOCK_FILE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (onPlace(dir, "--out", () => takeLock(path))) return;
    const text = textAt(path);
    if (text === null) continue;
    const [pid, host] = text.trim().split(" ");
    if (!isLeft(path, pid, host)) {
      const who = host === undefined ? "" : ` (process ${pid} on ${host})`;
      const remedy = `wait for it; if it is gone, remove ${shownPath(path)}`;
      throw refuse(dir, `another hivelab is at work there${who}`, remedy);
    }
    removeLeft(path, text);
  }
  throw refuse(dir, "another hivelab begins there", "wait for it");
}

export const unlockFolder = (dir: string): void => rmSync(join(dir, LOCK_FILE), { force: true });

/** The lock appears with its text or not at all; false where there is one. */
function takeLock(path: string): boolean {
  const own = `${process.pid} ${hostname()}\n`;
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, own);
    try {
      linkSync(partial, path);
    } catch (error) {
      if (!["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"].includes(codeOf(error))) throw error;
      // No links on this file system.
      writeFileSync(path, own, { flag: "wx" });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Whether the process that a lock names is gone. */
function isLeft(path: string, pid: string, host: string | undefined): boolean {
  if (host === undefined) {
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return Date.now() - made > NAMELESS_MS;
  }
  const isOwn = Number(pid) === process.pid;
  return host === hostname() && (isOwn || !isRunning(Number(pid)));
}

/** Of several processes that find a lock left, one moves it away; a fresh one is put back. */
function removeLeft(path: string, text: string): void {
  const aside = `${path}.${process.pid}.left.partial`;
  try {
    renameSync(path, aside);
    if (textAt(aside) === text) rmSync(aside, { force: true });
    else renameSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function textAt(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | null)?.code);
