/**
 * An unfinished run on the disk, beside the place of the finished one:
 *
 *   run.json       what is run; written first, never changed
 *   latest.json    the last checkpoint: which state, and which segments hold the rows before it
 *   state-N.bin    the state at checkpoint N
 *   segments/      rows, one segment between two checkpoints
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { writeDurably } from "../store/durable.ts";
import { LOCK_FILE, lockFolder, unlockFolder } from "../store/folder-lock.ts";
import type { ShardEntry } from "../store/journal.ts";
import { shardFault } from "../store/shard.ts";

const FORMAT = "hivelab unfinished run 1";

export interface UnfinishedRun {
  readonly format: typeof FORMAT;
  readonly version: string;
  readonly scenarioPath: string;
  readonly sets: readonly string[];
  readonly outDir: string;
  /** As it was written: 30d. */
  readonly every: string;
  readonly report: boolean;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export interface Checkpoint {
  readonly number: number;
  /** The last block (or day) that is complete. */
  readonly position: number;
  readonly stateSha256: string;
  readonly segments: readonly ShardEntry[];
}

const ENDING = ".unfinished";
/** All that a run may have left which was killed before its first checkpoint. */
const OWN = ["run.json", "segments", LOCK_FILE];

export const workFolderOf = (outDir: string): string => `${resolve(outDir)}${ENDING}`;

const strangersIn = (dir: string): string[] =>
  (existsSync(dir) ? readdirSync(dir) : []).filter(
    (name) => !OWN.includes(name) && !/^state-\d+\.bin$|\.partial$/.test(name),
  );

const refuse = (path: string, problem: string, remedy: string): InputError =>
  new InputError([{ file: shownPath(path), field: "", problem, remedy }]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export class WorkFolder {
  private constructor(
    readonly dir: string,
    readonly run: UnfinishedRun,
  ) {}

  get segments(): string {
    return join(this.dir, "segments");
  }

  /** Where the finished run goes. */
  get outDir(): string {
    return this.dir.slice(0, -ENDING.length);
  }

  /** Locked. Throws InputError where an unfinished run is there already, or anything else. */
  static begin(run: Omit<UnfinishedRun, "format">): WorkFolder {
    const dir = workFolderOf(run.outDir);
    if (existsSync(join(dir, "latest.json"))) {
      const remedy = `\`hivelab resume ${shownPath(run.outDir)}\` goes on with it, or remove it`;
      throw refuse(dir, "holds an unfinished run", remedy);
    }
    const [stranger] = strangersIn(dir);
    if (stranger !== undefined) {
      const problem = `is not empty (${stranger}) and holds no unfinished run`;
      throw refuse(dir, problem, "name another folder with --out");
    }
    lockFolder(dir);
    rmSync(join(dir, "segments"), { recursive: true, force: true });
    mkdirSync(join(dir, "segments"));
    const whole: UnfinishedRun = { format: FORMAT, ...run };
    writeDurably(join(dir, "run.json"), `${JSON.stringify(whole, null, 1)}\n`);
    return new WorkFolder(dir, whole);
  }

  /** Throws InputError where there is no unfinished run for this place. */
  static find(outDir: string): WorkFolder {
    const dir = outDir.endsWith(ENDING) ? resolve(outDir) : workFolderOf(outDir);
    const run = readJson<UnfinishedRun>(join(dir, "run.json"));
    if (run?.format === FORMAT) return new WorkFolder(dir, run);
    const remedy = "`hivelab run --checkpoint-every 30d` leaves one when it is stopped";
    throw refuse(outDir, "has no unfinished run", remedy);
  }

  /** Null before the first; throws InputError where its files are not as they were written. */
  latest(): { readonly checkpoint: Checkpoint; readonly state: Uint8Array } | null {
    const path = join(this.dir, "latest.json");
    if (!existsSync(path)) return null;
    const checkpoint = readJson<Checkpoint>(path);
    const again = `remove ${shownPath(this.dir)} and make the run again`;
    if (!checkpoint) throw refuse(path, "not JSON", again);
    const statePath = this.statePath(checkpoint.number);
    const state = existsSync(statePath) ? readFileSync(statePath) : new Uint8Array();
    if (sha256(state) !== checkpoint.stateSha256) throw refuse(statePath, "has changed", again);
    for (const segment of checkpoint.segments) {
      const fault = shardFault(this.segments, segment);
      if (fault !== null) throw refuse(this.segments, fault, again);
    }
    return { checkpoint, state };
  }

  /** After this returns, the run can go on from here whatever happens. */
  keep(checkpoint: Omit<Checkpoint, "stateSha256">, state: Uint8Array): void {
    writeDurably(this.statePath(checkpoint.number), state);
    const whole: Checkpoint = { ...checkpoint, stateSha256: sha256(state) };
    writeDurably(join(this.dir, "latest.json"), `${JSON.stringify(whole)}\n`);
    this.sweepOut(whole);
  }

  /** Removes what the checkpoint does not name. */
  sweepOut(checkpoint: Checkpoint | null): void {
    const state = checkpoint ? `state-${checkpoint.number}.bin` : "";
    for (const name of readdirSync(this.dir)) {
      const isOld = name.startsWith("state-") && name !== state;
      if (isOld || name.endsWith(".partial")) rmSync(join(this.dir, name), { force: true });
    }
    const kept = new Set(checkpoint?.segments.map(({ shard }) => shard));
    for (const name of readdirSync(this.segments)) {
      if (!kept.has(name)) rmSync(join(this.segments, name), { recursive: true, force: true });
    }
  }

  /** Throws InputError where another process is at work on this run. */
  lock(): void {
    lockFolder(this.dir);
  }

  unlock(): void {
    unlockFolder(this.dir);
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private statePath(number: number): string {
    return join(this.dir, `state-${number}.bin`);
  }
}

function readJson<Data>(path: string): Data | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Data;
  } catch {
    return null;
  }
}
