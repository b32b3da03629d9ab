/**
 * What an agent may see: the chain's public state, and what is its own. Read-only. Money comes as
 * rao; prices and shares as doubles, because agents decide with them and the ledger never does.
 */
import { BLOCKS_PER_DAY, taoFromRao } from "../../amounts.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import type { SparseRow } from "../yuma/types.ts";
import type { BittensorChain } from "./chain.ts";
import type { DetailedSubnet } from "./detailed-subnet.ts";
import type { Holding } from "./stake-book.ts";

/** What everybody can read of a subnet's neurons; all by uid. */
export type PublicNeurons = Pick<
  DetailedSubnet,
  "neurons" | "last" | "weights" | "lastUpdate" | "validatorPermit"
>;

export class BittensorView {
  constructor(
    private readonly chain: BittensorChain,
    /** The agent's coldkey: its own name. */
    readonly coldkey: string,
  ) {}

  get block(): number {
    return this.chain.block;
  }

  /** Subnets on the chain, ascending; root (0) is not among them. */
  get netuids(): readonly number[] {
    return this.chain.netuids;
  }

  /** Own free TAO. */
  get balanceRao(): bigint {
    return this.chain.ledger.balanceRao(this.coldkey);
  }

  /** Own stake with a hotkey on a subnet (0: TAO on root). */
  stakeRao(hotkey: string, netuid: number): bigint {
    const present = this.chain.registry.presentHotkey(hotkey, netuid);
    return this.chain.book.stakeRao(present, this.coldkey, netuid);
  }

  /** Everything staked by oneself. */
  get holdings(): Holding[] {
    return [...this.chain.book.holdingsOf(this.coldkey)];
  }

  /** Spot price, TAO per alpha; 1 on root. */
  price(netuid: number): number {
    return this.chain.pools.spotPrice(netuid);
  }

  /** TAO in a subnet's pool. */
  poolTao(netuid: number): number {
    return taoFromRao(this.chain.state.subnet.taoReserveRao[netuid]);
  }

  /** Whether its alpha can be bought. */
  isTradable(netuid: number): boolean {
    const flags = Number(this.chain.state.subnet.flags[netuid]);
    return (flags & layout.FLAG_SUBTOKEN_ENABLED) !== 0;
  }

  /** Share of the block's TAO emission. */
  emissionShare(netuid: number): number {
    return this.chain.state.share[netuid];
  }

  /** Root's part in the subnet's dividends. */
  rootProportion(netuid: number): number {
    return Number(this.chain.state.subnet.rootProportionU96F32[netuid]) / 2 ** 32;
  }

  /** All stake of a subnet in alpha (0: TAO on root). */
  subnetStake(netuid: number): number {
    return taoFromRao(this.chain.book.subnetStakeRao(netuid));
  }

  /**
   * Gross yield a day of a rao staked on a subnet, from the chain's own split of alpha_out: half of
   * what the owner cut leaves, less root's part, over what is staked (measured-chain.md section 5).
   */
  yieldPerDay(netuid: number): number {
    const staked = this.subnetStake(netuid);
    if (staked === 0) return 0;
    const ownerCut = this.chain.parameters.ownerCut / 65_535;
    const alphaOut = taoFromRao(this.chain.state.subnet.alphaOutEmissionRao[netuid]);
    const validatorHalf = BLOCKS_PER_DAY * alphaOut * (1 - ownerCut) * 0.5;
    return (validatorHalf * (1 - this.rootProportion(netuid))) / staked;
  }

  /** Gross yield a day of TAO on root: root's part of every subnet's dividends at spot prices. */
  rootYieldPerDay(): number {
    const staked = this.subnetStake(0);
    if (staked === 0) return 0;
    const ownerCut = this.chain.parameters.ownerCut / 65_535;
    let tao = 0;
    for (const netuid of this.netuids) {
      const alphaOut = taoFromRao(this.chain.state.subnet.alphaOutEmissionRao[netuid]);
      tao += alphaOut * this.rootProportion(netuid) * this.price(netuid);
    }
    return (BLOCKS_PER_DAY * tao * (1 - ownerCut) * 0.5) / staked;
  }

  /** The public neuron table of a subnet that is simulated neuron by neuron. */
  neurons(netuid: number): PublicNeurons | null {
    return this.chain.detailed.get(netuid) ?? null;
  }

