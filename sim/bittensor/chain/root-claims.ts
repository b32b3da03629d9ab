/**
 * Root dividends from November 2025 to August 2026: they accrue as alpha, a rate for each rao of
 * root stake, until a staker claims, who has them sold for TAO or keeps the alpha.
 *
 * The chain keeps a rate per root hotkey, and claims for a few stakers in every block by itself;
 * here all root hotkeys share one rate a subnet, and claims are actions.
 * Source: spec/token-economics.md section 3.7.
 */
import {
  type ClaimType,
  claimOn,
  claimRateIncreaseBits,
  movedWatermarkRao,
  owedRao,
} from "../staking/root-claims.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { StakeBook } from "./stake-book.ts";

export class RootClaims {
  /** Alpha of each subnet that has accrued and is not claimed yet. */
  private readonly accruedRao = new Map<number, bigint>();
  /** Alpha rao for each rao of root stake since the start, I96F32, by netuid. */
  private readonly rateBits = new Map<number, bigint>();
  /** What a coldkey has claimed, or came too late for, by netuid. */
  private readonly watermarks = new Map<string, Map<number, bigint>>();

  constructor(
    private readonly book: StakeBook,
    private readonly desk: PoolDesk,
    /** How each coldkey wants its dividends; swap where none is said. */
    private readonly typeOf: (coldkey: string) => ClaimType,
  ) {}

  /** Alpha of a subnet that no hotkey holds yet. */
  heldRao(netuid: number): bigint {
    return this.accruedRao.get(netuid) ?? 0n;
  }

  accrue(netuid: number, alphaRao: bigint): void {
    this.accruedRao.set(netuid, this.heldRao(netuid) + alphaRao);
    const increase = claimRateIncreaseBits(alphaRao, this.book.subnetStakeRao(0));
    this.rateBits.set(netuid, this.rateOf(netuid) + (increase ?? 0n));
  }

  /** Alpha that a coldkey is owed on a subnet, never more than there is. */
  owedRao(coldkey: string, netuid: number): bigint {
    const mark = this.watermarks.get(coldkey)?.get(netuid) ?? 0n;
    const owed = owedRao(this.rateOf(netuid), this.rootStakeRao(coldkey), mark);
    return owed < this.heldRao(netuid) ? owed : this.heldRao(netuid);
  }

  /** Keeps past dividends as they are when a coldkey's root stake changes by this much. */
  rootStakeChanged(coldkey: string, deltaRao: bigint): void {
    for (const [netuid, rate] of this.rateBits) {
      const mark = this.watermarks.get(coldkey)?.get(netuid) ?? 0n;
      this.mark(coldkey, netuid, movedWatermarkRao(mark, rate, deltaRao));
    }
  }

  /**
   * Claims a part (0 to 1] of what a coldkey is owed on every subnet. What is sold goes to its
   * wallet as TAO, and the sum is returned; what is kept becomes stake with its root hotkey.
   */
  claim(coldkey: string, part: number): bigint {
    const hotkey = [...this.book.holdingsOf(coldkey)].find(({ netuid }) => netuid === 0)?.hotkey;
    if (hotkey === undefined) return 0n;
    let receivedRao = 0n;
    for (const netuid of this.rateBits.keys()) {
      const owed = this.owedRao(coldkey, netuid);
      const wanted = (owed * BigInt(Math.round(part * 1e9))) / 1_000_000_000n;
      const claim = claimOn(netuid, wanted, this.typeOf(coldkey));
      if (!claim) continue;
      if (claim.action === "keep") {
        this.book.deposit(hotkey, coldkey, netuid, wanted);
      } else {
        const sale = this.desk.sell(netuid, coldkey, wanted, "root_claim", { free: true });
        if (!sale.ok) continue;
        receivedRao += sale.receivedRao;
      }
      this.accruedRao.set(netuid, this.heldRao(netuid) - wanted);
      const mark = this.watermarks.get(coldkey)?.get(netuid) ?? 0n;
      this.mark(coldkey, netuid, mark + wanted);
    }
    return receivedRao;
  }

  /** A subnet is dissolved: its rates are dropped, and what had accrued is nobody's. */
  leave(netuid: number): void {
    this.accruedRao.delete(netuid);
    this.rateBits.delete(netuid);
    for (const marks of this.watermarks.values()) marks.delete(netuid);
  }

  private rateOf(netuid: number): bigint {
    return this.rateBits.get(netuid) ?? 0n;
  }

  private mark(coldkey: string, netuid: number, rao: bigint): void {
    const marks = this.watermarks.get(coldkey) ?? new Map<number, bigint>();
    this.watermarks.set(coldkey, marks);
    marks.set(netuid, rao);
  }

  private rootStakeRao(coldkey: string): bigint {
    let sum = 0n;
    for (const { netuid, stakeRao } of this.book.holdingsOf(coldkey))
      if (netuid === 0) sum += stakeRao;
    return sum;
  }
}
