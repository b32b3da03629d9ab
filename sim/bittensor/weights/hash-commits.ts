/**
 * Commit-reveal by hash (v2): a validator's queue of commits, newest last. The functions change
 * nothing; a refusal comes back under the chain's name and leaves the queue as it was.
 * Epochs are those of the look-ahead: the subnet's epoch index, plus one in a block in which its
 * epoch is due. Source: spec/yuma-epoch.md section 4.3.
 */
import type { ChainError } from "../errors.ts";
import { type CommitTime, commitPhase } from "./commit-windows.ts";

export interface HashCommit extends CommitTime {
  readonly hash: string;
}

export type HashQueue = readonly HashCommit[];

export type QueueChange =
  | { readonly refusal: null; readonly queue: HashQueue }
  | { readonly refusal: ChainError };

const MAX_UNREVEALED_COMMITS = 10;

const refused = (refusal: ChainError): QueueChange => ({ refusal });

/** Which epoch a commit or reveal counts for. */
export const lookAheadEpoch = (subnetEpochIndex: number, isEpochDue: boolean): number =>
  isEpochDue ? subnetEpochIndex + 1 : subnetEpochIndex;

/**
 * Queues a commit made in epoch `now`. The caller has checked that commit-reveal is on, that the
 * hotkey is registered and past its rate limit, and sets its LastUpdate to `block` afterwards.
 */
export function commit(
  queue: HashQueue,
  hash: string,
  now: number,
  block: number,
  revealPeriod: number,
): QueueChange {
  const { live } = withoutExpired(queue, now, revealPeriod);
  if (live.length >= MAX_UNREVEALED_COMMITS) return refused("TooManyUnrevealedCommits");
  return { refusal: null, queue: [...live, { hash, epoch: now, block }] };
}

/** Takes out the commit with this hash and all that were made before it. */
export function reveal(
  queue: HashQueue,
  hash: string,
  now: number,
  revealPeriod: number,
): QueueChange {
  const { live, expired } = withoutExpired(queue, now, revealPeriod);
  const refusal = revealRefusal(live, expired, hash, now, revealPeriod);
  if (refusal) return refused(refusal);
  const position = live.findIndex((commit) => commit.hash === hash);
  return { refusal: null, queue: live.slice(position + 1) };
}

/** Takes out exactly the commits with these hashes, or none where one of them may not be revealed. */
export function revealBatch(
  queue: HashQueue,
  hashes: readonly string[],
  now: number,
  revealPeriod: number,
): QueueChange {
  const { live, expired } = withoutExpired(queue, now, revealPeriod);
  for (const hash of hashes) {
    const refusal = revealRefusal(live, expired, hash, now, revealPeriod);
    if (refusal) return refused(refusal);
  }
  return { refusal: null, queue: live.filter(({ hash }) => !hashes.includes(hash)) };
}

/** Expired commits leave from the front only. */
function withoutExpired(
  queue: HashQueue,
  now: number,
  revealPeriod: number,
): { live: HashQueue; expired: HashQueue } {
  const alive = queue.findIndex(({ epoch }) => commitPhase(now, epoch, revealPeriod) !== "expired");
  const count = alive === -1 ? queue.length : alive;
  return { live: queue.slice(count), expired: queue.slice(0, count) };
}

function revealRefusal(
  live: HashQueue,
  expired: HashQueue,
  hash: string,
  now: number,
  revealPeriod: number,
): ChainError | null {
  const found = live.find((commit) => commit.hash === hash);
  if (found) {
    const phase = commitPhase(now, found.epoch, revealPeriod);
    return phase === "revealable" ? null : "RevealTooEarly";
  }
  if (expired.some((commit) => commit.hash === hash)) return "ExpiredWeightCommit";
  return live.length === 0 ? "NoWeightsCommitFound" : "InvalidRevealCommitHashNotMatch";
}
