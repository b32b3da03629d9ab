/** Where the running code and the data come from: the git commit, and hashes of files. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface SourceState {
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

/** The folder that holds package.json, from the sources as well as from dist/. */
export const packageRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
})();

/** The commit of a source tree and whether tracked files differ from it; nulls without git. */
export function sourceState(root = packageRoot): SourceState {
  if (!existsSync(join(root, ".git"))) return { commit: null, dirty: null };
  const git = (...args: string[]) =>
    spawnSync("git", args, { cwd: root, encoding: "utf8", timeout: 10_000 });
  const head = git("rev-parse", "HEAD");
  if (head.status !== 0) return { commit: null, dirty: null };
  const status = git("status", "--porcelain", "--untracked-files=no");
  return {
    commit: head.stdout.trim(),
    dirty: status.status === 0 ? status.stdout.trim() !== "" : null,
  };
}

export const sha256OfFile = (path: string): string =>
  createHash("sha256").update(readFileSync(path)).digest("hex");
