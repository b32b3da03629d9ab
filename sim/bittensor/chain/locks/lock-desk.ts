/**
 * Conviction locks in a running chain: what they hold back, what they ripen to, and the subnets that
 * change hands by them. Source: spec/token-economics.md sections 5.5 and 5.6, spec/recent-rules.md
 * section 3.7.
 */
import type { Outcome } from "../../../agent.ts";
import { type ChainError, refused } from "../../errors.ts";
import {
  availableRao,
  emptyBook,
  type LockBook,
  type LockTransfer,
  lockAt,
  lockStake,
  moveLock,
  setPerpetual,
  transferLock,
} from "../../staking/locks/lock-book.ts";
import {
  changeOwnerHotkey,
  convictionsBits,
  entitledHotkey,
  type SubnetSupply,
} from "../../staking/locks/ownership.ts";
import { swapLockHotkey } from "../../staking/locks/swap-hotkey.ts";
import type { ChainState } from "../../state.ts";
import type { Actor } from "../chain.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { EpochDesk } from "../epoch-desk.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { SubnetTerms } from "../subnet-terms.ts";
import type { LockAction, LockStake, MoveLock, SetOwnerCutAutoLock } from "./actions.ts";

/** What the desk works on; the chain itself has it all. */
export interface LockPlace {
  readonly block: number;
  readonly state: ChainState;
  readonly book: StakeBook;
  readonly registry: Registry;
  readonly epochs: EpochDesk;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly subnets: { readonly terms: SubnetTerms };
}

const answer = (fault: ChainError | null): Outcome =>
  fault ? refused(fault) : { applied: true, feeRao: 0n };

export class LockDesk {
  private readonly books = new Map<number, LockBook>();
  /** Coldkeys that take locked alpha from others. */
  private readonly accepting = new Set<string>();
  /** Subnets whose owner's cut is locked as it comes. */
  private readonly autoLocked = new Set<number>();

  constructor(private readonly place: LockPlace) {}

  execute(coldkey: string, action: LockAction): Outcome {
    if (action.kind === "set_reject_locked_alpha") {
      if (action.enabled) this.accepting.delete(coldkey);
      else this.accepting.add(coldkey);
      return answer(null);
    }
    if (!this.place.subnets.terms.lockRates) return refused("CallDisabled");
    if (!this.place.registry.subnet(action.netuid)) return refused("SubnetNotExists");
    switch (action.kind) {
      case "lock_stake":
        return this.lock(coldkey, action);
      case "move_lock":
        return this.move(coldkey, action);
      case "set_perpetual_lock":
        setPerpetual(this.bookOf(action.netuid), coldkey, action.enabled, this.place.block);
        return answer(null);
      case "sudo_set_owner_cut_auto_lock_enabled":
        return this.setAutoLock(coldkey, action);
    }
  }

  /** Alpha rao that a coldkey may take out of a subnet: no lock and no collateral. */
  availableRao(coldkey: string, netuid: number): bigint {
    const stakeRao = this.place.book.coldkeyStakeRao(coldkey, netuid);
    const book = this.books.get(netuid);
    const freeRao = book ? availableRao(book, coldkey, stakeRao, this.place.block) : stakeRao;
    const collateralRao = this.place.detailed.get(netuid)?.collateral.lockedOfRao(coldkey) ?? 0n;
    return freeRao > collateralRao ? freeRao - collateralRao : 0n;
  }

  /** Alpha rao that a coldkey has locked on a subnet, as of this block. */
  lockedRao(coldkey: string, netuid: number): bigint {
    const book = this.books.get(netuid);
    return book ? lockAt(book, coldkey, this.place.block).massRao : 0n;
  }

  /** Each hotkey's conviction on a subnet at this block, U64F64 alpha rao. */
  convictionsBits(netuid: number): ReadonlyMap<string, bigint> {
    const book = this.books.get(netuid);
    return book ? convictionsBits(book, this.place.block) : new Map();
  }

  /** The lock that goes along with stake that changes hands inside a subnet. */
  transfer(netuid: number, transfer: Omit<LockTransfer, "receiverAccepts">): ChainError | null {
    const book = this.books.get(netuid);
    if (!book) return null;
    const receiverAccepts = this.accepting.has(transfer.to);
    return transferLock(book, { ...transfer, receiverAccepts }, this.place.block);
  }

  /** A coldkey's locks become another's, who takes them and has none of its own there. */
  swapColdkey(from: string, to: string): ChainError | null {
    const books = [...this.books.values()].filter(({ held }) => held.has(from));
    if (books.length > 0 && !this.accepting.has(to)) return "AccountRejectsLockedAlpha";
    if (books.some(({ held }) => held.has(to))) return "ActiveLockExists";
    for (const { held, perpetual } of books) {
      const lock = held.get(from);
      if (lock) held.set(to, lock);
      held.delete(from);
      // The decay goes along: the aggregates count the lock as before.
      if (perpetual.delete(from)) perpetual.add(to);
      else perpetual.delete(to);
    }
    return null;
  }

