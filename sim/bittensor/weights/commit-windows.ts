/**
 * Which commit of a validator the epoch's mask goes by: a weight towards a miner that was registered
 * after the earliest commit still alive could not have been meant for that miner (spec 5.5).
 */

/** A commit of either scheme, tagged with the epoch in which it was made. */
export interface CommitTime {
  readonly epoch: number;
  readonly block: number;
}

/** Where a commit stands in epoch `now` (spec 4.3). */
export type CommitPhase = "too early" | "revealable" | "expired";

export function commitPhase(now: number, commitEpoch: number, revealPeriod: number): CommitPhase {
  const revealEpoch = commitEpoch + revealPeriod;
  if (now < revealEpoch) return "too early";
  return now === revealEpoch ? "revealable" : "expired";
}

/**
 * The block of the earliest live commit, null without one. Of the hash commits the first live one
 * in queue order counts, of the timelocked ones the earliest.
 * `now` is the index of the epoch that is starting.
 */
export function earliestLiveCommitBlock(
  hashCommits: readonly CommitTime[],
  timelockedCommits: readonly CommitTime[],
  now: number,
  revealPeriod: number,
): number | null {
  const alive = ({ epoch }: CommitTime) => commitPhase(now, epoch, revealPeriod) !== "expired";
  const first = hashCommits.find(alive)?.block ?? Infinity;
  const earliest = timelockedCommits
    .filter(alive)
    .reduce((minimum, { block }) => Math.min(minimum, block), first);
  return earliest === Infinity ? null : earliest;
}
