/**
 * Parents and children on one subnet: whose stake counts for whom, and what is scheduled.
 * Source: spec/token-economics.md section 3.6.
 */
import { type Child, mayActivate } from "../../staking/children/child-rules.ts";
import { inheritedRao } from "../../staking/children/inheritance.ts";
import { totalStakeBits } from "../../yuma/stake-weight.ts";
import { rename } from "../keys/rename.ts";
import type { StakeBook } from "../stake-book.ts";

interface Scheduled {
  readonly children: readonly Child[];
  readonly dueBlock: number;
}

/** A part of a parent's stake that counts for a child from now on; 0: it counts no longer. */
export interface KinChange {
  readonly parent: string;
  readonly child: string;
  readonly beforeU64: bigint;
  readonly proportionU64: bigint;
}

const NOBODY: readonly Child[] = [];

export class Family {
  private readonly children = new Map<string, readonly Child[]>();
  private readonly parents = new Map<string, readonly Child[]>();
  private readonly scheduled = new Map<string, Scheduled>();
  private readonly setAt = new Map<string, number>();
  private readonly takes = new Map<string, number>();
  private readonly takeRaisedAt = new Map<string, number>();

  constructor(readonly netuid: number) {}

  /** Each with the part of the hotkey's stake that counts for it. */
  childrenOf(hotkey: string): readonly Child[] {
    return this.children.get(hotkey) ?? NOBODY;
  }

  /** Hotkeys whose stake counts for this one, each with the part that does. */
  parentsOf(hotkey: string): readonly Child[] {
    return this.parents.get(hotkey) ?? NOBODY;
  }

  /** What a child keeps of its parents' dividends, u16 of 65,535. */
  takeU16(hotkey: string): number {
    return this.takes.get(hotkey) ?? 0;
  }

  blocksSinceSet(hotkey: string, block: number): number {
    return block - (this.setAt.get(hotkey) ?? Number.NEGATIVE_INFINITY);
  }

  blocksSinceTakeRaise(hotkey: string, block: number): number {
    return block - (this.takeRaisedAt.get(hotkey) ?? Number.NEGATIVE_INFINITY);
  }

  setTake(hotkey: string, takeU16: number, block: number): void {
    if (takeU16 > this.takeU16(hotkey)) this.takeRaisedAt.set(hotkey, block);
    this.takes.set(hotkey, takeU16);
  }

  /** Puts down a parent's new children, in place of those that were scheduled before. */
  schedule(parent: string, children: readonly Child[], block: number, dueBlock: number): void {
    this.setAt.set(parent, block);
    this.scheduled.set(parent, { children, dueBlock });
  }

  /**
   * What is scheduled and due comes into force, and is returned; null for no cap on a child's
   * parents.
   */
  activate(block: number, maxParents: number | null): KinChange[] {
    const changes: KinChange[] = [];
    for (const [parent, { children, dueBlock }] of this.scheduled) {
      if (dueBlock > block) continue;
      this.scheduled.delete(parent);
      const candidates = children.map(({ hotkey }) => ({
        hotkey,
        parents: this.parentsOf(hotkey).map((other) => other.hotkey),
      }));
      if (!mayActivate(parent, candidates, maxParents)) continue;
      changes.push(...kinChanges(parent, this.childrenOf(parent), children));
      this.replace(parent, children);
    }
    return changes;
  }

  /**
   * A hotkey goes under another name: as parent, as child, and in what is scheduled. What stood under
   * that name before gives way to it.
   */
  swapHotkey(from: string, to: string): void {
    if (this.isKin(from)) this.leave(to);
    for (const kin of [this.children, this.parents]) {
      for (const [hotkey, others] of kin) kin.set(hotkey, renamed(others, from, to));
      rename(kin, from, to);
    }
    for (const [parent, { children, dueBlock }] of this.scheduled) {
      this.scheduled.set(parent, { children: renamed(children, from, to), dueBlock });
    }
    rename(this.scheduled, from, to);
    for (const numbers of [this.setAt, this.takes, this.takeRaisedAt]) rename(numbers, from, to);
  }

  private isKin(hotkey: string): boolean {
    const { children, parents, scheduled } = this;
    return children.has(hotkey) || parents.has(hotkey) || scheduled.has(hotkey);
  }

  /** Nobody's child and nobody's parent any more. */
  private leave(hotkey: string): void {
    this.scheduled.delete(hotkey);
    this.replace(hotkey, NOBODY);
    for (const parent of this.parentsOf(hotkey).map((other) => other.hotkey)) {
      const left = this.childrenOf(parent).filter((child) => child.hotkey !== hotkey);
      this.replace(parent, left);
    }
  }

  /** Whether anybody has a child, or a child take of its own. */
  get hasTerms(): boolean {
    return this.lends || this.takes.size > 0;
  }

  /** Whether any stake counts for another hotkey than the one that it is with. */
  get lends(): boolean {
    return this.children.size > 0;
  }

  /**
   * Total stake of a hotkey as the epoch weighs it, I64F64 bits: what it has and what parents lend
   * it, less what it lends. `weightBits` is TaoWeight as I64F64 bits.
   */
  stakeBits(hotkey: string, book: StakeBook, weightBits: bigint): bigint {
    const alphaRao = this.inheritedRao(hotkey, book, this.netuid);
    return totalStakeBits(alphaRao, this.inheritedRao(hotkey, book, 0), weightBits);
  }

  /** What counts for a hotkey of stake on the subnet, or on root (netuid 0). */
  inheritedRao(hotkey: string, book: StakeBook, netuid: number): bigint {
    const ownRao = book.hotkeyStakeRao(hotkey, netuid);
    const children = this.childrenOf(hotkey);
    const parents = this.parentsOf(hotkey);
    if (children.length === 0 && parents.length === 0) return ownRao;
    return inheritedRao(
      ownRao,
      children.map(({ proportionU64 }) => proportionU64),
      parents.map(({ hotkey: parent, proportionU64 }) => ({
        proportionU64,
        stakeRao: book.hotkeyStakeRao(parent, netuid),
      })),
    );
  }

  private replace(parent: string, children: readonly Child[]): void {
    for (const { hotkey } of this.childrenOf(parent)) {
      const left = this.parentsOf(hotkey).filter((other) => other.hotkey !== parent);
      if (left.length > 0) this.parents.set(hotkey, left);
      else this.parents.delete(hotkey);
    }
    if (children.length > 0) this.children.set(parent, children);
    else this.children.delete(parent);
    for (const { hotkey, proportionU64 } of children) {
      this.parents.set(hotkey, [...this.parentsOf(hotkey), { hotkey: parent, proportionU64 }]);
    }
  }
}

/** Who is no child any more comes first. */
function kinChanges(
  parent: string,
  before: readonly Child[],
  after: readonly Child[],
): KinChange[] {
  const partOf = (children: readonly Child[], child: string) =>
    children.find(({ hotkey }) => hotkey === child)?.proportionU64 ?? 0n;
  return [...new Set([...before, ...after].map(({ hotkey }) => hotkey))]
    .map((child) => ({
      parent,
      child,
      beforeU64: partOf(before, child),
      proportionU64: partOf(after, child),
    }))
    .filter(({ beforeU64, proportionU64 }) => beforeU64 !== proportionU64);
}

const renamed = (children: readonly Child[], from: string, to: string): readonly Child[] =>
  children.some(({ hotkey }) => hotkey === from)
    ? children.map((child) => (child.hotkey === from ? { ...child, hotkey: to } : child))
    : children;
