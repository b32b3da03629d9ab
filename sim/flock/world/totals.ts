/** Sums over a world: what circulates, what is locked and for how long. */
import { flockFromWei } from "../amounts.ts";
import type { Lock } from "../gmflock.ts";
import type { FlockWorldState, Participant } from "./state.ts";

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

export interface LockedTotals {
  readonly principalWei: bigint;
  readonly gmflockWei: bigint;
  readonly principalFlock: number;
  readonly gmflock: number;
  /** Mean length of open locks, each weighed by its principal. */
  readonly meanLockDays: number;
}

/** Locks are replaced, never changed in place, so a sum holds as long as its array is the same. */
const known = new WeakMap<readonly Lock[], LockedTotals>();

export function locksOf({ locks }: Participant): LockedTotals {
  let totals = known.get(locks);
  if (!totals) {
    totals = totalsOf(locks);
    known.set(locks, totals);
  }
  return totals;
}

function totalsOf(locks: readonly Lock[]): LockedTotals {
  let principalWei = 0n;
  let gmflockWei = 0n;
  let weighedDays = 0;
  for (const lock of locks) {
    principalWei += lock.principalWei;
    gmflockWei += lock.gmflockWei;
    weighedDays += flockFromWei(lock.principalWei) * (lock.unlockDay - lock.openedDay);
  }
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
    const totals = locksOf(participant);
    principalWei += totals.principalWei;
    gmflockWei += totals.gmflockWei;
    weighedDays += totals.principalFlock * totals.meanLockDays;
  }
  const principalFlock = flockFromWei(principalWei);
  return {
    principalWei,
    gmflockWei,
    principalFlock,
    gmflock: flockFromWei(gmflockWei),
    meanLockDays: principalFlock === 0 ? 0 : weighedDays / principalFlock,
  };
}
