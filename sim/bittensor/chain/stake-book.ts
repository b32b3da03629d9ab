/**
 * Who holds alpha: for each subnet, each hotkey's share pool and the coldkeys that own its shares.
 * Subnet 0 is root, where the alpha is TAO. Sums are kept as they change, so that conservation can
 * be checked every block; `recount` adds everything up again.
 * Source: spec/token-economics.md section 5.1.
 */

import { isZero, SAFE_FLOAT_ZERO, type SafeFloat } from "../staking/safe-float.ts";
import {
  changeStake,
  creditAll,
  depositCounts,
  EMPTY_POOL,
  type SharePool,
  valueOfShareRao,
} from "../staking/share-pool.ts";

interface HotkeyStake {
  pool: SharePool;
  readonly shares: Map<string, SafeFloat>;
}

export interface Holding {
  readonly netuid: number;
  readonly hotkey: string;
  readonly stakeRao: bigint;
}

/** A coldkey's stake with a hotkey of the subnet in question. */
export interface Position {
  readonly hotkey: string;
  readonly coldkey: string;
  readonly stakeRao: bigint;
}

export class StakeBook {
  private readonly subnets = new Map<number, Map<string, HotkeyStake>>();
  private readonly heldRao = new Map<number, bigint>();
  /** Which (netuid, hotkey) a coldkey has shares in, in the order of first deposit. */
  private readonly places = new Map<string, Map<string, { netuid: number; hotkey: string }>>();

  /** All alpha of a hotkey on a subnet (TotalHotkeyAlpha). */
  hotkeyStakeRao(hotkey: string, netuid: number): bigint {
    return this.subnets.get(netuid)?.get(hotkey)?.pool.sharedRao ?? 0n;
  }

  /** What a coldkey owns of a hotkey's stake on a subnet. */
  stakeRao(hotkey: string, coldkey: string, netuid: number): bigint {
    const entry = this.subnets.get(netuid)?.get(hotkey);
    const share = entry?.shares.get(coldkey);
    if (!entry || !share) return 0n;
    // After wild histories a share's 21 digits can be worth a little more than the pool holds.
    const value = valueOfShareRao(entry.pool, share);
    return value < entry.pool.sharedRao ? value : entry.pool.sharedRao;
  }

  /** All alpha of a subnet that hotkeys hold. */
  subnetStakeRao(netuid: number): bigint {
    return this.heldRao.get(netuid) ?? 0n;
  }

  /** Hotkeys that somebody has stake with on a subnet, in the order of first deposit. */
  hotkeysOf(netuid: number): string[] {
    const hotkeys = this.subnets.get(netuid) ?? new Map<string, HotkeyStake>();
    return [...hotkeys].filter(([, { shares }]) => shares.size > 0).map(([hotkey]) => hotkey);
  }

  /** Every position on a subnet, by hotkey and in the order of first deposit. */
  stakersOf(netuid: number): Position[] {
    const positions: Position[] = [];
    for (const [hotkey, { shares }] of this.subnets.get(netuid) ?? []) {
      for (const coldkey of shares.keys()) {
        positions.push({ hotkey, coldkey, stakeRao: this.stakeRao(hotkey, coldkey, netuid) });
      }
    }
    return positions;
  }

  /** Strikes all stake on a dissolved subnet. */
  removeSubnet(netuid: number): void {
    for (const { hotkey, coldkey } of this.stakersOf(netuid)) {
      this.places.get(coldkey)?.delete(`${netuid}/${hotkey}`);
    }
    this.subnets.delete(netuid);
    this.heldRao.delete(netuid);
  }

  /** Everything that a coldkey owns, in a fixed order. */
  *holdingsOf(coldkey: string): Iterable<Holding> {
    for (const { netuid, hotkey } of this.places.get(coldkey)?.values() ?? []) {
      const stakeRao = this.stakeRao(hotkey, coldkey, netuid);
      if (stakeRao > 0n) yield { netuid, hotkey, stakeRao };
    }
  }

  /** False where the amount is worth no share at all, which the chain refuses. */
  depositCounts(hotkey: string, netuid: number, amountRao: bigint): boolean {
    const entry = this.subnets.get(netuid)?.get(hotkey);
    return entry ? depositCounts(entry.pool, amountRao) : amountRao > 0n;
  }

  deposit(hotkey: string, coldkey: string, netuid: number, amountRao: bigint): void {
    if (amountRao <= 0n) return;
    const entry = this.entryOf(hotkey, netuid);
    const share = entry.shares.get(coldkey) ?? SAFE_FLOAT_ZERO;
    const change = changeStake(entry.pool, share, amountRao);
    this.setPool(entry, netuid, change.pool);
    entry.shares.set(coldkey, change.share);
    let places = this.places.get(coldkey);
    if (!places) {
      places = new Map();
      this.places.set(coldkey, places);
    }
    places.set(`${netuid}/${hotkey}`, { netuid, hotkey });
  }

  /** Takes stake out; the caller has checked that it is there. */
  withdraw(hotkey: string, coldkey: string, netuid: number, amountRao: bigint): void {
    if (amountRao <= 0n) return;
    const entry = this.entryOf(hotkey, netuid);
    const share = entry.shares.get(coldkey) ?? SAFE_FLOAT_ZERO;
    const change = changeStake(entry.pool, share, -amountRao);
    this.setPool(entry, netuid, change.pool);
    if (isZero(change.share)) {
      entry.shares.delete(coldkey);
      this.places.get(coldkey)?.delete(`${netuid}/${hotkey}`);
    } else {
      entry.shares.set(coldkey, change.share);
    }
  }

  /** A dividend for all who hold stake with the hotkey. False where nobody does: pay somebody else. */
  creditStakers(hotkey: string, netuid: number, amountRao: bigint): boolean {
    const entry = this.subnets.get(netuid)?.get(hotkey);
    if (!entry || entry.shares.size === 0) return false;
    this.setPool(entry, netuid, creditAll(entry.pool, amountRao));
    return true;
  }

  /** The sum of all hotkeys' stake on a subnet, added up anew. */
  recountRao(netuid: number): bigint {
    let sum = 0n;
    for (const { pool } of this.subnets.get(netuid)?.values() ?? []) sum += pool.sharedRao;
    return sum;
  }

  private entryOf(hotkey: string, netuid: number): HotkeyStake {
    let subnet = this.subnets.get(netuid);
    if (!subnet) {
      subnet = new Map();
      this.subnets.set(netuid, subnet);
    }
    let entry = subnet.get(hotkey);
    if (!entry) {
      entry = { pool: EMPTY_POOL, shares: new Map() };
      subnet.set(hotkey, entry);
    }
    return entry;
  }

  private setPool(entry: HotkeyStake, netuid: number, pool: SharePool): void {
    const held = this.subnetStakeRao(netuid) + pool.sharedRao - entry.pool.sharedRao;
    this.heldRao.set(netuid, held);
    entry.pool = pool;
  }
}
