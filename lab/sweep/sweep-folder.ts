/**
 * The folder of a sweep:
 *
 *   sweep.json       what it is: plan, program, files; written first, never changed
 *   runs.journal     what is known of each run
 *   shards/          rows of runs, until the final tables are made
 *   tables/          the final tables
 *   manifest.json    what was made; written last
 *   lock             who is at work
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { pointsOf } from "../plans/points.ts";
import { writeDurably } from "../store/durable.ts";
import { LOCK_FILE, lockFolder, unlockFolder } from "../store/folder-lock.ts";
import { Journal } from "../store/journal.ts";
import { removeEmpty } from "../store/make-folder.ts";
import { type SweepIdentity, sweepDigest } from "./identity.ts";

export const SWEEP_FILE = "sweep.json";
const JOURNAL_FILE = "runs.journal";
export const SHARDS_FOLDER = "shards";
const FORMAT = "hivelab sweep 1";

/** One of several folders that share a plan's runs: run i belongs to part i modulo `of`. */
export interface Part {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

export const WHOLE: Part = { index: 0, of: 1 };

export interface SweepFile {
  readonly format: typeof FORMAT;
  readonly digest: string;
  readonly name: string;
  readonly part: Part;
  readonly identity: SweepIdentity;
}

const refuse = (dir: string, problem: string, remedy: string): InputError =>
  new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);

const NAME_ANOTHER = "name a folder that `hivelab sweep` has written";

/** Throws InputError for a part of a sweep, which has no tables of its own. */
export function checkIsWhole(dir: string, { part: { index, of } }: SweepFile): void {
  if (of === 1) return;
  throw refuse(dir, `holds part ${index + 1} of ${of}`, "`hivelab merge` joins the parts");
}

/** What a folder says it is. Throws InputError where it is no sweep. */
export function readSweepFile(dir: string): SweepFile {
  const path = join(dir, SWEEP_FILE);
  if (!existsSync(path)) throw refuse(dir, "holds no sweep", NAME_ANOTHER);
  let file: SweepFile;
  try {
    file = JSON.parse(readFileSync(path, "utf8")) as SweepFile;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw refuse(path, `cannot be read (${code})`, NAME_ANOTHER);
    throw refuse(path, "not JSON", "put it back as it was, or begin in another folder");
  }
  if (file?.format !== FORMAT) {
    throw refuse(path, "another format", `this hivelab reads "${FORMAT}"`);
  }
  if (!file.identity || sweepDigest(file.identity) !== file.digest) {
    throw refuse(path, "was changed", "put it back as it was, or begin in another folder");
  }
  return file;
}

export class SweepFolder {
  readonly dir: string;
  readonly file: SweepFile;
  readonly journal: Journal;

  /** Where the sweep began with this object: the folders that were not there before. */
  private made: readonly string[] | null = null;
  private isAbandoned = false;

  private constructor(
    dir: string,
    file: SweepFile,
    private readonly access: "append" | "read",
  ) {
    this.dir = dir;
    this.file = file;
    const { size } = pointsOf(file.identity.definition);
    this.journal = new Journal(join(dir, JOURNAL_FILE), size, access);
  }

  /**
   * Begins a sweep in a folder, or goes on with the same one. Throws InputError where something
   * else is there or another process is at work in it; then nothing was changed.
   */
  static open(dir: string, name: string, identity: SweepIdentity, part: Part): SweepFolder {
    const target = resolve(dir);
    const digest = sweepDigest(identity);
    const file: SweepFile = { format: FORMAT, digest, name, part, identity };
    if (existsSync(join(target, SWEEP_FILE))) {
      checkSame(dir, readSweepFile(target), file);
    } else {
      if (existsSync(target) && !statSync(target).isDirectory()) {
        throw refuse(dir, "is a file", "name another folder with --out");
      }
      const strangers = existsSync(target)
        ? readdirSync(target).filter((entry) => !isOwn(entry))
        : [];
      if (strangers.length > 0) {
        const problem = `is not empty (${strangers[0]}) and holds no sweep`;
        throw refuse(dir, problem, "name another folder with --out");
      }
    }
    const made = lockFolder(target);
    const path = join(target, SWEEP_FILE);
    const isNew = !existsSync(path);
    try {
      if (isNew) writeDurably(path, `${JSON.stringify(file, null, 1)}\n`);
      mkdirSync(join(target, SHARDS_FOLDER), { recursive: true });
      const folder = new SweepFolder(target, file, "append");
      if (isNew) folder.made = made;
      return folder;
    } catch (error) {
      leave(target, isNew ? made : null);
      throw error;
    }
  }

