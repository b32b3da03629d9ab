/**
 * Miners' collateral on one subnet: alpha staked with the miner itself that it cannot take out, and
 * earns back. It outlasts the registration. Source: spec/recent-rules.md section 3.5.
 */
import { type Collateral, settle } from "../../staking/collateral.ts";
import { rename } from "../keys/rename.ts";

export interface CollateralTerms {
  /** Part of the price of a registration that is locked instead of burned, of 65,535. */
  readonly lockShareU16: number;
  /** Alpha released per alpha earned, U64F64 bits; each miner keeps that of its registration. */
  readonly drainRatioBits: bigint;
}

/** The chain's defaults: none is asked for. */
export const NO_COLLATERAL: CollateralTerms = { lockShareU16: 0, drainRatioBits: 0n };

interface Held {
  coldkey: string;
  collateral: Collateral;
}

export class CollateralBook {
  private readonly held = new Map<string, Held>();

  constructor(readonly terms: CollateralTerms) {}

  get isEmpty(): boolean {
    return this.held.size === 0;
  }

  of(hotkey: string): Collateral | null {
    return this.held.get(hotkey)?.collateral ?? null;
  }

  lockedRao(hotkey: string): bigint {
    return this.held.get(hotkey)?.collateral.lockedRao ?? 0n;
  }

  /** What a coldkey's hotkeys hold on the subnet. */
  lockedOfRao(coldkey: string): bigint {
    let sum = 0n;
    for (const held of this.held.values()) {
      if (held.coldkey === coldkey) sum += held.collateral.lockedRao;
    }
    return sum;
  }

  /** A registration: what it has bought is locked, and the ratio of the day holds from now on. */
  register(hotkey: string, coldkey: string, alphaRao: bigint): void {
    const before = this.of(hotkey);
    if (alphaRao === 0n && before === null) return;
    this.held.set(hotkey, {
      coldkey,
      collateral: {
        lockedRao: (before?.lockedRao ?? 0n) + alphaRao,
        minimumRao: before?.minimumRao ?? 0n,
        drainRatioBits: this.terms.drainRatioBits,
        earnedRao: 0n,
      },
    });
  }

  add(hotkey: string, coldkey: string, alphaRao: bigint): void {
    const held = this.entry(hotkey, coldkey);
    held.collateral = {
      ...held.collateral,
      lockedRao: held.collateral.lockedRao + alphaRao,
    };
  }

  setMinimum(hotkey: string, coldkey: string, minimumRao: bigint): void {
    const held = this.entry(hotkey, coldkey);
    held.collateral = { ...held.collateral, minimumRao };
  }

  /** A miner has been paid: its collateral drains, or grows where it is under its minimum. */
  settle(hotkey: string, emissionRao: bigint, capturableRao: bigint): void {
    const held = this.held.get(hotkey);
    if (held) held.collateral = settle(held.collateral, emissionRao, capturableRao).collateral;
  }

  /** What a coldkey's hotkeys hold goes along with them. */
  swapColdkey(from: string, to: string): void {
    for (const held of this.held.values()) if (held.coldkey === from) held.coldkey = to;
  }

  /** The bond follows the uid to another hotkey of the same coldkey. */
  swapHotkey(from: string, to: string): void {
    rename(this.held, from, to);
  }

  private entry(hotkey: string, coldkey: string): Held {
    const found = this.held.get(hotkey) ?? {
      coldkey,
      collateral: {
        ...{ lockedRao: 0n, minimumRao: 0n, earnedRao: 0n },
        drainRatioBits: this.terms.drainRatioBits,
      },
    };
    this.held.set(hotkey, found);
    return found;
  }
}
