/**
 * What conviction is for: the hotkey with the most of it may take a subnet over. The test runs at
 * every epoch. Source: spec/token-economics.md section 5.6, spec/recent-rules.md section 3.7.
 */
import { BLOCKS_PER_YEAR, saturatingSub } from "../../../amounts.ts";
import { satAdd, U64F64 } from "../../../fixed/fixed-point.ts";
import { aggregateOf, type LockBook, setAggregate } from "./lock-book.ts";
import { withLock } from "./lock-model.ts";
import { emptyLock, type LockKind, rollForward } from "./lock-state.ts";

export interface OwnershipRule {
  /** Youngest age, in blocks since registration, at which a subnet can change hands. */
  readonly matureBlocks: number;
  /** Whose conviction is measured: that of all hotkeys, or the largest hotkey's own. */
  readonly measured: "all" | "largest";
  readonly percent: bigint;
  /** True where the measured conviction must exceed the threshold, false where reaching it does. */
  readonly strict: boolean;
  /** What the percentage is of: AlphaOut, or AlphaOut without protocol-owned and burned alpha. */
  readonly supply: "alphaOut" | "circulating";
}

/** From spec 432 (block 8,636,191). */
export const OWNERSHIP_432: OwnershipRule = {
  matureBlocks: BLOCKS_PER_YEAR,
  measured: "all",
  percent: 10n,
  strict: false,
  supply: "alphaOut",
};

/** From spec 446 (August 2026, after block 8,837,719). */
export const OWNERSHIP_446: OwnershipRule = { ...OWNERSHIP_432, supply: "circulating" };

/** From spec 447 (August 2026, by block 8,861,759). */
export const OWNERSHIP_447: OwnershipRule = {
  ...OWNERSHIP_446,
  measured: "largest",
  percent: 18n,
  strict: true,
};

export interface SubnetSupply {
  readonly alphaOutRao: bigint;
  /** Alpha that the chain has bought (SubnetProtocolAlpha). */
  readonly protocolAlphaRao: bigint;
  readonly alphaBurnedRao: bigint;
}

const kinds: readonly LockKind[] = [true, false].flatMap((toOwner) =>
  [true, false].map((perpetual) => ({ toOwner, perpetual })),
);

/** Each hotkey's conviction at a block in U64F64 bits, owner locks under the owner's hotkey. */
export function convictionsBits(book: LockBook, block: number): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  const hotkeys = new Set([...book.general.keys(), book.ownerHotkey]);
  for (const hotkey of hotkeys) {
    let sum = 0n;
    for (const kind of kinds) {
      if (kind.toOwner && hotkey !== book.ownerHotkey) continue;
      const lock = rollForward(aggregateOf(book, hotkey, kind), block, book.rates, kind);
      sum = satAdd(U64F64, sum, lock.convictionBits);
    }
    if (sum > 0n) sums.set(hotkey, sum);
  }
  return sums;
}

/** The hotkey with the most conviction; of equals the last in key order. Null where there is none. */
export function largestHotkey(convictions: ReadonlyMap<string, bigint>): string | null {
  let best: string | null = null;
  for (const [hotkey, bits] of convictions) {
    const bestBits = best === null ? -1n : (convictions.get(best) ?? 0n);
    if (bits > bestBits || (bits === bestBits && best !== null && hotkey > best)) best = hotkey;
  }
  return best;
}

/**
 * The hotkey whose conviction entitles it to the subnet, or null. The caller still checks that its
 * coldkey is not the owner already and that it is, or can become, a neuron of the subnet.
 */
export function entitledHotkey(
  rule: OwnershipRule,
  convictions: ReadonlyMap<string, bigint>,
  ageBlocks: number,
  supply: SubnetSupply,
): string | null {
  if (ageBlocks < rule.matureBlocks) return null;
  const supplyRao =
    rule.supply === "alphaOut"
      ? supply.alphaOutRao
      : saturatingSub(supply.alphaOutRao, supply.protocolAlphaRao + supply.alphaBurnedRao);
  const hotkey = largestHotkey(convictions);
  if (supplyRao === 0n || hotkey === null) return null;
  const measured =
    rule.measured === "largest"
      ? (convictions.get(hotkey) ?? 0n)
      : [...convictions.values()].reduce((sum, bits) => satAdd(U64F64, sum, bits), 0n);
  const left = measured * 100n;
  const right = (supplyRao << U64F64.fractionBits) * rule.percent;
  return (rule.strict ? left > right : left >= right) ? hotkey : null;
}

/**
 * Hands the aggregates over to a new owner hotkey: the old owner's become ordinary ones, the new
 * owner's conviction is its mass from now on. Individual locks follow when they are next rolled.
 */
export function changeOwnerHotkey(book: LockBook, newOwner: string, block: number): void {
  const oldOwner = book.ownerHotkey;
  if (newOwner === oldOwner) return;
  for (const perpetual of [true, false]) {
    const ofOwner: LockKind = { toOwner: true, perpetual };
    const general: LockKind = { toOwner: false, perpetual };
    const leaving = rollForward(aggregateOf(book, oldOwner, ofOwner), block, book.rates, ofOwner);
    const coming = rollForward(aggregateOf(book, newOwner, general), block, book.rates, general);
    const joined = rollForward(aggregateOf(book, oldOwner, general), block, book.rates, general);
    const demoted = {
      massRao: joined.massRao + leaving.massRao,
      convictionBits: satAdd(U64F64, joined.convictionBits, leaving.convictionBits),
      block,
    };
    setAggregate(book, oldOwner, general, demoted);
    setAggregate(book, newOwner, general, emptyLock(block));
    const crowned = withLock(emptyLock(block), coming, block, book.rates, ofOwner);
    setAggregate(book, newOwner, ofOwner, crowned);
  }
  book.ownerHotkey = newOwner;
}