  /**
   * What is there of a sweep, only read: nothing is written, no lock is taken, and a sweep that is
   * under way there is not disturbed. Throws InputError where there is none, or none to be read.
   */
  static reading(dir: string): SweepFolder {
    const target = resolve(dir);
    const file = readSweepFile(target);
    try {
      return new SweepFolder(target, file, "read");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      const problem =
        code === "ENOENT" ? `has no ${JOURNAL_FILE}` : `${JOURNAL_FILE} cannot be read (${code})`;
      throw refuse(dir, problem, NAME_ANOTHER);
    }
  }

  get shards(): string {
    return join(this.dir, SHARDS_FOLDER);
  }

  /** Whether a run belongs to this folder's part of the plan. */
  owns(run: number): boolean {
    const { index, of } = this.file.part;
    return run % of === index;
  }

  /** Removes what a killed worker left, and shards that no run names. */
  sweepOut(): void {
    for (const entry of existsSync(this.shards) ? readdirSync(this.shards) : []) {
      if (this.journal.shards.has(entry)) continue;
      rmSync(join(this.shards, entry), { recursive: true, force: true });
    }
    for (const entry of readdirSync(this.dir)) {
      if (entry.endsWith(".partial")) {
        rmSync(join(this.dir, entry), { recursive: true, force: true });
      }
    }
  }

  /** The sweep has failed: where it began here and recorded nothing, `close` leaves nothing of it. */
  abandon(): void {
    this.isAbandoned = true;
  }

  close(): void {
    const { journal, dir, made, isAbandoned } = this;
    journal.close();
    if (this.access === "append") leave(dir, isAbandoned && journal.isEmpty ? made : null);
  }
}

/** `made` are the folders made for a sweep of which nothing is to stay; null where it is to. */
function leave(dir: string, made: readonly string[] | null): void {
  if (made) {
    for (const name of [SHARDS_FOLDER, JOURNAL_FILE, SWEEP_FILE]) {
      rmSync(join(dir, name), { recursive: true, force: true });
    }
  }
  unlockFolder(dir);
  if (made) removeEmpty(made);
}

/** What a killed beginning may have left in an empty folder. */
const isOwn = (entry: string): boolean => entry === LOCK_FILE || entry.endsWith(".partial");

function checkSame(dir: string, there: SweepFile, wanted: SweepFile): void {
  const another = "name another folder with --out";
  const { identity } = wanted;
  if (there.digest !== wanted.digest) {
    const before = there.identity;
    if (before.version !== identity.version) {
      const problem = `holds a sweep made by hivelab ${before.version}`;
      throw refuse(dir, problem, `go on with that version, or ${another}`);
    }
    if (JSON.stringify(before.definition) !== JSON.stringify(identity.definition)) {
      throw refuse(dir, `holds another sweep (${before.definition.title})`, another);
    }
    const changed = identity.sources.find(({ path, sha256 }) =>
      before.sources.every((one) => one.path !== path || one.sha256 !== sha256),
    );
    const problem = `holds a sweep of other files: ${changed?.path ?? "some are gone"} has changed`;
    throw refuse(dir, problem, `put them back, or ${another}`);
  }
  const { index, of } = there.part;
  if (index !== wanted.part.index || of !== wanted.part.of) {
    throw refuse(dir, `holds part ${index + 1}/${of} of this sweep`, another);
  }
}
