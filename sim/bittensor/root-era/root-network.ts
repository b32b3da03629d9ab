/**
 * The root network: up to 64 validators, seated by stake, whose weights over subnets divide the
 * emission. Root's own netuid (0) may be weighed: that part is emitted to nobody.
 * Source: spec/token-economics.md sections 2.4 and 5.4.
 */
import { fromFloat, fromInteger, I64F64, safeDiv } from "../../fixed/fixed-point.ts";
import { type RootWeightParams, rootConsensus } from "../emission/root-weights.ts";
import type { HotkeyId, TaoStakes } from "./tao-stakes.ts";

/** A validator's weights over netuids: u16, or any unit in which they were captured. */
export interface RootRow {
  readonly netuids: readonly number[];
  readonly values: readonly number[];
}

/** What the last root epoch made of a subnet, I64F64 bits. */
export interface RootStanding {
  /** Stake-weighted weight. */
  readonly rankBits: bigint;
  /** Stake that weighs it at all. */
  readonly trustBits: bigint;
  /** Its part of the emission. */
  readonly shareBits: bigint;
}

const F = 64n;

export class RootNetwork {
  /** Hotkeys by seat. */
  readonly seats: HotkeyId[] = [];
  readonly rows = new Map<HotkeyId, RootRow>();
  readonly updatedBlock = new Map<HotkeyId, number>();
  standings: ReadonlyMap<number, RootStanding> = new Map();
  private readonly normalised = new Map<HotkeyId, bigint[]>();

  setRow(hotkey: HotkeyId, row: RootRow, block: number): void {
    const bits = row.values.map((value) => fromFloat(I64F64, value));
    const total = bits.reduce((sum, value) => sum + value, 0n);
    this.normalised.set(
      hotkey,
      bits.map((value) => safeDiv(I64F64, value, total)),
    );
    this.rows.set(hotkey, row);
    this.updatedBlock.set(hotkey, block);
  }

  /** A new hotkey takes a seat: an empty one (-1), or that of the one who gives way. */
  seat(hotkey: HotkeyId, index: number): void {
    if (index < 0) {
      this.seats.push(hotkey);
      return;
    }
    const out = this.seats[index];
    this.seats[index] = hotkey;
    this.rows.delete(out);
    this.normalised.delete(out);
    this.updatedBlock.delete(out);
  }

  /** A subnet that is dissolved loses the weights on it. */
  forget(netuid: number): void {
    for (const [hotkey, row] of this.rows) {
      if (!row.netuids.includes(netuid)) continue;
      const kept = row.netuids
        .map((other, i) => [other, row.values[i]])
        .filter(([n]) => n !== netuid);
      const block = this.updatedBlock.get(hotkey) ?? 0;
      const [netuids, values] = [kept.map(([n]) => n), kept.map(([, value]) => value)];
      this.setRow(hotkey, { netuids, values }, block);
    }
  }

  /** The root epoch over the subnets that exist; to the bit `rootWeightShares`, but sparse. */
  epoch(stakes: TaoStakes, exists: ReadonlySet<number>, params: RootWeightParams): void {
    const stakeBits = this.seats.map((hotkey) => fromInteger(I64F64, stakes.totalRao(hotkey)));
    const total = stakeBits.reduce((sum, bits) => sum + bits, 0n);
    const rank = new Map<number, bigint>();
    const trust = new Map<number, bigint>();
    for (const [seat, hotkey] of this.seats.entries()) {
      const row = this.rows.get(hotkey);
      const weights = this.normalised.get(hotkey);
      if (!row || !weights) continue;
      const stake = safeDiv(I64F64, stakeBits[seat], total);
      for (const [i, netuid] of row.netuids.entries()) {
        if (weights[i] === 0n || !exists.has(netuid)) continue;
        rank.set(netuid, (rank.get(netuid) ?? 0n) + ((stake * weights[i]) >> F));
        trust.set(netuid, (trust.get(netuid) ?? 0n) + stake);
      }
    }
    this.standings = standingsOf(rank, trust, params);
  }
}

function standingsOf(
  rank: ReadonlyMap<number, bigint>,
  trust: ReadonlyMap<number, bigint>,
  params: RootWeightParams,
): Map<number, RootStanding> {
  // Subnets that the same validators weigh have the same trust: one exponential for all of them.
  const consensusOf = new Map<bigint, bigint>();
  const lifted = new Map<number, bigint>();
  let total = 0n;
  for (const [netuid, rankBits] of rank) {
    const trustBits = trust.get(netuid) as bigint;
    let consensus = consensusOf.get(trustBits);
    if (consensus === undefined) {
      consensus = rootConsensus(trustBits, params);
      consensusOf.set(trustBits, consensus);
    }
    const bits = (rankBits * consensus) >> F;
    lifted.set(netuid, bits);
    total += bits;
  }
  return new Map(
    [...rank].map(([netuid, rankBits]) => [
      netuid,
      {
        rankBits,
        trustBits: trust.get(netuid) as bigint,
        shareBits: safeDiv(I64F64, lifted.get(netuid) as bigint, total),
      },
    ]),
  );
}
