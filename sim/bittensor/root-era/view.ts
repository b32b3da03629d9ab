/**
 * What an agent of the root era may see: the chain's public state, and what is its own. Read-only.
 * Money comes as rao; shares and yields as doubles, because agents decide with them.
 */
import { BLOCKS_PER_DAY, taoFromRao } from "../../amounts.ts";
import type { DetailedSubnet } from "../chain/detailed-subnet.ts";
import { ROOT_SEATS } from "../registration/register.ts";
import type { RootEraChain } from "./chain.ts";
import type { HotkeyId } from "./tao-stakes.ts";

/** A validator as its stakers see it. */
export interface ValidatorSeen {
  readonly hotkey: string;
  readonly stakeTao: number;
  readonly take: number;
  readonly onRoot: boolean;
}

export class RootEraView {
  constructor(
    private readonly chain: RootEraChain,
    /** The agent's coldkey: its own name. */
    readonly coldkey: string,
  ) {}

  get block(): number {
    return this.chain.block;
  }

  get hasRoot(): boolean {
    return this.chain.hasRoot;
  }

  /** Subnets, ascending; root (0) is not among them. */
  get netuids(): readonly number[] {
    return this.chain.netuids;
  }

  get balanceRao(): bigint {
    return this.chain.ledger.balanceRao(this.coldkey);
  }

  balanceOf(coldkey: string): bigint {
    return this.chain.ledger.balanceRao(coldkey);
  }

  stakeRao(hotkey: string): bigint {
    const id = this.chain.stakes.idOfName(hotkey);
    return id === undefined ? 0n : this.chain.stakes.stakeRao(id, this.coldkey);
  }

  get holdings(): { readonly hotkey: string; readonly stakeRao: bigint }[] {
    return [...this.chain.stakes.holdingsOf(this.coldkey)];
  }

  /** All stake with a hotkey, whoever's. */
  totalStakeTao(hotkey: string): number {
    const { stakes } = this.chain;
    const id = stakes.idOfName(hotkey);
    return id === undefined ? 0 : stakes.totals[id] / 1e9;
  }

  /** All TAO that is staked. */
  get stakedTao(): number {
    return taoFromRao(this.chain.stakes.stakedRao);
  }

  /** Everybody with whom one may stake. */
  get validators(): readonly ValidatorSeen[] {
    const { stakes, root } = this.chain;
    const seated = new Set<HotkeyId>(root.seats);
    return this.chain.setup.validators.map((id) => {
      return {
        hotkey: stakes.hotkeys[id].name,
        stakeTao: stakes.totals[id] / 1e9,
        take: stakes.takes[id] / 65_535,
        onRoot: seated.has(id),
      };
    });
  }

  isSeated(hotkey: string): boolean {
    const id = this.chain.stakes.idOfName(hotkey);
    return id !== undefined && this.chain.root.seats.includes(id);
  }

  /** The stake that a seat on root costs now: more than this, in TAO; 0 while one is free. */
  get leastSeatTao(): number {
    const { stakes, root } = this.chain;
    if (root.seats.length < ROOT_SEATS) return 0;
    return Math.min(...root.seats.map((hotkey) => stakes.totals[hotkey])) / 1e9;
  }

  /** A subnet's emission, TAO a day. */
  emissionTaoPerDay(netuid: number): number {
    const subnet = this.chain.subnets.get(netuid);
    return subnet ? (subnet.emissionRao * BLOCKS_PER_DAY) / 1e9 : 0;
  }

  /** What owners get of it. */
  get ownerCut(): number {
    return this.chain.parameters.ownerCutU16 / 65_535;
  }

  /** Price of a place in a subnet. */
  burnRao(netuid: number): bigint {
    return this.chain.subnets.get(netuid)?.burnRao ?? 0n;
  }

  /** Who mines there: in an agreed subnet all places that no validator needs. */
  minerPlaces(netuid: number): number {
    const subnet = this.chain.subnets.get(netuid);
    return subnet ? Math.max(1, subnet.start.maxUids - subnet.start.maxValidators) : 1;
  }

  ownerOf(netuid: number): string | null {
    return this.chain.subnets.get(netuid)?.start.ownerColdkey ?? null;
  }

  registeredBlock(netuid: number): number {
    return this.chain.subnets.get(netuid)?.start.registeredBlock ?? 0;
  }

  get lockCostRao(): bigint {
    return this.chain.registrations.lockCostRao();
  }

  /** Blocks until another subnet may be registered. */
  get blocksUntilSubnet(): number {
    const { lastLockBlock } = this.chain.registrations.lock;
    const { subnetRateLimitBlocks } = this.chain.parameters;
    if (lastLockBlock === 0) return 0;
    return Math.max(0, lastLockBlock + subnetRateLimitBlocks - this.block);
  }

  /** The public neuron table of a subnet that is simulated neuron by neuron. */
  neurons(netuid: number): Pick<DetailedSubnet, "neurons" | "last" | "lastUpdate"> | null {
    const neurons = this.chain.subnets.get(netuid)?.start.neurons;
    return neurons?.kind === "yuma" ? neurons.subnet : null;
  }
}