  /** What a hotkey's owner keeps of its stakers' dividends, u16 of 65,535. */
  takeU16(hotkey: string): number {
    return this.chain.takes.ofU16(this.chain.registry.presentHotkey(hotkey, 0));
  }

  /** What registering a subnet would cost now. */
  get lockCostRao(): bigint {
    return this.chain.subnets.lockCostRao();
  }

  /** Blocks until the network takes a registration again; 0: it does now. */
  get blocksToRegistration(): number {
    return this.chain.subnets.blocksToRegistration();
  }

  /** Own registrations that wait for a slot to be freed. */
  get queuedRegistrations(): number {
    return this.chain.subnets.queuedBy(this.coldkey);
  }

  /** Subnets that one owns, ascending. */
  get ownedNetuids(): number[] {
    const { registry } = this.chain;
    return this.netuids.filter((netuid) => registry.ownerOf(netuid)?.coldkey === this.coldkey);
  }

  /** The hotkey to which a subnet's owner cut is paid. */
  ownerHotkey(netuid: number): string {
    return this.chain.registry.ownerOf(netuid)?.hotkey ?? "";
  }

  /** The median spot price of all subnets, TAO per alpha. */
  get medianPrice(): number {
    const prices = this.netuids.map((netuid) => this.price(netuid)).sort((a, b) => a - b);
    const half = prices.length >> 1;
    if (prices.length === 0) return 1;
    return prices.length % 2 === 1 ? prices[half] : (prices[half - 1] + prices[half]) / 2;
  }

  /** Owners' share of a subnet's alpha emission. */
  get ownerCutShare(): number {
    return this.chain.parameters.ownerCut / 65_535;
  }

  /** Own alpha on a subnet that no lock holds. */
  availableRao(netuid: number): bigint {
    return this.chain.locks.availableRao(this.coldkey, netuid);
  }

  /** Whether a subnet is old enough for conviction to change its owner, and the rules let it. */
  canChangeHands(netuid: number): boolean {
    const { ownership } = this.chain.subnets.terms;
    const subnet = this.chain.registry.subnet(netuid);
    if (!ownership || !subnet) return false;
    return this.block - subnet.registeredAtBlock >= ownership.matureBlocks;
  }

  /** What conviction is measured against: alpha outside the pool that somebody may own. */
  circulatingAlpha(netuid: number): number {
    const { alphaOutRao, protocolAlphaRao, alphaBurnedRao } = this.chain.locks.supplyOf(netuid);
    return taoFromRao(alphaOutRao - protocolAlphaRao - alphaBurnedRao);
  }

  /** The uid of a hotkey on a subnet that is simulated neuron by neuron; null: it has none. */
  uidOf(netuid: number, hotkey: string): number | null {
    const { detailed, registry } = this.chain;
    return detailed.get(netuid)?.uidOf.get(registry.presentHotkey(hotkey, netuid)) ?? null;
  }

  /** How many mechanisms a subnet has; 1 where no neurons are simulated. */
  mechanismCount(netuid: number): number {
    return this.chain.detailed.get(netuid)?.mechanismCount ?? 1;
  }

  /** Weights in a mechanism, by uid; none where there is no such mechanism. */
  mechanismWeights(netuid: number, mechanism: number): readonly SparseRow[] {
    return this.chain.detailed.get(netuid)?.mechanism(mechanism)?.weights ?? [];
  }

  /** Whether weights have to be committed first, and are opened later. */
  commitReveal(netuid: number): boolean {
    return this.chain.detailed.get(netuid)?.parameters.commitReveal ?? false;
  }

  /** What a registration costs now, rao; null where no neurons are simulated. */
  registrationPriceRao(netuid: number): bigint | null {
    return this.chain.neurons.registrations.priceRao(netuid);
  }

  /** What all miners of a subnet are paid a day, TAO at the spot price. */
  minerPayPerDay(netuid: number): number {
    const ownerCut = this.chain.parameters.ownerCut / 65_535;
    const alphaOut = taoFromRao(this.chain.state.subnet.alphaOutEmissionRao[netuid]);
    return BLOCKS_PER_DAY * alphaOut * (1 - ownerCut) * 0.5 * this.price(netuid);
  }
}
