/**
 * Shares as doubles, for long runs: what a hotkey holds stays an exact integer, only its division
 * between several coldkeys is rounded, to 16 digits instead of 21. Most pools belong to one coldkey
 * alone, and then nothing is rounded at all.
 */
import { addAmount, amountAt } from "./halves.ts";
import type { PayList } from "./pay-list.ts";
import { type Payees, SubnetStakes } from "./subnet-stakes.ts";

export class FloatStakes extends SubnetStakes {
  /** By place: the sum of all shares. */
  private readonly denominators: number[] = [];
  /** By place: who made the first deposit, and its share; "" where it has left. */
  private readonly firstColdkeys: string[] = [];
  private readonly firstShares: number[] = [];
  /** By place: the shares of all others. */
  private readonly otherShares: (Map<string, number> | null)[] = [];
  /** How often somebody has got the first share of a pool or lost the last. */
  private holderChanges = 0;

  protected override open(place: number): void {
    this.denominators[place] = 0;
    this.firstColdkeys[place] = "";
    this.firstShares[place] = 0;
    this.otherShares[place] = null;
  }

  override holdersOf(place: number): readonly string[] {
    const first = this.firstColdkeys[place];
    const others = [...(this.otherShares[place]?.keys() ?? [])];
    return first === "" ? others : [first, ...others];
  }

  override holds(place: number, coldkey: string): boolean {
    if (this.firstColdkeys[place] === coldkey) return true;
    return this.otherShares[place]?.has(coldkey) ?? false;
  }

  override hasHolders(place: number): boolean {
    return this.firstColdkeys[place] !== "" || (this.otherShares[place]?.size ?? 0) > 0;
  }

  override valueRao(place: number, coldkey: string): bigint {
    const share = this.shareOf(place, coldkey);
    const stakeRao = this.stakeRao[place];
    if (share === this.denominators[place]) return share === 0 ? 0n : stakeRao;
    const value = BigInt(Math.floor(Number(stakeRao) * (share / this.denominators[place])));
    return value < stakeRao ? value : stakeRao;
  }

  override depositCounts(place: number, amountRao: bigint): boolean {
    return this.sharesFor(place, Number(amountRao)) > 0;
  }

  protected override buyShares(place: number, coldkey: string, amountRao: bigint): void {
    const before = this.shareOf(place, coldkey);
    const bought = this.sharesFor(place, Number(amountRao));
    this.setStake(place, this.stakeRao[place] + amountRao);
    this.denominators[place] += bought;
    this.setShare(place, coldkey, before + bought);
  }

  protected override sellShares(place: number, coldkey: string, amountRao: bigint): void {
    const before = this.shareOf(place, coldkey);
    const isAll = amountRao >= this.valueRao(place, coldkey);
    const sold = isAll ? before : Math.min(before, this.sharesFor(place, Number(amountRao)));
    this.setStake(place, this.stakeRao[place] - amountRao);
    this.denominators[place] -= sold;
    if (sold < before) this.setShare(place, coldkey, before - sold);
    else this.removeShare(place, coldkey);
    this.roundUp(place);
  }

  /** Whoever is left alone in a pool owns all of it, whatever the subtractions have rounded. */
  private roundUp(place: number): void {
    const shares = this.holdersOf(place).map((coldkey) => this.shareOf(place, coldkey));
    if (shares.length < 2) this.denominators[place] = shares[0] ?? 0;
  }

