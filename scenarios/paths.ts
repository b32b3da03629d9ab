/** Paths: what lies inside what, and how a path is shown. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { nearestName } from "./fault.ts";
import { printable } from "./tree.ts";

/** The nearest folder, `from` itself first, in which one of these names stands; null where none has. */
export function nearestWith(from: string, names: readonly string[]): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The folder that a scenario and all that it names must lie in: the nearest one above it with a
 * package.json or .git, otherwise its own.
 */
export function projectFolder(file: string): string {
  const own = dirname(resolve(file));
  return nearestWith(own, ["package.json", ".git"]) ?? own;
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (!isAbsolute(way) && way !== ".." && !way.startsWith(`..${sep}`));
}

export const slashedFrom = (folder: string, path: string): string =>
  relative(folder, path).split(sep).join("/");

/** A path as it is shown: from the working directory where it lies below, with slashes. */
export function shownPath(path: string): string {
  const inside = resolve(path) !== process.cwd() && isInside(resolve(path), process.cwd());
  return printable((inside ? relative("", path) : path).split(sep).join("/"));
}

/** "did you mean finney-2026.yaml?", from the files beside the one that is not there. */
export function nearbyFile(path: string): string {
  try {
    const near = nearestName(basename(path), readdirSync(dirname(path)));
    return near && near !== basename(path) ? `did you mean ${printable(near)}?` : "check the path";
  } catch {
    return "check the path";
  }
}
