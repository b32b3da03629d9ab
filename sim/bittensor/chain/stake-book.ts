/**
 * Who holds alpha: for each subnet, each hotkey's share pool and the coldkeys that own its shares.
 * Subnet 0 is root, where the alpha is TAO. Sums are kept as they change, so that conservation can
 * be checked every block; `recount` adds everything up again.
 * Source: spec/token-economics.md section 5.1.
 */
import { ExactStakes } from "./stakes/exact-stakes.ts";
import { FloatStakes } from "./stakes/float-stakes.ts";
import { Holdings } from "./stakes/holdings.ts";
import type { PayList } from "./stakes/pay-list.ts";
import type { Payees, SubnetStakes } from "./stakes/subnet-stakes.ts";

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
  private readonly subnets = new Map<number, SubnetStakes>();
  private readonly holdings = new Holdings();

  /** `float64`: shares within a hotkey's pool are doubles; amounts are exact integers all the same. */
  constructor(private readonly arithmetic: "exact" | "float64" = "exact") {}

  /** The stakes of one subnet as columns, to read; made empty where there are none yet. */
  subnet(netuid: number): SubnetStakes {
    let subnet = this.subnets.get(netuid);
    if (!subnet) {
      const Stakes = this.arithmetic === "exact" ? ExactStakes : FloatStakes;
      subnet = new Stakes(netuid, this.holdings);
      this.subnets.set(netuid, subnet);
    }
    return subnet;
  }

  /** All alpha of a hotkey on a subnet (TotalHotkeyAlpha). */
  hotkeyStakeRao(hotkey: string, netuid: number): bigint {
    const subnet = this.subnet(netuid);
    const place = subnet.find(hotkey);
    return place < 0 ? 0n : subnet.stakeRao[place];
  }

  /** What a coldkey owns of a hotkey's stake on a subnet. */
  stakeRao(hotkey: string, coldkey: string, netuid: number): bigint {
    const subnet = this.subnet(netuid);
    const place = subnet.find(hotkey);
    return place < 0 ? 0n : subnet.valueRao(place, coldkey);
  }

  /** All alpha of a subnet that hotkeys hold. */
  subnetStakeRao(netuid: number): bigint {
    return this.subnet(netuid).heldRao;
  }

  /** Hotkeys that somebody has stake with on a subnet, in the order of first deposit. */
  hotkeysOf(netuid: number): string[] {
    const subnet = this.subnet(netuid);
    return subnet.hotkeys.filter((_, place) => subnet.hasHolders(place));
  }

  /** Every position on a subnet, by hotkey and in the order of first deposit. */
  stakersOf(netuid: number): Position[] {
    const subnet = this.subnet(netuid);
    return subnet.hotkeys.flatMap((hotkey, place) =>
      subnet.holdersOf(place).map((coldkey) => ({
        hotkey,
        coldkey,
        stakeRao: subnet.valueRao(place, coldkey),
      })),
    );
  }

  /** Everything that a coldkey owns, in a fixed order. */
  *holdingsOf(coldkey: string): Iterable<Holding> {
    for (const { netuid, hotkey } of this.holdings.of(coldkey)) {
      const stakeRao = this.stakeRao(hotkey, coldkey, netuid);
      if (stakeRao > 0n) yield { netuid, hotkey, stakeRao };
    }
  }

  /** All alpha of a coldkey on a subnet, with whatever hotkeys. */
  coldkeyStakeRao(coldkey: string, netuid: number): bigint {
    let sum = 0n;
    for (const place of this.holdings.of(coldkey)) {
      if (place.netuid === netuid) sum += this.stakeRao(place.hotkey, coldkey, netuid);
    }
    return sum;
  }

  /** False where the amount is worth no share at all, which the chain refuses. */
  depositCounts(hotkey: string, netuid: number, amountRao: bigint): boolean {
    const subnet = this.subnet(netuid);
    const place = subnet.find(hotkey);
    return place < 0 ? amountRao > 0n : subnet.depositCounts(place, amountRao);
  }

  deposit(hotkey: string, coldkey: string, netuid: number, amountRao: bigint): void {
    if (amountRao <= 0n) return;
    const subnet = this.subnet(netuid);
    subnet.deposit(subnet.placeFor(hotkey), coldkey, amountRao);
  }

  /** To each listed uid's hotkey, for its owner. */
  depositEach(netuid: number, payees: Payees, list: PayList): void {
    this.subnet(netuid).depositEach(payees, list);
  }

  /** To all who hold stake with each listed uid's hotkey; where nobody does, to its owner. */
  creditEach(netuid: number, payees: Payees, list: PayList): void {
    this.subnet(netuid).creditEach(payees, list);
  }

  /** Takes stake out; the caller has checked that it is there. */
  withdraw(hotkey: string, coldkey: string, netuid: number, amountRao: bigint): void {
    if (amountRao <= 0n) return;
    const subnet = this.subnet(netuid);
    subnet.withdraw(subnet.placeFor(hotkey), coldkey, amountRao);
  }

  /** A dividend for all who hold stake with the hotkey. False where nobody does: pay somebody else. */
  creditStakers(hotkey: string, netuid: number, amountRao: bigint): boolean {
    const subnet = this.subnet(netuid);
    const place = subnet.find(hotkey);
    if (place < 0 || !subnet.hasHolders(place)) return false;
    subnet.credit(place, amountRao);
    return true;
  }

  /** Strikes all stake on a dissolved subnet. */
  removeSubnet(netuid: number): void {
    this.subnet(netuid).clear();
    this.subnets.delete(netuid);
  }

  /** The sum of all hotkeys' stake on a subnet, added up anew. */
  recountRao(netuid: number): bigint {
    return this.subnet(netuid).recountRao();
  }
}
