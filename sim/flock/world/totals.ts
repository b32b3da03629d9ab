/** Sums over a world: what circulates, what is locked and for how long. */
import { flockFromWei } from "../amounts.ts";
import type { Lock } from "../gmflock.ts";
import type { FlockWorldState, LockedTotals, Participant } from "./state.ts";

/**
 * Everything minted and not burned, less what is not yet anybody's: rewards that are locked or
 * vest, and what the task manager has not given out.
 */
export function circulatingWei({ ledger, accounts }: FlockWorldState): bigint {
  const minted = -ledger.balance(accounts.mint);
  const held = [accounts.taskManager, accounts.lockedRewards, accounts.vesting];
  return held.reduce(
    (sum, account) => sum - ledger.balance(account),
    minted - ledger.balance(accounts.burn),
  );
}

/** Replaces a participant's locks, and the sums over them. */
export function setLocks(who: Participant, locks: readonly Lock[]): void {
  who.locks = locks;
  who.locked = totalsOf(locks);
}

export const NOTHING_LOCKED: LockedTotals = totalsOf([]);

function totalsOf(locks: readonly Lock[]): LockedTotals {
  let principalWei = 0n;
  let gmflockWei = 0n;
  let weighedDays = 0;
  for (const lock of locks) {
    principalWei += lock.principalWei;
    gmflockWei += lock.gmflockWei;
    weighedDays += flockFromWei(lock.principalWei) * (lock.unlockDay - lock.openedDay);
  }
  return combined(principalWei, gmflockWei, weighedDays);
}

function combined(principalWei: bigint, gmflockWei: bigint, weighedDays: number): LockedTotals {
  const principalFlock = flockFromWei(principalWei);
  return {
    principalWei,
    gmflockWei,
    principalFlock,
    gmflock: flockFromWei(gmflockWei),
    meanLockDays: principalFlock === 0 ? 0 : weighedDays / principalFlock,
  };
}

export function lockedTotals(world: FlockWorldState): LockedTotals {
  let principalWei = 0n;
  let gmflockWei = 0n;
  let weighedDays = 0;
  for (const participant of world.participants) {
    const { locked } = participant;
    if (locked === NOTHING_LOCKED) continue;
    principalWei += locked.principalWei;
    gmflockWei += locked.gmflockWei;
    weighedDays += locked.principalFlock * locked.meanLockDays;
  }
  return combined(principalWei, gmflockWei, weighedDays);
}
