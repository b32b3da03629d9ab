/** Where the running code and the data come from: the git commit, and hashes of files. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../scenarios/shipped.ts";

export interface SourceState {
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

/** The commit of a source tree and whether tracked files differ from it; nulls without git. */
export function sourceState(root = packageFolder): SourceState {
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
