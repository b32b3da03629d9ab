/**
 * Where a worker keeps rows until they are in the result store: folders below the system's
 * temporary one, removed when a sweep ends. A killed worker removes nothing; the next one that
 * starts does. Whose a folder is stands in its name, so that it is there as soon as the folder is:
 *
 *   hivelab-worker-<process>-<its start>-<who sees that number>-<chance>
 */
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { sha256OfText } from "../store/digest.ts";
import { isRunning } from "../store/process.ts";

const NAME = /^hivelab-worker-(\d+)-(\d+)-([0-9a-f]{12})-[A-Za-z0-9]{6}$/;

/** A worker that starts is not to be busy with others' leavings for long. */
const MAX_REMOVED = 100;

export const makeWorkFolder = (base = tmpdir()): string =>
  mkdtempSync(join(base, prefixOf(process.pid)));

/** How the names of a process's folders begin. */
export const prefixOf = (pid: number): string =>
  `hivelab-worker-${pid}-${stateOf(pid)?.start ?? 0}-${scope()}-`;

/**
 * Removes folders of this user's workers that have ended, a hundred at most; returns how many.
 * What may belong to a process that is alive, or that cannot be seen from here (another machine
 * or container with the same temporary folder), stays.
 */
export function removeLeftFolders(base = tmpdir()): number {
  const here = scope();
  let removed = 0;
  for (const name of namesIn(base)) {
    const [, pid, start, where] = NAME.exec(name) ?? [];
    if (where !== here || isAlive(Number(pid), start)) continue;
    if (removeOwn(join(base, name))) removed++;
    if (removed === MAX_REMOVED) break;
  }
  return removed;
}

/** False where it is another user's, or no folder, or something that cannot be removed. */
function removeOwn(path: string): boolean {
  try {
    const found = lstatSync(path);
    const isOwn = process.getuid === undefined || found.uid === process.getuid();
    if (!isOwn || !found.isDirectory()) return false;
    rmSync(path, { recursive: true });
    return true;
  } catch {
    // Another worker that starts was faster, or the file system refuses.
    return false;
  }
}

function namesIn(base: string): string[] {
  try {
    return readdirSync(base);
  } catch {
    return [];
  }
}

/** Numbers of processes mean the same on one machine, within one container. */
function scope(): string {
  let namespace = "";
  try {
    namespace = readlinkSync("/proc/self/ns/pid");
  } catch {
    // No Linux.
  }
  return sha256OfText(`${hostname()} ${namespace}`).slice(0, 12);
}

/** A number may have gone to another process since: that one has another start. */
function isAlive(pid: number, start: string): boolean {
  if (!isRunning(pid)) return false;
  const state = stateOf(pid);
  if (state === null || start === "0") return true;
  return state.start === start && !state.isOver;
}

/** What Linux knows of a process; null where nothing can be read. */
function stateOf(pid: number): { start: string; isOver: boolean } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return null;
  }
  // The name before it stands in brackets and may hold anything.
  const [state, ...fields] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { start: fields[18], isOver: state === "Z" || state === "X" };
}
