/** What everyone with FLOCK does alike: decide on matured locks, then lock or sell what is free. */
import { flockFromWei, weiFromFlock } from "../../sim/flock/amounts.ts";
import type { Lock } from "../../sim/flock/gmflock.ts";
import type { FlockAction, FlockView } from "../../sim/flock/world/world.ts";
import { bestLock, type LockChoice, type LockTaste, lockGrid } from "./locking.ts";

/** Less than this is left alone. */
const SMALLEST_LOCK_FLOCK = 10;

export const matured = (view: FlockView): Lock[] =>
  view.self.locks().filter(({ unlockDay }) => unlockDay <= view.day);

export const bestLockNow = (
  view: FlockView,
  dailyPerGmflock: number,
  taste: LockTaste,
): LockChoice => {
  const { gmflock } = view.parameters;
  return bestLock(lockGrid(gmflock), dailyPerGmflock, taste, gmflock);
};

/**
 * Matured locks that are worth redeeming. One that is kept goes on earning without a fee and can
 * be left at any time, so it goes only where a new lock would gain more, or the money is wanted.
 */
export function locksToRedeem(
  view: FlockView,
  dailyPerGmflock: number,
  taste: LockTaste,
): readonly Lock[] {
  const ready = matured(view);
  if (ready.length === 0 || taste.matured === "roll") return ready;
  const renewed = bestLockNow(view, dailyPerGmflock, taste).gainPerYear;
  return ready.filter((lock) => {
    const gmflockPerFlock = Number(lock.gmflockWei) / Number(lock.principalWei);
    const kept = 365 * dailyPerGmflock * gmflockPerFlock;
    return kept < taste.requiredPerYear || kept < renewed;
  });
}

/**
 * Locks what can be spared for the best length, or sells it where no lock brings what the holder
 * requires.
 */
export function lockOrSell(
  view: FlockView,
  dailyPerGmflock: number,
  taste: LockTaste,
): FlockAction[] {
  const flockWei = view.self.flockWei();
  if (flockFromWei(flockWei) < SMALLEST_LOCK_FLOCK) return [];
  const { lockDays, gainPerYear } = bestLockNow(view, dailyPerGmflock, taste);
  return gainPerYear >= taste.requiredPerYear
    ? [{ kind: "lock", flockWei, lockDays }]
    : [{ kind: "sell", flockWei }];
}

/** Sells all that is liquid: what a surprise demands. */
export function sellAll(view: FlockView): FlockAction[] {
  const flockWei = view.self.flockWei();
  return flockFromWei(flockWei) < SMALLEST_LOCK_FLOCK ? [] : [{ kind: "sell", flockWei }];
}

/** Decimal FLOCK as wei, never more than there is. */
export const atMost = (flock: number, heldWei: bigint): bigint => {
  const wei = weiFromFlock(flock);
  return wei < heldWei ? wei : heldWei;
};
