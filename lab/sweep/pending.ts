/** Which runs of a sweep are still to be made, in the plan's order, in tasks worth their way. */
import { randomBytes } from "node:crypto";
import { pointsOf } from "../plans/points.ts";
import type { RunEntry } from "../store/journal.ts";
import { runKeys } from "./identity.ts";
import type { SweepFolder } from "./sweep-folder.ts";

/** A task is to last so long: some hundred times what it costs to hand it over. */
const TASK_MS = 100;
/** With rows, a task is a shard: fewer and larger ones. */
const SHARD_TASK_MS = 1_000;
const MAX_RUNS = 512;
/** Of the runs passed, so many keys are remembered to find runs that are alike. */
const MAX_KEYS = 2_000_000;

/** Results of a run with this key that are known from elsewhere; undefined where none are. */
export type KnownElsewhere = (key: string) => Omit<RunEntry, "run"> | undefined;

export interface PendingOptions {
  readonly retryFailed: boolean;
  readonly knownElsewhere?: KnownElsewhere;
}

export class Pending {
  /** Points that a constraint forbids, of those that were passed. */
  rejected = 0;
  /** Runs that needed none: alike an earlier one, or known from elsewhere. */
  aside = 0;
  private readonly again: number[][] = [];
  private readonly firstOf = new Map<string, number>();
  private readonly walk: Iterator<number>;
  private ahead: number | null = null;
  private isBegun = false;
  /** Where set, a task is the runs of one such block that are still to be made. */
  blockRuns: number | undefined;
  /** How many tasks are under way at once. */
  lanes = 1;
  private msPerRun = 0;
  /** No shard of an earlier session has the name of one of this. */
  private readonly session = randomBytes(6).toString("hex");
  private nextShard = 0;

  constructor(
    private readonly folder: SweepFolder,
    private readonly options: PendingOptions,
  ) {
    this.walk = this.runs();
  }

  get isEmpty(): boolean {
    return this.again.length === 0 && this.peek() === null;
  }

  /** The next task, or null when nothing is left to begin. */
  next(): { runs: number[]; shard: string | null } | null {
    const runs = this.again.shift() ?? this.batch();
    if (runs.length === 0) return null;
    const hasRows = this.folder.file.identity.definition.tables.length > 0;
    const shard = hasRows ? `${runs[0]}-${this.session}-${this.nextShard++}` : null;
    return { runs, shard };
  }

  /** Runs that a crashed task did not make. */
  putBack(...tasks: readonly (readonly number[])[]): void {
    for (const runs of tasks) if (runs.length > 0) this.again.push([...runs]);
  }

  /** How long a task of so many runs took: the size of later ones follows. */
  learn(runs: number, milliseconds: number): void {
    if (runs === 0) return;
    const each = milliseconds / runs;
    // A thread's first runs take far longer than those after them.
    const weight = each < this.msPerRun ? 0.5 : 0.2;
    this.msPerRun = this.msPerRun === 0 ? each : (1 - weight) * this.msPerRun + weight * each;
  }

  private batch(): number[] {
    const { tables } = this.folder.file.identity.definition;
    const wanted = tables.length > 0 ? SHARD_TASK_MS : TASK_MS;
    const size = this.msPerRun === 0 ? 1 : Math.ceil(wanted / this.msPerRun);
    const runs: number[] = [];
    for (let run = this.peek(); run !== null; run = this.peek()) {
      if (this.blockRuns !== undefined) {
        if (runs.length > 0 && this.blockOf(run) !== this.blockOf(runs[0])) break;
      } else if (runs.length >= Math.min(MAX_RUNS, size, this.fairPart(run))) break;
      runs.push(run);
      this.isBegun = false;
    }
    return runs;
  }

  /** Tasks become shorter towards the end, so that all threads end together. */
  private fairPart(run: number): number {
    const left = (this.folder.journal.runs - run) / this.folder.file.part.of;
    return Math.ceil(left / (2 * this.lanes));
  }

  private blockOf(run: number): number {
    return Math.floor(run / this.blockRuns!);
  }

  /** The next run to be made, or null. */
  private peek(): number | null {
    if (!this.isBegun) {
      const { value, done } = this.walk.next();
      this.ahead = done ? null : value;
      this.isBegun = !done;
    }
    return this.ahead;
  }

  /** Settles without a run what needs none: rejected points, equals of earlier runs, known results. */
  private *runs(): Generator<number> {
    const { journal, file } = this.folder;
    const { retryFailed, knownElsewhere } = this.options;
    const points = pointsOf(file.identity.definition);
    const keyOf = runKeys(file.identity);
    for (let run = 0; run < points.size; run++) {
      if (!this.folder.owns(run)) continue;
      const status = journal.statusOf(run);
      if (status === "same") continue;
      const planned = points.at(run);
      if (planned.rejected !== null) {
        this.rejected++;
        continue;
      }
      const key = keyOf(planned);
      const first = this.firstOf.get(key);
      if (first === undefined && this.firstOf.size < MAX_KEYS) this.firstOf.set(key, run);
      if (status === "done" || (status === "failed" && !retryFailed)) continue;
      if (first !== undefined) {
        journal.append({ run, status: "same", as: first });
        this.aside++;
        continue;
      }
      const known = knownElsewhere?.(key);
      if (known) {
        journal.append({ run, ...known });
        this.aside++;
      } else yield run;
    }
  }
}
