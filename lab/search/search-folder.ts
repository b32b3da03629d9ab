/**
 * The folder of a search:
 *
 *   search.json         what is sought: plan, program, files; written first, never changed
 *   evaluations.jsonl   every run, by the hash of what it set
 *   best.yaml           the answer, as a scenario
 *   result.json         the search's course, the answer and its confirmation; written last
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { sha256OfText } from "../store/digest.ts";
import { writeDurably } from "../store/durable.ts";
import { LOCK_FILE, lockFolder, unlockFolder } from "../store/folder-lock.ts";
import { version } from "../version.ts";
import type { SearchDefinition } from "./search-plan.ts";

export const SEARCH_FILE = "search.json";
export const EVALUATIONS_FILE = "evaluations.jsonl";
export const BEST_FILE = "best.yaml";
export const RESULT_FILE = "result.json";
export const SEARCH_PAGE = "report.html";

const digestOf = (definition: SearchDefinition): string =>
  sha256OfText(JSON.stringify([version, definition]));

/**
 * Begins a search in a folder, or goes on with the same one; the folder is locked then. Throws
 * InputError where anything else is there, or another process at work; then nothing was changed.
 */
export function openSearchFolder(dir: string, definition: SearchDefinition): void {
  const refuse = (problem: string) =>
    new InputError([
      { file: shownPath(dir), field: "", problem, remedy: "name another folder with --out" },
    ]);
  const path = join(dir, SEARCH_FILE);
  const digest = digestOf(definition);
  if (existsSync(path)) {
    if (digestIn(path) !== digest) throw refuse("holds another search, or one of other files");
    lockFolder(dir);
    return;
  }
  if (existsSync(dir)) {
    if (!statSync(dir).isDirectory()) throw refuse("is a file");
    const [stranger] = readdirSync(dir).filter((name) => !isOwn(name));
    if (stranger !== undefined) throw refuse(`is not empty (${stranger}) and holds no search`);
  }
  lockFolder(dir);
  try {
    writeDurably(path, `${JSON.stringify({ digest, version, definition }, null, 1)}\n`);
  } catch (error) {
    unlockFolder(dir);
    throw error;
  }
}

/** What a killed beginning may have left in an empty folder. */
const isOwn = (name: string): boolean => name === LOCK_FILE || name.endsWith(".partial");

function digestIn(path: string): unknown {
  try {
    return (JSON.parse(readFileSync(path, "utf8")) as { digest?: unknown }).digest;
  } catch {
    return null;
  }
}
