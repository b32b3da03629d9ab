/**
 * All conviction locks of one subnet, and the operations on them. A coldkey has at most one lock on
 * a subnet, pointing at one hotkey. Functions here change the book that they are given; those that
 * can be refused return the chain's error name, or null when done.
 * Source: spec/token-economics.md section 5.5 (lock.rs).
 */
import { saturatingSub } from "../../../amounts.ts";
import { satMul, U64F64 } from "../../../fixed/fixed-point.ts";
import type { ChainError } from "../../errors.ts";
import {
  forceReduce,
  type LockModel,
  proportionBits,
  rollModel,
  topUp,
  withLock,
  withoutLock,
} from "./lock-model.ts";
import {
  emptyLock,
  isDust,
  type LockKind,
  type LockRates,
  type LockState,
  reduced,
  rollForward,
} from "./lock-state.ts";

export interface HeldLock {
  readonly hotkey: string;
  readonly state: LockState;
}

/** Aggregates by mode. */
export interface Aggregates {
  perpetual: LockState;
  decaying: LockState;
}

export interface LockBook {
  ownerHotkey: string;
  readonly rates: LockRates;
  /** By coldkey. */
  readonly held: Map<string, HeldLock>;
  /** Coldkeys that have opted into locks that do not decay. */
  readonly perpetual: Set<string>;
  /** By hotkey: the locks that point at it, the owner's hotkey apart. */
  readonly general: Map<string, Aggregates>;
  /** The locks that point at the owner's hotkey. */
  readonly owner: Aggregates;
}

const emptyAggregates = (block: number): Aggregates => ({
  perpetual: emptyLock(block),
  decaying: emptyLock(block),
});

export const emptyBook = (ownerHotkey: string, rates: LockRates): LockBook => ({
  ownerHotkey,
  rates,
  held: new Map(),
  perpetual: new Set(),
  general: new Map(),
  owner: emptyAggregates(0),
});

export const kindOf = (book: LockBook, coldkey: string, hotkey: string): LockKind => ({
  toOwner: hotkey === book.ownerHotkey,
  perpetual: book.perpetual.has(coldkey),
});

const modeOf = (kind: LockKind): keyof Aggregates => (kind.perpetual ? "perpetual" : "decaying");

export function aggregateOf(book: LockBook, hotkey: string, kind: LockKind): LockState {
  const aggregates = kind.toOwner ? book.owner : book.general.get(hotkey);
  return aggregates?.[modeOf(kind)] ?? emptyLock(0);
}

export function setAggregate(
  book: LockBook,
  hotkey: string,
  kind: LockKind,
  state: LockState,
): void {
  const aggregates = kind.toOwner
    ? book.owner
    : (book.general.get(hotkey) ?? emptyAggregates(state.block));
  aggregates[modeOf(kind)] = state;
  if (kind.toOwner) return;
  const gone = [aggregates.perpetual, aggregates.decaying].every(
    (lock) => lock.massRao === 0n && lock.convictionBits === 0n,
  );
  if (gone) book.general.delete(hotkey);
  else book.general.set(hotkey, aggregates);
}

function setHeld(book: LockBook, coldkey: string, hotkey: string, state: LockState): void {
  if (isDust(state)) book.held.delete(coldkey);
  else book.held.set(coldkey, { hotkey, state });
}

const modelOf = (book: LockBook, coldkey: string, hotkey: string, block: number): LockModel => ({
  individual: book.held.get(coldkey)?.state ?? emptyLock(block),
  aggregate: aggregateOf(book, hotkey, kindOf(book, coldkey, hotkey)),
});

function save(book: LockBook, coldkey: string, hotkey: string, model: LockModel): void {
  setAggregate(book, hotkey, kindOf(book, coldkey, hotkey), model.aggregate);
  setHeld(book, coldkey, hotkey, model.individual);
}

/** A coldkey's lock at a block, without changing the book. */
export function lockAt(book: LockBook, coldkey: string, block: number): LockState {
  const held = book.held.get(coldkey);
  if (!held) return emptyLock(block);
  return rollForward(held.state, block, book.rates, kindOf(book, coldkey, held.hotkey));
}

/** Alpha rao that the coldkey may unstake, move elsewhere, recycle or burn on this subnet. */
export const availableRao = (
  book: LockBook,
  coldkey: string,
  totalStakeRao: bigint,
  block: number,
): bigint => saturatingSub(totalStakeRao, lockAt(book, coldkey, block).massRao);

/** lock_stake: opens a lock or adds to it. `totalStakeRao` is the coldkey's on the subnet. */
export function lockStake(
  book: LockBook,
  coldkey: string,
  hotkey: string,
  amountRao: bigint,
  totalStakeRao: bigint,
  block: number,
): ChainError | null {
  if (amountRao === 0n) return "AmountTooLow";
  const held = book.held.get(coldkey);
  if (held && held.hotkey !== hotkey) return "LockHotkeyMismatch";
  const kind = kindOf(book, coldkey, hotkey);
  const model = rollModel(modelOf(book, coldkey, hotkey, block), block, book.rates, kind);
  if (totalStakeRao < model.individual.massRao + amountRao) return "InsufficientStakeForLock";
  save(book, coldkey, hotkey, topUp(model, amountRao, block, book.rates, kind));
  return null;
}

