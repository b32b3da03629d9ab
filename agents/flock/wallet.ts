/** What everyone with FLOCK does alike: redeem what has matured, then relock or sell. */
import { flockFromWei, weiFromFlock } from "../../sim/flock/amounts.ts";
import type { FlockAction, FlockView } from "../../sim/flock/world/world.ts";
import { bestLock, type LockTaste, lockGrid } from "./locking.ts";

/** Less than this is left alone. */
const SMALLEST_LOCK_FLOCK = 10;

export const maturedWei = (view: FlockView): bigint =>
  view.self
    .locks()
    .reduce((sum, lock) => (lock.unlockDay <= view.day ? sum + lock.principalWei : sum), 0n);

/**
 * Locks what can be spared for the best length, or sells it where no lock brings what the holder
 * requires. `keepFlock` stays liquid.
 */
export function lockOrSell(
  view: FlockView,
  dailyPerGmflock: number,
  taste: LockTaste,
  keepFlock = 0,
): FlockAction[] {
  const spare = flockFromWei(view.self.flockWei()) - keepFlock;
  if (spare < SMALLEST_LOCK_FLOCK) return [];
  const { gmflock } = view.parameters;
  const choice = bestLock(lockGrid(gmflock), dailyPerGmflock, taste, gmflock);
  const flockWei = weiFromFlock(spare);
  return choice.gainPerYear >= taste.requiredPerYear
    ? [{ kind: "lock", flockWei, lockDays: choice.lockDays }]
    : [{ kind: "sell", flockWei }];
}
