/**
 * Root dividends of all eras, and the validators' fund since spec 441: root dividends are no longer sold at once but held as alpha,
 * in the subnet that they come from, until root stakers claim. Shares are minted at the fund's
 * realisable value; each rao of root stake earns its part of them.
 *
 * The chain keeps one fund per root hotkey; here all root hotkeys share one, and queued dividends
 * are credited when somebody claims or changes root stake, not one hotkey a block.
 * Source: spec/recent-rules.md section 2.4.
 */
import type { ChainParameters } from "./parameters.ts";
import type { PoolDesk } from "./pool-desk.ts";
import type { RootClaims } from "./root-claims.ts";
import type { StakeBook } from "./stake-book.ts";
import { poolOf, type TaoLedger, walletOf } from "./tao-ledger.ts";

/** The coldkey under which the fund holds its alpha (the chain derives an escrow account). */
export const ROOT_FUND = "root_fund";

const RATE_BITS = 64n;
/** A queued dividend is credited once it is worth this at spot. */
const MIN_DEPOSIT_RAO = 500_000n;

/** Alpha of one subnet that waits to be held with one hotkey. */
export interface QueuedDividend {
  readonly netuid: number;
  readonly hotkey: string;
  alphaRao: bigint;
  /** What came in doubles since; below 2^53, so that it is whole. */
  moreRao: number;
  /** False once it has been credited, or is lost. */
  waits: boolean;
}

export class RootFund {
  /** Shares in existence, in rao of value at the first deposit. */
  private sharesRao = 0n;
  /** Shares earned by one rao of root stake since the start, U.64. */
  private rateBits = 0n;
  private readonly watermarks = new Map<string, bigint>();
  private readonly queued = new Map<string, QueuedDividend>();

  constructor(
    private readonly book: StakeBook,
    private readonly desk: PoolDesk,
    private readonly ledger: TaoLedger,
    /** November 2025 to August 2026. */
    readonly claims: RootClaims,
  ) {}

  /** A root dividend, less the validator's take. One that its pool will not buy is queued. */
  receive(
    mode: ChainParameters["rootDividends"],
    netuid: number,
    hotkey: string,
    alphaRao: bigint,
  ): void {
    if (mode === "claimed") this.claims.accrue(netuid, alphaRao);
    else if (mode === "funds" || !this.sellNow(netuid, alphaRao)) {
      this.queue(netuid, hotkey, alphaRao);
    }
  }

  /** Alpha of a subnet that waits to be credited or claimed: outstanding, and no hotkey holds it. */
  queuedRao(netuid: number): bigint {
    let sum = this.claims.heldRao(netuid);
    for (const entry of this.queued.values()) if (entry.netuid === netuid) sum += waitingRao(entry);
    return sum;
  }

  /** Takes a root dividend, to be held with the hotkey that earned it. */
  private queue(netuid: number, hotkey: string, alphaRao: bigint): void {
    this.entryOf(netuid, hotkey).alphaRao += alphaRao;
  }

  /**
   * The same for a whole number below 2^53. Returns where it waits, which whoever comes again may
   * give back as `known` to spare the search.
   */
  queueAmount(
    netuid: number,
    hotkey: string,
    amountRao: number,
    known: QueuedDividend | null,
  ): QueuedDividend {
    const entry = known?.waits ? known : this.entryOf(netuid, hotkey);
    const moreRao = entry.moreRao + amountRao;
    if (moreRao <= Number.MAX_SAFE_INTEGER) entry.moreRao = moreRao;
    else entry.alphaRao += BigInt(amountRao);
    return entry;
  }

  private entryOf(netuid: number, hotkey: string): QueuedDividend {
    const key = `${netuid}/${hotkey}`;
    let entry = this.queued.get(key);
    if (!entry) {
      entry = { netuid, hotkey, alphaRao: 0n, moreRao: 0, waits: true };
      this.queued.set(key, entry);
    }
    return entry;
  }

  /**
   * Before November 2025: the dividend is sold at once, without fee, and the TAO becomes root stake of
   * everybody who has some. False where the pool refuses the sale.
   */
  sellNow(netuid: number, alphaRao: bigint): boolean {
    const sale = this.desk.sell(netuid, ROOT_FUND, alphaRao, "root_claim", { free: true });
    if (!sale.ok) return false;
    const rootStakeRao = this.book.subnetStakeRao(0);
    let left = sale.receivedRao;
    const hotkeys = this.book.hotkeysOf(0);
    for (const [index, hotkey] of hotkeys.entries()) {
      const stakeRao = this.book.hotkeyStakeRao(hotkey, 0);
      const last = index === hotkeys.length - 1;
      const part = last ? left : (sale.receivedRao * stakeRao) / rootStakeRao;
      left -= part;
      this.book.creditStakers(hotkey, 0, part);
    }
    this.ledger.move(walletOf(ROOT_FUND), poolOf(0), sale.receivedRao, "root_claim");
    return true;
  }

  /** Credits what is queued: the fund's holdings grow and shares are minted at its value. */
  flush(): void {
    if (this.queued.size === 0) return;
    const rootStakeRao = this.book.subnetStakeRao(0) - this.rootStakeRao(ROOT_FUND);
    if (rootStakeRao === 0n) return;
    let navRao = this.netAssetValueRao();
    for (const [key, entry] of this.queued) {
      const { netuid, hotkey } = entry;
      const alphaRao = waitingRao(entry);
      const heldRao = this.book.stakeRao(hotkey, ROOT_FUND, netuid);
      const valueRao =
        this.desk.quoteSaleRao(netuid, heldRao + alphaRao) -
        this.desk.quoteSaleRao(netuid, heldRao);
      if (valueRao < MIN_DEPOSIT_RAO) continue;
      this.queued.delete(key);
      entry.waits = false;
      this.book.deposit(hotkey, ROOT_FUND, netuid, alphaRao);
      const minted = navRao === 0n ? valueRao : (valueRao * this.sharesRao) / navRao;
      this.sharesRao += minted;
      this.rateBits += (minted << RATE_BITS) / rootStakeRao;
      navRao += valueRao;
    }
  }

