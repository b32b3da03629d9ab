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
/** A row as one large number: netuid n has the bits from n * LANE on. */
const LANE = 192n;
const LANE_MASK = (1n << LANE) - 1n;
/** What of a lane is left when a product of two I64F64 below 2 is shifted by 64 bits. */
const PRODUCT_MASK = (1n << 128n) - 1n;

interface PackedRow {
  /** Weights that sum to 1, I64F64, in lanes. */
  readonly weights: bigint;
  /** A one in the lane of each subnet with weight. */
  readonly marks: bigint;
  readonly productMask: bigint;
}

export class RootNetwork {
  /** Hotkeys by seat. */
  readonly seats: HotkeyId[] = [];
  readonly rows = new Map<HotkeyId, RootRow>();
  readonly updatedBlock = new Map<HotkeyId, number>();
  standings: ReadonlyMap<number, RootStanding> = new Map();
  private readonly packed = new Map<HotkeyId, PackedRow>();

  /** The row must name each subnet once, and only subnets that exist. */
  setRow(hotkey: HotkeyId, row: RootRow, block: number): void {
    this.packed.set(hotkey, packedRow(row));
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
    this.packed.delete(out);
    this.updatedBlock.delete(out);
  }

  /** A subnet that is dissolved loses the weights on it. */
  forget(netuid: number): void {
    for (const [hotkey, { netuids, values }] of this.rows) {
      const at = netuids.indexOf(netuid);
      if (at < 0) continue;
      const row = { netuids: netuids.toSpliced(at, 1), values: values.toSpliced(at, 1) };
      this.setRow(hotkey, row, this.updatedBlock.get(hotkey) ?? 0);
    }
  }

  /**
   * The root epoch, to the bit `rootWeightShares`: one multiplication takes a validator's stake times
   * its whole row, every product floored in its lane.
   */
  epoch(stakes: TaoStakes, params: RootWeightParams): void {
    const stakeBits = this.seats.map((hotkey) => fromInteger(I64F64, stakes.totalRao(hotkey)));
    const total = stakeBits.reduce((sum, bits) => sum + bits, 0n);
    let ranks = 0n;
    let trusts = 0n;
    for (const [seat, hotkey] of this.seats.entries()) {
      const row = this.packed.get(hotkey);
      if (!row) continue;
      const stake = safeDiv(I64F64, stakeBits[seat], total);
      ranks += ((stake * row.weights) >> F) & row.productMask;
      trusts += stake * row.marks;
    }
    this.standings = standingsOf(lanesOf(ranks), lanesOf(trusts), params);
  }
}

function packedRow({ netuids, values }: RootRow): PackedRow {
  const bits = values.map((value) => fromFloat(I64F64, value));
  const total = bits.reduce((sum, value) => sum + value, 0n);
  let [weights, marks, productMask] = [0n, 0n, 0n];
  for (const [i, netuid] of netuids.entries()) {
    const weight = safeDiv(I64F64, bits[i], total);
    if (weight === 0n) continue;
    const lane = BigInt(netuid) * LANE;
    weights |= weight << lane;
    marks |= 1n << lane;
    productMask |= PRODUCT_MASK << lane;
  }
  return { weights, marks, productMask };
}

/** What stands in each lane, by netuid; empty lanes are left out. */
function lanesOf(packed: bigint): Map<number, bigint> {
  const lanes = new Map<number, bigint>();
  let netuid = 0;
  for (let rest = packed; rest > 0n; rest >>= LANE) {
    const bits = rest & LANE_MASK;
    if (bits > 0n) lanes.set(netuid, bits);
    netuid++;
  }
  return lanes;
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
  for (const [netuid, trustBits] of trust) {
    const rankBits = rank.get(netuid) ?? 0n;
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
    [...trust].map(([netuid, trustBits]) => [
      netuid,
      {
        rankBits: rank.get(netuid) ?? 0n,
        trustBits,
        shareBits: safeDiv(I64F64, lifted.get(netuid) as bigint, total),
      },
    ]),
  );
}
