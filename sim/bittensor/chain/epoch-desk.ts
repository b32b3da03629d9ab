/**
 * A subnet's epoch in the chain: drains what it has saved up, finds each hotkey's part (by Yuma, or
 * in one piece a role where the subnet is an aggregate) and pays it out.
 * Source: spec/token-economics.md section 3.5.
 */

import { splitTake } from "../coinbase/dividends.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { ChainState } from "../state.ts";
import type { EpochOutput } from "../yuma/types.ts";
import type { Actor } from "./chain.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { LeaseDesk } from "./leases/lease-desk.ts";
import type { LockDesk } from "./locks/lock-desk.ts";
import { sharedWithParents } from "./neurons/parent-split.ts";
import type { TakeBook } from "./neurons/take-book.ts";
import type { ChainParameters } from "./parameters.ts";
import { type Drained, dividePayout, type HotkeyResult, type Payout } from "./payout.ts";
import type { Registry } from "./registry.ts";
import type { RewardTally } from "./rewards.ts";
import type { RootFund } from "./root-fund.ts";
import type { StakeBook } from "./stake-book.ts";

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
  readonly payout: Payout;
  /** Absent for an aggregate. */
  readonly subnet?: DetailedSubnet;
  readonly output?: EpochOutput;
}

interface EpochParts {
  readonly results: HotkeyResult[];
  readonly subnet?: DetailedSubnet;
  readonly output?: EpochOutput;
}

export class EpochDesk {
  private readonly ownerless = new Map<number, bigint>();
  private readonly burned = new Map<number, bigint>();
  /** Drained at epochs since the start, and what of it was recycled. */
  private readonly drained = new Map<number, bigint>();
  private readonly recycled = new Map<number, bigint>();

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
    const { subnet, output, results } = this.results(netuid, drained);
    const weightBits = this.place.state.globals[layout.TAO_WEIGHT_U96F32];
    const payout = dividePayout(drained, results, weightBits);
    this.pay(netuid, payout);
    return { netuid, payout, subnet, output };
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

  private results(netuid: number, drained: Drained): EpochParts {
    const totalRao = drained.serverRao + drained.validatorRao + drained.rootRao;
    const subnet = this.place.detailed.get(netuid);
    return subnet
      ? this.yumaResults(subnet, totalRao)
      : { results: this.aggregated(netuid, totalRao) };
  }

  private yumaResults(subnet: DetailedSubnet, totalRao: bigint): EpochParts {
    const { book, state, block, parameters } = this.place;
    const { netuid } = subnet;
    const tempo = Number(state.subnet.tempoBlocks[netuid]);
    const stakeBits = subnet.stakeBits(book, parameters.taoWeight);
    const output = subnet.step(block, tempo, totalRao, stakeBits);
    const owner = this.place.registry.ownerOf(netuid);
    const results: HotkeyResult[] = subnet.neurons.map(({ hotkey, coldkey }, uid) => ({
      hotkey,
      incentiveRao: output.serverEmissionRao[uid],
      dividendRao: output.validatorEmissionRao[uid],
      alphaStakeRao: book.hotkeyStakeRao(hotkey, netuid),
      rootStakeRao: book.hotkeyStakeRao(hotkey, 0),
      ofOwner: coldkey === owner?.coldkey,
    }));
    const weightBits = state.globals[layout.TAO_WEIGHT_U96F32];
    const { family } = subnet;
    const shared = sharedWithParents(results, family, book, this.place.registry, weightBits);
    return { subnet, output, results: shared };
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

  private pay(netuid: number, payout: Payout): void {
    const { book, rewards, state, fund, parameters, registry, takes } = this.place;
    const { autoStake, recyclesWithheld, collateral } = this.place.detailed.get(netuid) ?? {};
    const owner = registry.ownerOf(netuid) as Actor;
    book.deposit(owner.hotkey, owner.coldkey, netuid, payout.ownerCutRao);
    rewards.add(netuid, "owner", payout.ownerCutRao);
    const handedOnRao = this.place.leases.ownerCutPaid(netuid, payout.ownerCutRao);
    this.place.locks.ownerCutPaid(netuid, owner, payout.ownerCutRao - handedOnRao);
    let paidRao = payout.recycledRao;
    for (const { hotkey, amountRao } of payout.incentives) {
      const coldkey = this.ownerOf(hotkey);
      const destination = autoStake?.get(coldkey) ?? hotkey;
      book.deposit(destination, coldkey, netuid, amountRao);
      collateral?.settle(hotkey, amountRao, destination === hotkey ? amountRao : 0n);
      rewards.add(netuid, "miner", amountRao);
      paidRao += amountRao;
    }
    rewards.add(netuid, "burned", payout.withheldRao);
    this.recycle(netuid, payout.recycledRao);
    if (recyclesWithheld) {
      this.recycle(netuid, payout.withheldRao);
      paidRao += payout.withheldRao;
    } else {
      increase(this.burned, netuid, payout.withheldRao);
    }
    // An aggregate's burned share is given, not measured: the round trip would only wear it down.
    if (!registry.subnet(netuid)?.aggregate) {
      state.subnet.minerBurnedU96F32[netuid] = payout.minerBurnedBits;
    }
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
    // Withheld alpha that is burned stays outside the pool, owned by nobody, and so does what the
    // floors left over.
    increase(this.ownerless, netuid, payout.drainedRao - paidRao);
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
