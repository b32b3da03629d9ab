/**
 * A subnet's epoch in the chain: drains what it has saved up, finds each hotkey's part (by Yuma, or
 * in one piece a role where the subnet is an aggregate) and pays it out.
 * Source: spec/token-economics.md section 3.5.
 */

import { splitTake } from "../coinbase/dividends.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainState } from "../state.ts";
import type { Actor } from "./chain.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { LeaseDesk } from "./leases/lease-desk.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import { FloatDividends } from "./neurons/float-dividends.ts";
import { divideInDoubles, payInDoubles } from "./neurons/float-payment.ts";
import { sharedWithParents } from "./neurons/parent-split.ts";
import type { TakeBook } from "./neurons/take-book.ts";
import type { ChainParameters } from "./parameters.ts";
import {
  type Drained,
  divideDividends,
  dividePayout,
  emissionOf,
  type HotkeyResult,
  type Payout,
  type PayoutTotals,
} from "./payout.ts";
import type { Registry } from "./registry.ts";
import type { RewardTally } from "./rewards.ts";
import type { RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";
import { PayList } from "./stakes/pay-list.ts";

/** What the desk works on; the chain itself has it all. */
export interface EpochPlace {
  readonly block: number;
  readonly state: ChainState;
  readonly book: StakeBook;
  readonly fund: RootFund;
  readonly rewards: RewardTally;
  readonly locks: LockDesk;
  readonly leases: LeaseDesk;
  readonly registry: Registry;
  readonly takes: TakeBook;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly parameters: ChainParameters;
}

export interface EpochResult {
  readonly netuid: number;
  /** Absent for an aggregate. */
  readonly subnet?: DetailedSubnet;
}

export class EpochDesk {
  private readonly ownerless = new Map<number, bigint>();
  private readonly burned = new Map<number, bigint>();
  /** Drained at epochs since the start, and what of it was recycled. */
  private readonly drained = new Map<number, bigint>();
  private readonly recycled = new Map<number, bigint>();

  /** Of the epoch that is being paid. */
  private readonly incentives = new PayList();
  private readonly dividends = new FloatDividends();

  constructor(private readonly place: EpochPlace) {}

  /** Alpha outside the pool that belongs to nobody: burned incentive and what floors left over. */
  ownerlessRao(netuid: number): bigint {
    return amountOf(this.ownerless, netuid);
  }

  /** Of it, what was burned: withheld incentive and what holders gave up. */
  burnedRao(netuid: number): bigint {
    return amountOf(this.burned, netuid);
  }

  /** Alpha outside the pool that no hotkey holds any more stays there, owned by nobody. */
  burn(netuid: number, alphaRao: bigint): void {
    increase(this.ownerless, netuid, alphaRao);
    increase(this.burned, netuid, alphaRao);
  }

  /** Alpha outside the pool that no hotkey holds leaves the issuance. */
  recycle(netuid: number, alphaRao: bigint): void {
    const { subnet } = this.place.state;
    subnet.alphaOutRao[netuid] -= alphaRao;
    subnet.alphaRecycledTotalRao[netuid] += alphaRao;
    increase(this.recycled, netuid, alphaRao);
  }

  run(netuid: number): EpochResult {
    const drained = this.drain(netuid);
    const subnet = this.place.detailed.get(netuid);
    if (subnet) this.runNeurons(subnet, drained);
    else this.runAggregate(netuid, drained);
    return { netuid, subnet };
  }

  /**
   * Emitted alpha that stands in no pending amount because each part of the split is floored: less
   * than four rao a block, outside the pool, owned by nobody (spec/token-economics.md 11.16).
   */
  dustRao(netuid: number): bigint {
    const { subnet } = this.place.state;
    const recycledAtSplit =
      subnet.alphaRecycledTotalRao[netuid] -
      subnet.boughtRecycledTotalRao[netuid] -
      amountOf(this.recycled, netuid);
    const drainedRao = amountOf(this.drained, netuid);
    return (
      subnet.alphaOutEmissionTotalRao[netuid] -
      recycledAtSplit -
      drainedRao -
      this.pendingRao(netuid)
    );
  }

  /** A subnet is dissolved: nothing of its alpha remains. Called while its state still stands. */
  close(netuid: number, issuanceRao: bigint): void {
    increase(this.drained, netuid, this.pendingRao(netuid) + this.dustRao(netuid));
    increase(this.recycled, netuid, issuanceRao);
    this.ownerless.delete(netuid);
    this.burned.delete(netuid);
  }

  /** Alpha that a subnet has emitted and not yet paid out. */
  pendingRao(netuid: number): bigint {
    const { subnet } = this.place.state;
    return (
      subnet.pendingServerRao[netuid] +
      subnet.pendingValidatorRao[netuid] +
      subnet.pendingRootRao[netuid] +
      subnet.pendingOwnerCutRao[netuid]
    );
  }

  private drain(netuid: number): Drained {
    const { subnet } = this.place.state;
    const take = (column: BigUint64Array): bigint => {
      const rao = column[netuid];
      column[netuid] = 0n;
      return rao;
    };
    const drained = {
      serverRao: take(subnet.pendingServerRao),
      validatorRao: take(subnet.pendingValidatorRao),
      rootRao: take(subnet.pendingRootRao),
      ownerCutRao: take(subnet.pendingOwnerCutRao),
    };
    const { serverRao, validatorRao, rootRao, ownerCutRao } = drained;
    increase(this.drained, netuid, serverRao + validatorRao + rootRao + ownerCutRao);
    return drained;
  }

  private runNeurons(subnet: DetailedSubnet, drained: Drained): void {
    const { book, state, block, registry, parameters, takes } = this.place;
    const { netuid, accounts, shared, family } = subnet;
    const [alpha, root] = [book.subnet(netuid), book.subnet(0)];
    const taoWeightBits = state.globals[layout.TAO_WEIGHT_U96F32];
    accounts.follow(netuid, subnet.neurons, subnet.neuronChanges, registry);
    accounts.writeStakes(alpha, root, shared);
    if (family.lends) accounts.writeInherited(family, book, shared);
    const tempoBlocks = Number(state.subnet.tempoBlocks[netuid]);
    const { mechanismSplitWhole } = parameters;
    const emissionRao = emissionOf(drained);
    const epoch = { block, tempoBlocks, emissionRao, taoWeightBits, mechanismSplitWhole };
    subnet.step({ ...epoch, budgets: drained });
    const withheldRao = BigInt(accounts.listIncentives(shared, this.incentives));
    const incentiveRao = BigInt(this.incentives.totalRao) + withheldRao;
    const totals = { incentiveRao, withheldRao };
    const payMiners = () => this.payMiners(subnet);
    if (parameters.arithmetic === "float64" && !family.lends) {
      const { dividends } = this;
      const paid = divideInDoubles(dividends, subnet, drained, totals, taoWeightBits, takes);
      this.pay(netuid, paid, payMiners, () => payInDoubles(this.place, dividends, subnet, paid));
      return;
    }
    const own = accounts.claims(shared, alpha, root, !family.lends);
    const claims = sharedWithParents(own, family, book, registry, taoWeightBits);
    const payout = divideDividends(drained, totals, claims, taoWeightBits);
    this.pay(netuid, payout, payMiners, () => this.payDividends(netuid, payout));
  }

  private payMiners({ netuid, accounts, autoStake, collateral }: DetailedSubnet): bigint {
    const { book } = this.place;
    const { uids, amountsRao, count, totalRao } = this.incentives;
    const { hotkeys, coldkeys } = accounts;
    if (autoStake.size === 0 && collateral.isEmpty) {
      book.depositEach(netuid, accounts, this.incentives);
      return BigInt(totalRao);
    }
    for (let k = 0; k < count; k++) {
      const [hotkey, coldkey] = [hotkeys[uids[k]], coldkeys[uids[k]]];
      const destination = autoStake.get(coldkey) ?? hotkey;
      const amountRao = BigInt(amountsRao[k]);
      book.deposit(destination, coldkey, netuid, amountRao);
      collateral.settle(hotkey, amountRao, destination === hotkey ? amountRao : 0n);
    }
    return BigInt(totalRao);
  }

  private runAggregate(netuid: number, drained: Drained): void {
    const { book, state } = this.place;
    const results = this.aggregated(netuid, emissionOf(drained));
    const payout = dividePayout(drained, results, state.globals[layout.TAO_WEIGHT_U96F32]);
    const payMiners = () => {
      let paidRao = 0n;
      for (const { hotkey, amountRao } of payout.incentives) {
        book.deposit(hotkey, this.ownerOf(hotkey), netuid, amountRao);
        paidRao += amountRao;
      }
      return paidRao;
    };
    this.pay(netuid, payout, payMiners, () => this.payDividends(netuid, payout));
  }

  /** One hotkey a role; the part of the miners' half that was burned last stays burned. */
  private aggregated(netuid: number, totalRao: bigint): HotkeyResult[] {
    const { book, state, registry } = this.place;
    const subnet = registry.subnet(netuid)?.aggregate;
    if (!subnet) throw new Error(`subnet ${netuid} has neither neurons nor an aggregate`);
    const half = totalRao / 2n;
    const burned = (half * state.subnet.minerBurnedU96F32[netuid]) >> 32n;
    const withheld = burned < half ? burned : half;
    const entry = (actor: Actor, incentiveRao: bigint, dividendRao: bigint): HotkeyResult => ({
      hotkey: actor.hotkey,
      incentiveRao,
      dividendRao,
      alphaStakeRao: book.hotkeyStakeRao(actor.hotkey, netuid),
      rootStakeRao: dividendRao > 0n ? book.subnetStakeRao(0) : 0n,
      ofOwner: actor.coldkey === subnet.owner.coldkey,
    });
    return [
      entry(subnet.owner, withheld, 0n),
      entry(subnet.miners, half - withheld, 0n),
      entry(subnet.validators, 0n, half),
    ];
  }

  /** Pays owner, miners, validators and stakers in this order; the last two say what they were paid. */
  private pay(
    netuid: number,
    payout: PayoutTotals,
    payMiners: () => bigint,
    payDividends: () => bigint,
  ): void {
    const { book, rewards, state, registry } = this.place;
    const owner = registry.ownerOf(netuid) as Actor;
    book.deposit(owner.hotkey, owner.coldkey, netuid, payout.ownerCutRao);
    rewards.add(netuid, "owner", payout.ownerCutRao);
    const handedOnRao = this.place.leases.ownerCutPaid(netuid, payout.ownerCutRao);
    this.place.locks.ownerCutPaid(netuid, owner, payout.ownerCutRao - handedOnRao);
    const minersRao = payMiners();
    rewards.add(netuid, "miner", minersRao);
    rewards.add(netuid, "burned", payout.withheldRao);
    const recyclesWithheld = this.place.detailed.get(netuid)?.recyclesWithheld ?? false;
    const recycledRao = payout.recycledRao + (recyclesWithheld ? payout.withheldRao : 0n);
    this.recycle(netuid, recycledRao);
    if (!recyclesWithheld) increase(this.burned, netuid, payout.withheldRao);
    // An aggregate's burned share is given, not measured: the round trip would only wear it down.
    if (!registry.subnet(netuid)?.aggregate) {
      state.subnet.minerBurnedU96F32[netuid] = payout.minerBurnedBits;
    }
    const paidRao = recycledRao + minersRao + payDividends();
    // Withheld alpha that is burned stays outside the pool, owned by nobody, and so does what the
    // floors left over.
    increase(this.ownerless, netuid, payout.drainedRao - paidRao);
  }

  private payDividends(netuid: number, payout: Omit<Payout, "incentives">): bigint {
    const { book, rewards, fund, parameters, takes } = this.place;
    let paidRao = 0n;
    for (const { hotkey, bits } of payout.alphaDividends) {
      const { takeRao, stakersRao } = splitTake(bits, takes.ofU16(hotkey));
      this.payTake(netuid, hotkey, takeRao);
      if (!book.creditStakers(hotkey, netuid, stakersRao)) {
        book.deposit(hotkey, this.ownerOf(hotkey), netuid, stakersRao);
      }
      rewards.add(netuid, "delegator", stakersRao);
      paidRao += takeRao + stakersRao;
    }
    for (const { hotkey, bits } of payout.rootDividends) {
      const { takeRao, stakersRao } = splitTake(bits, takes.ofU16(hotkey));
      this.payTake(netuid, hotkey, takeRao);
      fund.receive(parameters.rootDividends, netuid, hotkey, stakersRao);
      rewards.add(netuid, "root", stakersRao);
      paidRao += takeRao + stakersRao;
    }
    return paidRao;
  }

  private payTake(netuid: number, hotkey: string, takeRao: bigint): void {
    const { book, detailed } = this.place;
    book.deposit(hotkey, this.ownerOf(hotkey), netuid, takeRao);
    detailed.get(netuid)?.collateral.settle(hotkey, takeRao, takeRao);
    this.place.rewards.add(netuid, "validator", takeRao);
  }

  private ownerOf(hotkey: string): string {
    const coldkey = this.place.registry.coldkeyOf(hotkey);
    if (coldkey === undefined) throw new Error(`hotkey ${hotkey} has no owner`);
    return coldkey;
  }
}

const amountOf = (amounts: ReadonlyMap<number, bigint>, netuid: number): bigint =>
  amounts.get(netuid) ?? 0n;

function increase(amounts: Map<number, bigint>, netuid: number, rao: bigint): void {
  amounts.set(netuid, amountOf(amounts, netuid) + rao);
}
