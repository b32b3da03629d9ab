/**
 * What a coldkey may ask about conviction locks, under the names of the chain's extrinsics.
 * Source: spec/token-economics.md section 5.5.
 */

/** Binds stake on a subnet to a hotkey; adds to the lock that there is. */
export interface LockStake {
  readonly kind: "lock_stake";
  readonly netuid: number;
  readonly hotkey: string;
  readonly amountRao: bigint;
}

/** Points one's lock at another hotkey; conviction survives between hotkeys of one owner. */
export interface MoveLock {
  readonly kind: "move_lock";
  readonly netuid: number;
  readonly toHotkey: string;
}

/** Stops the decay of one's lock on a subnet, or lets it go on. */
export interface SetPerpetualLock {
  readonly kind: "set_perpetual_lock";
  readonly netuid: number;
  readonly enabled: boolean;
}

/** Whether one takes stake whose lock comes with it; a coldkey that never said so refuses. */
export interface SetRejectLockedAlpha {
  readonly kind: "set_reject_locked_alpha";
  readonly netuid: 0;
  readonly enabled: boolean;
}

/** A subnet's owner has its cut locked as it comes, or no longer. */
export interface SetOwnerCutAutoLock {
  readonly kind: "sudo_set_owner_cut_auto_lock_enabled";
  readonly netuid: number;
  readonly enabled: boolean;
}

export type LockAction =
  | LockStake
  | MoveLock
  | SetPerpetualLock
  | SetRejectLockedAlpha
  | SetOwnerCutAutoLock;

const kinds: ReadonlySet<string> = new Set<LockAction["kind"]>([
  "lock_stake",
  "move_lock",
  "set_perpetual_lock",
  "set_reject_locked_alpha",
  "sudo_set_owner_cut_auto_lock_enabled",
]);

export const isLockAction = (action: { readonly kind: string }): action is LockAction =>
  kinds.has(action.kind);
