/**
 * What a hotkey swap does to locks: those that point at the old hotkey point at the new one, with
 * their conviction. Source: spec/token-economics.md section 5.5.
 */
import { aggregateOf, type LockBook, setAggregate } from "./lock-book.ts";
import { withLock } from "./lock-model.ts";
import { emptyLock, type LockKind, rollForward } from "./lock-state.ts";

/** Locks that pointed at the new hotkey before are joined, and count as the owner's where it is that. */
export function swapLockHotkey(book: LockBook, from: string, to: string, block: number): void {
  for (const [coldkey, lock] of book.held) {
    if (lock.hotkey === from) book.held.set(coldkey, { ...lock, hotkey: to });
  }
  const ofOwner = book.ownerHotkey === from;
  if (ofOwner) book.ownerHotkey = to;
  for (const perpetual of [true, false]) {
    const general: LockKind = { toOwner: false, perpetual };
    const kind: LockKind = { toOwner: ofOwner || book.ownerHotkey === to, perpetual };
    const own = ofOwner ? to : from;
    const moved = rollForward(aggregateOf(book, own, general), block, book.rates, general);
    if (moved.massRao === 0n && moved.convictionBits === 0n) continue;
    setAggregate(book, own, general, emptyLock(block));
    const target = aggregateOf(book, to, kind);
    setAggregate(book, to, kind, withLock(target, moved, block, book.rates, kind));
  }
}