  /**
   * A subnet is about to be dissolved: what waits is credited, and the fund's position is sold
   * through the pool without fee. A queue too small to be credited is lost with the subnet.
   */
  leave(netuid: number): void {
    this.claims.leave(netuid);
    this.flush();
    for (const [key, entry] of this.queued) {
      if (entry.netuid !== netuid) continue;
      this.queued.delete(key);
      entry.waits = false;
    }
    for (const { hotkey, stakeRao, ...place } of [...this.book.holdingsOf(ROOT_FUND)]) {
      if (place.netuid !== netuid) continue;
      const sale = this.desk.sell(netuid, ROOT_FUND, stakeRao, "dissolution", { free: true });
      if (!sale.ok) continue;
      this.book.withdraw(hotkey, ROOT_FUND, netuid, stakeRao);
      this.keepCash(hotkey, sale.receivedRao);
    }
  }

  /** TAO of the fund's wallet becomes its root stake with a hotkey: the fund's cash. */
  keepCash(hotkey: string, taoRao: bigint): void {
    this.ledger.move(walletOf(ROOT_FUND), poolOf(0), taoRao, "stake");
    this.book.deposit(hotkey, ROOT_FUND, 0, taoRao);
  }

  /** What a sale of all holdings, each on its own, would bring. */
  netAssetValueRao(): bigint {
    let sum = 0n;
    for (const { netuid, stakeRao } of this.book.holdingsOf(ROOT_FUND)) {
      sum += netuid === 0 ? stakeRao : this.desk.quoteSaleRao(netuid, stakeRao);
    }
    return sum;
  }

  /** Shares that a coldkey's root stake has earned and that it has not claimed. */
  owedShares(coldkey: string): bigint {
    const earned = this.earnedBy(this.rootStakeRao(coldkey));
    const owed = earned - (this.watermarks.get(coldkey) ?? 0n);
    return owed > 0n ? owed : 0n;
  }

  /** Keeps past earnings as they are when a coldkey's root stake changes by this much. */
  rootStakeChanged(coldkey: string, deltaRao: bigint): void {
    this.claims.rootStakeChanged(coldkey, deltaRao);
    const mark = this.watermarks.get(coldkey) ?? 0n;
    const shifted =
      deltaRao >= 0n ? mark + this.earnedBy(deltaRao) : mark - this.earnedBy(-deltaRao);
    this.watermarks.set(coldkey, shifted > 0n ? shifted : 0n);
  }

  /** What waits to be held with a hotkey waits for another one. */
  swapHotkey(from: string, to: string): void {
    for (const [key, entry] of [...this.queued]) {
      if (entry.hotkey !== from) continue;
      this.queued.delete(key);
      entry.waits = false;
      this.queue(entry.netuid, to, entry.alphaRao);
    }
  }

  /** What a coldkey's root stake has earned goes along with it to another coldkey. */
  swapColdkey(from: string, to: string): void {
    const mark = (this.watermarks.get(from) ?? 0n) + (this.watermarks.get(to) ?? 0n);
    this.watermarks.set(to, mark);
    this.watermarks.delete(from);
  }

  /**
   * Redeems a part (0 to 1] of what a coldkey is owed: what accrued to it, and of each holding of
   * the fund its slice, sold without fee; the TAO goes to its wallet. Returns the TAO.
   */
  claim(coldkey: string, part: number): bigint {
    return this.claims.claim(coldkey, part) + this.redeem(coldkey, part);
  }

  private redeem(coldkey: string, part: number): bigint {
    this.flush();
    const wanted = (this.owedShares(coldkey) * BigInt(Math.round(part * 1e9))) / 1_000_000_000n;
    const redeemed = wanted < this.sharesRao ? wanted : this.sharesRao;
    if (redeemed === 0n) return 0n;
    let receivedRao = 0n;
    for (const { netuid, hotkey, stakeRao } of [...this.book.holdingsOf(ROOT_FUND)]) {
      const sliceRao = (stakeRao * redeemed) / this.sharesRao;
      if (sliceRao === 0n) continue;
      if (netuid === 0) {
        this.book.withdraw(hotkey, ROOT_FUND, 0, sliceRao);
        this.ledger.move(poolOf(0), walletOf(coldkey), sliceRao, "root_claim");
        receivedRao += sliceRao;
        continue;
      }
      const sale = this.desk.sell(netuid, coldkey, sliceRao, "root_claim", { free: true });
      if (!sale.ok) continue;
      this.book.withdraw(hotkey, ROOT_FUND, netuid, sliceRao);
      receivedRao += sale.receivedRao;
    }
    this.sharesRao -= redeemed;
    this.watermarks.set(coldkey, (this.watermarks.get(coldkey) ?? 0n) + redeemed);
    return receivedRao;
  }

  private rootStakeRao(coldkey: string): bigint {
    let sum = 0n;
    for (const { netuid, stakeRao } of this.book.holdingsOf(coldkey))
      if (netuid === 0) sum += stakeRao;
    return sum;
  }

  private earnedBy(rootStakeRao: bigint): bigint {
    return (this.rateBits * rootStakeRao) >> RATE_BITS;
  }
}

const waitingRao = ({ alphaRao, moreRao }: QueuedDividend): bigint => alphaRao + BigInt(moreRao);
