/** What a subnet's validators have committed to and not revealed (spec/yuma-epoch.md section 4.3). */
import { earliestLiveCommitBlock } from "../../weights/commit-windows.ts";
import type { HashQueue } from "../../weights/hash-commits.ts";
import type { TimelockedBuckets } from "../../weights/timelocked-commits.ts";

/** Weights under a timelock: in a simulation they stand for their own ciphertext. */
export interface LockedWeights {
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly versionKey: bigint;
}

export class CommitBook {
  timelocked: TimelockedBuckets<LockedWeights> = new Map();
  /** By hotkey. */
  readonly hashed = new Map<string, HashQueue>();
  /** Timelocked weights that came to be revealed and were stored, and those that were refused. */
  stored = 0;
  refused = 0;

  /** Block of the earliest live commit of each hotkey in epoch `now`; null: it has none. */
  earliestBlocks(hotkeys: readonly string[], now: number, revealPeriod: number): (number | null)[] {
    const locked = new Map<string, { epoch: number; block: number }[]>();
    for (const [epoch, commits] of this.timelocked) {
      for (const { hotkey, block } of commits) {
        const own = locked.get(hotkey) ?? [];
        own.push({ epoch, block });
        locked.set(hotkey, own);
      }
    }
    return hotkeys.map((hotkey) =>
      earliestLiveCommitBlock(
        this.hashed.get(hotkey) ?? [],
        locked.get(hotkey) ?? [],
        now,
        revealPeriod,
      ),
    );
  }
}