  /** Locks that point at a hotkey point at another one of its owner, and keep their conviction. */
  swapHotkey(netuid: number, from: string, to: string): void {
    const book = this.books.get(netuid);
    if (book) swapLockHotkey(book, from, to, this.place.block);
  }

  /** The subnet's owner hotkey is another one from now on. */
  ownerChanged(netuid: number, hotkey: string): void {
    const book = this.books.get(netuid);
    if (book) changeOwnerHotkey(book, hotkey, this.place.block);
  }

  /** Locks the owner's cut where the owner has asked for it. */
  ownerCutPaid(netuid: number, owner: Actor, amountRao: bigint): void {
    if (!this.autoLocked.has(netuid) || amountRao === 0n) return;
    this.lock(owner.coldkey, { kind: "lock_stake", netuid, hotkey: owner.hotkey, amountRao });
  }

  /**
   * The test at a subnet's epoch: the new owner where one hotkey's conviction is enough, else null.
   * The winner becomes a neuron where a uid is free.
   */
  testOwnership(netuid: number): Actor | null {
    const book = this.books.get(netuid);
    if (!book || book.held.size === 0) return null;
    const { block, registry } = this.place;
    const rule = this.place.subnets.terms.ownership;
    const subnet = registry.subnet(netuid);
    if (!rule || !subnet) return null;
    const age = block - subnet.registeredAtBlock;
    if (age < rule.matureBlocks) return null;
    const convictions = convictionsBits(book, block);
    const hotkey = entitledHotkey(rule, convictions, age, this.supplyOf(netuid));
    if (hotkey === null) return null;
    const coldkey = registry.coldkeyOf(hotkey);
    if (coldkey === undefined || coldkey === subnet.owner.coldkey) return null;
    const winner = { hotkey, coldkey };
    registry.setOwner(netuid, winner);
    changeOwnerHotkey(book, hotkey, block);
    this.autoLocked.delete(netuid);
    this.seat(netuid, winner);
    return winner;
  }

  /** What a share of ownership is measured against. */
  supplyOf(netuid: number): SubnetSupply {
    const { subnet } = this.place.state;
    return {
      alphaOutRao: subnet.alphaOutRao[netuid],
      protocolAlphaRao: subnet.protocolAlphaRao[netuid],
      alphaBurnedRao: this.place.epochs.burnedRao(netuid),
    };
  }

  /** Locks end with their subnet. */
  forget(netuid: number): void {
    this.books.delete(netuid);
    this.autoLocked.delete(netuid);
  }

  private lock(coldkey: string, { netuid, hotkey, amountRao }: LockStake): Outcome {
    const { book, block, registry } = this.place;
    if (!registry.hasHotkey(hotkey)) return refused("HotKeyAccountNotExists");
    const stakeRao = book.coldkeyStakeRao(coldkey, netuid);
    return answer(lockStake(this.bookOf(netuid), coldkey, hotkey, amountRao, stakeRao, block));
  }

  private move(coldkey: string, { netuid, toHotkey }: MoveLock): Outcome {
    const { block, registry } = this.place;
    const owner = registry.coldkeyOf(toHotkey);
    if (owner === undefined) return refused("HotKeyAccountNotExists");
    const book = this.bookOf(netuid);
    const from = book.held.get(coldkey)?.hotkey;
    const sameOwner = from !== undefined && registry.coldkeyOf(from) === owner;
    return answer(moveLock(book, coldkey, toHotkey, sameOwner, block));
  }

  private setAutoLock(coldkey: string, { netuid, enabled }: SetOwnerCutAutoLock): Outcome {
    if (this.place.registry.ownerOf(netuid)?.coldkey !== coldkey) return refused("NotSubnetOwner");
    if (enabled) this.autoLocked.add(netuid);
    else this.autoLocked.delete(netuid);
    return answer(null);
  }

  private seat(netuid: number, { hotkey, coldkey }: Actor): void {
    const subnet = this.place.detailed.get(netuid);
    if (!subnet || subnet.uidOf.has(hotkey)) return;
    const uid = subnet.neurons.length;
    if (uid >= subnet.maxAllowedUids) return;
    const registeredAtBlock = this.place.block;
    subnet.register({ hotkey, coldkey, role: "owner", registeredAtBlock }, uid);
  }

  private bookOf(netuid: number): LockBook {
    const known = this.books.get(netuid);
    if (known) return known;
    const { lockRates } = this.place.subnets.terms;
    const owner = this.place.registry.ownerOf(netuid);
    if (!lockRates || !owner) throw new RangeError(`subnet ${netuid} has no locks`);
    const book = emptyBook(owner.hotkey, lockRates);
    this.books.set(netuid, book);
    return book;
  }
}
