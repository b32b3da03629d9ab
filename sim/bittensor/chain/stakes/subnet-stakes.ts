/**
 * Who holds the alpha of one subnet (of root: the TAO): each hotkey's share pool and the coldkeys
 * that own its shares. A hotkey's place is its index here, given at its first deposit and kept; what
 * every hotkey holds stands in one column by place. How shares are counted is up to the arithmetic:
 * ./exact-stakes.ts, ./float-stakes.ts. Source: spec/token-economics.md section 5.1.
 */
import { U64_MAX } from "../../../fixed/fixed-point.ts";
import { halvesOf } from "./halves.ts";
import type { Holdings } from "./holdings.ts";
import type { PayList } from "./pay-list.ts";

/** To whom an epoch pays, by uid. */
export interface Payees {
  readonly hotkeys: readonly string[];
  /** Who owns the hotkeys. */
  readonly coldkeys: readonly string[];
  /** Places of the hotkeys, -1 where one has none yet. Filled in as they get theirs. */
  readonly places: Int32Array;
  /** By uid: 1 where the hotkey's owner alone holds shares of its pool; kept by the stakes. */
  readonly soleHolder: Uint8Array;
  /** The `holderChanges` at which `soleHolder` was found, -1 where it is not known. */
  soleHolderAsOf: number;
}

export abstract class SubnetStakes {
  /** By place. */
  readonly hotkeys: string[] = [];
  /** Everything that hotkeys hold. */
  heldRao = 0n;
  /** By place: all alpha of the hotkey (TotalHotkeyAlpha); longer than there are places. */
  stakeRao = new BigUint64Array(16);
  private readonly placeOf = new Map<string, number>();
  private halves = halvesOf(this.stakeRao);

  constructor(
    private readonly netuid: number,
    private readonly holdings: Holdings,
  ) {}

  /** `stakeRao` in halves. */
  get stakeHalves(): Uint32Array {
    if (this.halves.buffer !== this.stakeRao.buffer) this.halves = halvesOf(this.stakeRao);
    return this.halves;
  }

  /** The place of a hotkey, -1 where it never had stake here. */
  find(hotkey: string): number {
    return this.placeOf.get(hotkey) ?? -1;
  }

  /** The place of a hotkey, a new one if need be. */
  placeFor(hotkey: string): number {
    const known = this.placeOf.get(hotkey);
    if (known !== undefined) return known;
    const place = this.hotkeys.length;
    if (place === this.stakeRao.length) {
      const longer = new BigUint64Array(2 * place);
      longer.set(this.stakeRao);
      this.stakeRao = longer;
    }
    this.hotkeys.push(hotkey);
    this.placeOf.set(hotkey, place);
    this.open(place);
    return place;
  }

  /** Adds everything up anew. */
  recountRao(): bigint {
    let sum = 0n;
    for (let place = 0; place < this.hotkeys.length; place++) sum += this.stakeRao[place];
    return sum;
  }

  /** A dividend for all who hold stake with a hotkey. */
  credit(place: number, amountRao: bigint): void {
    this.setStake(place, this.stakeRao[place] + amountRao);
  }

  deposit(place: number, coldkey: string, amountRao: bigint): void {
    if (!this.holds(place, coldkey)) {
      this.holdings.add(coldkey, { netuid: this.netuid, hotkey: this.hotkeys[place] });
    }
    this.buyShares(place, coldkey, amountRao);
  }

  /** The caller has checked that the stake is there. */
  withdraw(place: number, coldkey: string, amountRao: bigint): void {
    this.sellShares(place, coldkey, amountRao);
    if (!this.holds(place, coldkey)) {
      this.holdings.remove(coldkey, { netuid: this.netuid, hotkey: this.hotkeys[place] });
    }
  }

  /** Everybody's stake ceases to exist. */
  clear(): void {
    for (const [place, hotkey] of this.hotkeys.entries()) {
      for (const coldkey of this.holdersOf(place)) {
        this.holdings.remove(coldkey, { netuid: this.netuid, hotkey });
      }
    }
  }

  /** To each listed uid's hotkey, for its owner. */
  depositEach({ hotkeys, coldkeys, places }: Payees, list: PayList): void {
    for (let k = 0; k < list.count; k++) {
      const uid = list.uids[k];
      if (places[uid] < 0) places[uid] = this.placeFor(hotkeys[uid]);
      this.deposit(places[uid], coldkeys[uid], BigInt(list.amountsRao[k]));
    }
  }

  /** To all who hold stake with each listed uid's hotkey; where nobody does, to its owner. */
  creditEach({ hotkeys, coldkeys }: Payees, list: PayList): void {
    for (let k = 0; k < list.count; k++) {
      const uid = list.uids[k];
      this.creditOrDeposit(hotkeys[uid], coldkeys[uid], BigInt(list.amountsRao[k]));
    }
  }

  protected creditOrDeposit(hotkey: string, coldkey: string, amountRao: bigint): void {
    const place = this.placeFor(hotkey);
    if (this.hasHolders(place)) this.credit(place, amountRao);
    else this.deposit(place, coldkey, amountRao);
  }

  protected setStake(place: number, rao: bigint): void {
    const stake = rao < 0n ? 0n : rao > U64_MAX ? U64_MAX : rao;
    this.heldRao += stake - this.stakeRao[place];
    this.stakeRao[place] = stake;
  }

  /** A new place, without stake. */
  protected abstract open(place: number): void;
  /** Those who hold shares of a hotkey's pool, in the order of first deposit. */
  abstract holdersOf(place: number): readonly string[];
  abstract holds(place: number, coldkey: string): boolean;
  abstract hasHolders(place: number): boolean;
  /** What a coldkey owns of a hotkey's stake. */
  abstract valueRao(place: number, coldkey: string): bigint;
  /** False where an amount is worth no share at all, which the chain refuses. */
  abstract depositCounts(place: number, amountRao: bigint): boolean;
  protected abstract buyShares(place: number, coldkey: string, amountRao: bigint): void;
  protected abstract sellShares(place: number, coldkey: string, amountRao: bigint): void;
}
