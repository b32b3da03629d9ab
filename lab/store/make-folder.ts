/** Makes folders where a person said they should be, and says in one line where that cannot be. */
import { existsSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { onDisk } from "./durable.ts";

/** What the operating system says where the user has to name another place. */
const REFUSALS = ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"];

/** Runs `work`, which writes into `dir`. Throws InputError where the place is refused; DiskFull. */
export const onPlace = <Result>(dir: string, option: string, work: () => Result): Result =>
  writingInto(dir, `name another folder with ${option}`, work);

/** The same where no option names the folder: `remedy` says what to do about it. */
export function writingInto<Result>(dir: string, remedy: string, work: () => Result): Result {
  try {
    return onDisk(dir, work);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!REFUSALS.includes(code)) throw error;
    const problem = `cannot be written to (${code})`;
    throw new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);
  }
}

/** A folder and those above it, as far as they are not there; outermost first. */
export function missingFolders(path: string): string[] {
  const missing: string[] = [];
  for (let dir = resolve(path); !existsSync(dir); dir = dirname(dir)) missing.unshift(dir);
  return missing;
}

/**
 * Makes a folder and those above it; returns those that were not there, outermost first. Throws
 * what the operating system says. One at a time: Node's own recursive way never ends where a
 * folder is refused as though the one above it were missing, as in /proc.
 */
export function makeFolders(path: string): string[] {
  const made = missingFolders(path).filter(makeOne);
  if (!statSync(path).isDirectory()) {
    throw Object.assign(new Error(`${path} is no folder`), { code: "ENOTDIR" });
  }
  return made;
}

/** False where somebody else made it meanwhile. */
function makeOne(dir: string): boolean {
  try {
    mkdirSync(dir);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Takes folders away that `makeFolders` has made, as far as nothing has come into them. */
export function removeEmpty(made: readonly string[]): void {
  try {
    for (const dir of made.toReversed()) rmdirSync(dir);
  } catch {
    // Something is in it, or somebody else took it away.
  }
}