  override depositEach(payees: Payees, { uids, amountsRao, count }: PayList): void {
    if (payees.soleHolderAsOf !== this.holderChanges) this.findSoleHolders(payees);
    const { places, soleHolder } = payees;
    let stakes = this.stakeHalves;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const uid = uids[k];
      const amountRao = amountsRao[k];
      // Who owns all of a pool goes on owning it, with as many shares as before.
      if (soleHolder[uid] === 1) {
        addAmount(stakes, places[uid], amountRao);
        sum += amountRao;
      } else if (this.raiseShare(payees, uid, amountRao)) sum += amountRao;
      else stakes = this.stakeHalves;
    }
    this.heldRao += BigInt(sum);
  }

  private findSoleHolders(payees: Payees): void {
    const { hotkeys, coldkeys, places, soleHolder } = payees;
    for (let uid = 0; uid < hotkeys.length; uid++) {
      if (places[uid] < 0) places[uid] = this.find(hotkeys[uid]);
      const holders = places[uid] < 0 ? [] : this.holdersOf(places[uid]);
      soleHolder[uid] = holders.length === 1 && holders[0] === coldkeys[uid] ? 1 : 0;
    }
    payees.soleHolderAsOf = this.holderChanges;
  }

  /** A deposit for one of several holders, or for a new one: then `heldRao` is kept, and it is false. */
  private raiseShare(
    { hotkeys, coldkeys, places }: Payees,
    uid: number,
    amountRao: number,
  ): boolean {
    const place = places[uid];
    const stakes = this.stakeHalves;
    const stakeRao = place < 0 ? 0 : amountAt(stakes, place);
    if (stakeRao > 0 && this.addToShare(place, coldkeys[uid], amountRao / stakeRao)) {
      addAmount(stakes, place, amountRao);
      return true;
    }
    places[uid] = this.placeFor(hotkeys[uid]);
    this.deposit(places[uid], coldkeys[uid], BigInt(amountRao));
    return false;
  }

  /** Raises the share of one who holds it by a part of the pool. False where it holds none. */
  private addToShare(place: number, coldkey: string, part: number): boolean {
    const bought = this.denominators[place] * part;
    if (this.firstColdkeys[place] === coldkey) this.firstShares[place] += bought;
    else {
      const others = this.otherShares[place];
      const share = others?.get(coldkey);
      if (!others || share === undefined) return false;
      others.set(coldkey, share + bought);
    }
    this.denominators[place] += bought;
    return true;
  }

  override creditEach(payees: Payees, { uids, amountsRao, count }: PayList): void {
    const { hotkeys, coldkeys, places } = payees;
    let stakes = this.stakeHalves;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const uid = uids[k];
      const place = places[uid];
      if (place >= 0 && this.denominators[place] !== 0) {
        addAmount(stakes, place, amountsRao[k]);
        sum += amountsRao[k];
      } else {
        this.creditOrDeposit(hotkeys[uid], coldkeys[uid], BigInt(amountsRao[k]));
        stakes = this.stakeHalves;
      }
    }
    this.heldRao += BigInt(sum);
  }

  private shareOf(place: number, coldkey: string): number {
    if (this.firstColdkeys[place] === coldkey) return this.firstShares[place];
    return this.otherShares[place]?.get(coldkey) ?? 0;
  }

  private sharesFor(place: number, amountRao: number): number {
    const denominator = this.denominators[place];
    if (denominator === 0) return amountRao;
    const stakeRao = Number(this.stakeRao[place]);
    return stakeRao === 0 ? 0 : denominator * (amountRao / stakeRao);
  }

  private setShare(place: number, coldkey: string, share: number): void {
    const others = this.otherShares[place];
    if (!this.holds(place, coldkey)) this.holderChanges++;
    if (this.firstColdkeys[place] === "" && !others?.has(coldkey)) {
      this.firstColdkeys[place] = coldkey;
    }
    if (this.firstColdkeys[place] === coldkey) this.firstShares[place] = share;
    else if (others) others.set(coldkey, share);
    else this.otherShares[place] = new Map([[coldkey, share]]);
  }

  private removeShare(place: number, coldkey: string): void {
    this.holderChanges++;
    if (this.firstColdkeys[place] !== coldkey) this.otherShares[place]?.delete(coldkey);
    else {
      this.firstColdkeys[place] = "";
      this.firstShares[place] = 0;
    }
  }
}
