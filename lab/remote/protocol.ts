/**
 * What a sweep and its workers on other machines say to each other. Redis carries who does what
 * (BullMQ); what is done lies in a result store, by content address:
 *
 *   jobs/<digest>.json               the sweep: plan, files, limits
 *   tasks/<address>/result.json      the runs of a task; written last
 *   tasks/<address>/<table>.arrow    their rows
 */
import { createHash } from "node:crypto";
import type { PlanLimits } from "../plans/plan.ts";
import type { RunEntry, ShardEntry } from "../store/journal.ts";
import type { ResultStore } from "../store/result-store.ts";
import type { SweepIdentity } from "../sweep/identity.ts";
import { version } from "../version.ts";

/** Each version has its own tasks: workers of another see none of them, and refuse none. */
export const queueOf = (program: string): string => `hivelab-tasks-${program}`;
export const QUEUE = queueOf(version);

/** What Redis holds of a task. */
export interface TaskMessage {
  readonly digest: string;
  readonly runs: readonly number[];
  readonly hasRows: boolean;
}

/** What a worker answers; the results themselves lie in the store. */
export type TaskAnswer =
  | { readonly kind: "stored"; readonly milliseconds: number }
  | { readonly kind: "crashed"; readonly run: number; readonly message: string }
  /** The worker cannot do any task of this sweep. */
  | { readonly kind: "unfit"; readonly message: string };

export interface JobFile {
  readonly identity: SweepIdentity;
  /** Where the scenario lies on the machine of the sweep. */
  readonly scenarioPath: string;
  readonly limits: PlanLimits;
}

export interface StoredResult {
  readonly entries: readonly RunEntry[];
  readonly shard: ShardEntry | null;
}

export const taskAddress = ({ digest, runs, hasRows }: TaskMessage): string =>
  createHash("sha256")
    .update(JSON.stringify([digest, runs, hasRows]))
    .digest("hex")
    .slice(0, 40);

export const jobKey = (digest: string): string => `jobs/${digest}.json`;
export const taskKey = (address: string, file: string): string =>
  `tasks/${address.slice(0, 2)}/${address}/${file}`;

export async function readResult(
  store: ResultStore,
  address: string,
): Promise<StoredResult | null> {
  const bytes = await store.get(taskKey(address, "result.json"));
  if (!bytes) return null;
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as StoredResult;
  } catch {
    // Half of a file that something else wrote: the task is done again.
    return null;
  }
}

/** A failed run may do better another time: such a result is not taken for granted. */
export const isFinal = ({ entries }: StoredResult): boolean =>
  entries.every(({ status }) => status === "done");