/** move_lock: conviction survives only between hotkeys of one owner. */
export function moveLock(
  book: LockBook,
  coldkey: string,
  toHotkey: string,
  sameOwner: boolean,
  block: number,
): ChainError | null {
  const held = book.held.get(coldkey);
  if (!held) return "NoExistingLock";
  const origin = held.hotkey;
  const originKind = kindOf(book, coldkey, origin);
  const lock = lockAt(book, coldkey, block);
  const left = aggregateOf(book, origin, originKind);
  setAggregate(book, origin, originKind, withoutLock(left, lock, block, book.rates, originKind));
  const kind = kindOf(book, coldkey, toHotkey);
  const carried = sameOwner ? lock : { ...lock, convictionBits: 0n };
  const moved = rollForward(carried, block, book.rates, kind);
  setHeld(book, coldkey, toHotkey, moved);
  const target = aggregateOf(book, toHotkey, kind);
  setAggregate(book, toHotkey, kind, withLock(target, moved, block, book.rates, kind));
  return null;
}

/** set_perpetual_lock: switches decay off or on for a coldkey, moving its lock between aggregates. */
export function setPerpetual(
  book: LockBook,
  coldkey: string,
  perpetual: boolean,
  block: number,
): void {
  const changes = book.perpetual.has(coldkey) !== perpetual;
  const hotkey = book.held.get(coldkey)?.hotkey;
  if (hotkey !== undefined) {
    const kind = kindOf(book, coldkey, hotkey);
    const model = rollModel(modelOf(book, coldkey, hotkey, block), block, book.rates, kind);
    const aggregate = changes
      ? withoutLock(model.aggregate, model.individual, block, book.rates, kind)
      : model.aggregate;
    save(book, coldkey, hotkey, { ...model, aggregate });
  }
  if (perpetual) book.perpetual.add(coldkey);
  else book.perpetual.delete(coldkey);
  const held = book.held.get(coldkey);
  if (!changes || !held) return;
  const kind = kindOf(book, coldkey, held.hotkey);
  const aggregate = aggregateOf(book, held.hotkey, kind);
  const joined = withLock(aggregate, held.state, block, book.rates, kind);
  setAggregate(book, held.hotkey, kind, joined);
}

/** Takes mass off a coldkey's lock (its stake was taken away by force), conviction in proportion. */
export function reduceLock(
  book: LockBook,
  coldkey: string,
  amountRao: bigint,
  block: number,
): void {
  const hotkey = book.held.get(coldkey)?.hotkey;
  if (hotkey === undefined) return;
  const kind = kindOf(book, coldkey, hotkey);
  const model = modelOf(book, coldkey, hotkey, block);
  save(book, coldkey, hotkey, forceReduce(model, amountRao, block, book.rates, kind));
}

export interface LockTransfer {
  readonly from: string;
  readonly to: string;
  /** Stake that changes hands inside the subnet, alpha rao. */
  readonly amountRao: bigint;
  /** The giver's whole stake on the subnet before the transfer, alpha rao. */
  readonly giverStakeRao: bigint;
  /** Whether the receiver has opted in to locked alpha; by default it has not. */
  readonly receiverAccepts: boolean;
}

/**
 * The lock that follows transferred stake: what the giver's unlocked alpha does not cover moves to
 * the receiver with conviction in proportion, still pointing at the same hotkey.
 */
export function transferLock(
  book: LockBook,
  transfer: LockTransfer,
  block: number,
): ChainError | null {
  const { from, to, amountRao, giverStakeRao } = transfer;
  const held = book.held.get(from);
  if (from === to || amountRao === 0n || !held) return null;
  const giver = lockAt(book, from, block);
  const receiver = lockAt(book, to, block);
  const uncovered = saturatingSub(amountRao, saturatingSub(giverStakeRao, giver.massRao));
  const massRao = uncovered < giver.massRao ? uncovered : giver.massRao;
  const destination = book.held.get(to)?.hotkey ?? held.hotkey;
  if (uncovered > 0n && destination !== held.hotkey) return "LockHotkeyMismatch";
  if (massRao > 0n && !transfer.receiverAccepts) return "AccountRejectsLockedAlpha";
  const convictionBits = satMul(
    U64F64,
    giver.convictionBits,
    proportionBits(massRao, giver.massRao),
  );
  const moved: LockState = { massRao, convictionBits, block };
  const giverKind = kindOf(book, from, held.hotkey);
  const receiverKind = kindOf(book, to, destination);
  const left = rollForward(reduced(giver, moved), block, book.rates, giverKind);
  const gained = {
    massRao: receiver.massRao + massRao,
    convictionBits: receiver.convictionBits + convictionBits,
    block,
  };
  setHeld(book, from, held.hotkey, left);
  setHeld(book, to, destination, rollForward(gained, block, book.rates, receiverKind));
  if (massRao === 0n) return null;
  const leftAggregate = aggregateOf(book, held.hotkey, giverKind);
  setAggregate(
    book,
    held.hotkey,
    giverKind,
    withoutLock(leftAggregate, moved, block, book.rates, giverKind),
  );
  const joined = aggregateOf(book, destination, receiverKind);
  setAggregate(
    book,
    destination,
    receiverKind,
    withLock(joined, moved, block, book.rates, receiverKind),
  );
  return null;
}
