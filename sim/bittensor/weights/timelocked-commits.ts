/**
 * Commit-reveal by timelock (v3 and v4): the chain decrypts the weights itself, at the start of the
 * block in which their epoch comes round, once the randomness beacon has published the round that
 * they were locked to. In a simulation the payload stands for the ciphertext, and whether a round
 * has been published is asked of the caller. Source: spec/yuma-epoch.md section 4.3.
 */
import type { ChainError } from "../errors.ts";

export interface TimelockedCommit<Payload> {
  readonly hotkey: string;
  readonly block: number;
  readonly revealRound: number;
  readonly payload: Payload;
}

/** The commits of each epoch, in the order in which they were made. */
export type TimelockedBuckets<Payload> = ReadonlyMap<number, readonly TimelockedCommit<Payload>[]>;

/** CommitRevealWeightsVersion, which a commit must carry. */
export const COMMIT_REVEAL_VERSION = 4;
const MAX_COMMITS_PER_EPOCH = 10;

export type BucketsChange<Payload> =
  | { readonly refusal: null; readonly buckets: TimelockedBuckets<Payload> }
  | { readonly refusal: ChainError };

/**
 * Puts a commit into the bucket of epoch `now` (with look-ahead). The caller has checked that
 * commit-reveal is on, that the hotkey is registered and past its rate limit, and sets its
 * LastUpdate to the commit's block afterwards.
 */
export function commitTimelocked<Payload>(
  buckets: TimelockedBuckets<Payload>,
  commit: TimelockedCommit<Payload>,
  version: number,
  now: number,
): BucketsChange<Payload> {
  if (version !== COMMIT_REVEAL_VERSION) return { refusal: "IncorrectCommitRevealVersion" };
  const bucket = buckets.get(now) ?? [];
  const own = bucket.filter(({ hotkey }) => hotkey === commit.hotkey).length;
  if (own >= MAX_COMMITS_PER_EPOCH) return { refusal: "TooManyUnrevealedCommits" };
  return { refusal: null, buckets: new Map(buckets).set(now, [...bucket, commit]) };
}

export interface DueReveals<Payload> {
  /** To be applied now, in this order, each through `weightsRefusal`; failures are dropped. */
  readonly due: readonly TimelockedCommit<Payload>[];
  /** What stays: later epochs, and due commits whose round has not been published. */
  readonly buckets: TimelockedBuckets<Payload>;
}

/** What the start of a block reveals in epoch `now` (with look-ahead). */
export function dueReveals<Payload>(
  buckets: TimelockedBuckets<Payload>,
  now: number,
  revealPeriod: number,
  isPublished: (round: number) => boolean,
): DueReveals<Payload> {
  const revealed = now - revealPeriod;
  const kept = new Map([...buckets].filter(([epoch]) => epoch >= revealed));
  const bucket = kept.get(revealed) ?? [];
  const waiting = bucket.filter(({ revealRound }) => !isPublished(revealRound));
  if (waiting.length > 0) kept.set(revealed, waiting);
  else kept.delete(revealed);
  return { due: bucket.filter(({ revealRound }) => isPublished(revealRound)), buckets: kept };
}
