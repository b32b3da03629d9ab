/**
 * Hotkey swaps in a running chain. What the hotkey has on a subnet goes along: its uid with weights,
 * bonds and what its last epoch gave, hashed commitments, children and parents, child take,
 * collateral, locks that point at it, ownership of the subnet, auto-stake, and everybody's stake. The
 * delegate take goes along only where the hotkey is swapped on all subnets, and so does what the
 * validators' fund holds with it.
 *
 * The spec gives costs, limits and the locks; the rest of the list was read in the chain's code
 * (pallets/subtensor/src/swap/swap_hotkey.rs).
 * Source: spec/token-economics.md sections 1.4, 5.5 and 7, spec/recent-rules.md section 3.2.
 */
import type { Outcome } from "../../../agent.ts";
import { type ChainError, refused } from "../../errors.ts";
import type { DetailedSubnet } from "../detailed-subnet.ts";
import type { LockDesk } from "../locks/lock-desk.ts";
import type { RegistrationDesk } from "../neurons/registration-desk.ts";
import type { TakeBook } from "../neurons/take-book.ts";
import type { ChainParameters } from "../parameters.ts";
import type { PoolDesk } from "../pool-desk.ts";
import type { Registry } from "../registry.ts";
import { ROOT_FUND, type RootFund } from "../root-fund.ts";
import type { StakeBook } from "../stake-book.ts";
import { ISSUANCE, type TaoLedger, walletOf } from "../tao-ledger.ts";
import type { VotingDesk } from "../voting/voting-desk.ts";
import type { SwapHotkey } from "./actions.ts";
import type { KeyLog } from "./key-log.ts";

/** Recycled: of a swap on all subnets, and of one on a single subnet. */
const SWAP_COST_RAO = 100_000_000n;
const SWAP_ON_SUBNET_COST_RAO = 1_000_000n;
/** Blocks between two hotkey swaps of a coldkey, and between two on one subnet. */
const TX_RATE_LIMIT_BLOCKS = 1_000;
const SWAP_ON_SUBNET_BLOCKS = 7_200;
/** A wallet that pays keeps this. */
const EXISTENTIAL_DEPOSIT_RAO = 500n;

/** What the desk works on; the chain itself has it all. */
export interface HotkeyPlace {
  readonly block: number;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly fund: RootFund;
  readonly pools: PoolDesk;
  readonly registry: Registry;
  readonly locks: LockDesk;
  readonly voting: VotingDesk;
  readonly takes: TakeBook;
  readonly parameters: ChainParameters;
  readonly detailed: ReadonlyMap<number, DetailedSubnet>;
  readonly neurons: { readonly registrations: RegistrationDesk };
}

export class HotkeyDesk {
  /** Block of a coldkey's last swap. */
  private readonly swappedAt = new Map<string, number>();
  /** The same on one subnet, by netuid and coldkey. */
  private readonly swappedOnSubnetAt = new Map<string, number>();

  constructor(
    private readonly place: HotkeyPlace,
    private readonly log: KeyLog,
  ) {}

  swap(coldkey: string, action: SwapHotkey): Outcome {
    const { hotkey: from, newHotkey: to, netuid, allSubnets } = action;
    const fault = this.fault(coldkey, action);
    if (fault) return refused(fault);
    const { ledger, registry, fund, block } = this.place;
    const costRao = allSubnets ? SWAP_COST_RAO : SWAP_ON_SUBNET_COST_RAO;
    if (ledger.balanceRao(coldkey) < costRao + EXISTENTIAL_DEPOSIT_RAO) {
      return refused("NotEnoughBalanceToPaySwapHotKey");
    }
    ledger.move(walletOf(coldkey), ISSUANCE, costRao, "key_swap");
    fund.flush();
    const touched = allSubnets ? [0, ...registry.netuids] : [netuid];
    const waiting = allSubnets ? this.waitingOn(coldkey, from) : [netuid];
    const before = touched.map((subnet) => this.swapOn(subnet, from, to, allSubnets));
    if (allSubnets) {
      fund.swapHotkey(from, to);
      this.place.takes.swapHotkey(from, to);
    }
    registry.swapHotkey(from, to, allSubnets ? null : netuid);
    this.swappedAt.set(coldkey, block);
    for (const subnet of waiting) this.swappedOnSubnetAt.set(`${subnet}/${coldkey}`, block);
    this.log.keySwap({
      key: "hotkey",
      netuid: allSubnets ? null : netuid,
      coldkey,
      from,
      to,
      positions: before.reduce((sum, { positions }) => sum + positions, 0),
      valueRao: before.reduce((sum, { valueRao }) => sum + valueRao, 0n),
      costRao,
    });
    return { applied: true, feeRao: 0n };
  }

  private fault(coldkey: string, action: SwapHotkey): ChainError | null {
    const { hotkey: from, newHotkey: to, netuid, allSubnets } = action;
    const { registry, block } = this.place;
    if (!allSubnets && netuid !== 0 && !registry.subnet(netuid)) return "SubnetNotExists";
    if (registry.coldkeyOf(from) !== coldkey) return "NonAssociatedColdKey";
    if (registry.hasHotkey(to) && registry.coldkeyOf(to) !== coldkey) return "NonAssociatedColdKey";
    if (from === to) return "NewHotKeyIsSameWithOld";
    const last = this.swappedAt.get(coldkey);
    if (last !== undefined && block - last <= TX_RATE_LIMIT_BLOCKS) {
      return "HotKeySetTxRateLimitExceeded";
    }
    const netuids = allSubnets ? registry.netuids : [netuid];
    if (netuids.some((subnet) => this.hasNeuron(to, subnet))) {
      return "HotKeyAlreadyRegisteredInSubNet";
    }
    const waiting = allSubnets ? this.waitingOn(coldkey, from) : [netuid];
    const tooSoon = waiting.some((subnet) => {
      const before = this.swappedOnSubnetAt.get(`${subnet}/${coldkey}`);
      return before !== undefined && before + SWAP_ON_SUBNET_BLOCKS >= block;
    });
    return tooSoon ? "HotKeySwapOnSubnetIntervalNotPassed" : null;
  }

  private hasNeuron(hotkey: string, netuid: number): boolean {
    const aggregate = this.place.registry.subnet(netuid)?.aggregate;
    if (aggregate) {
      return [aggregate.miners, aggregate.validators].some((actor) => actor.hotkey === hotkey);
    }
    return this.place.detailed.get(netuid)?.uidOf.has(hotkey) ?? false;
  }

  /**
   * Subnets on which a swap of all subnets waits like one of a single subnet: those that the hotkey
   * owns and on which others have stake with it, since spec 473.
   */
  private waitingOn(coldkey: string, hotkey: string): number[] {
    const { registry, book, parameters } = this.place;
    if (!parameters.ownerSwapsWait) return [];
    return registry.netuids.filter((netuid) => {
      if (registry.ownerOf(netuid)?.hotkey !== hotkey) return false;
      const ownRao = book.stakeRao(hotkey, coldkey, netuid);
      return book.hotkeyStakeRao(hotkey, netuid) > ownRao;
    });
  }

  /** All of a hotkey on one subnet; says how many positions went along and what they were worth. */
  private swapOn(
    netuid: number,
    from: string,
    to: string,
    withFund: boolean,
  ): { readonly positions: number; readonly valueRao: bigint } {
    const { detailed, locks, voting, neurons, pools } = this.place;
    detailed.get(netuid)?.swapHotkey(from, to);
    locks.swapHotkey(netuid, from, to);
    voting.swapHotkey(netuid, from, to);
    neurons.registrations.swapHotkey(netuid, from, to);
    const moved = this.moveStake(netuid, from, to, withFund || netuid === 0);
    const valueRao = BigInt(Math.round(Number(moved.stakeRao) * pools.spotPrice(netuid)));
    return { positions: moved.positions, valueRao };
  }

  private moveStake(netuid: number, from: string, to: string, withFund: boolean) {
    const { book } = this.place;
    const subnet = book.subnet(netuid);
    const place = subnet.find(from);
    const holders = place < 0 ? [] : [...subnet.holdersOf(place)];
    let stakeRao = 0n;
    let positions = 0;
    for (const coldkey of holders) {
      if (coldkey === ROOT_FUND && !withFund) continue;
      const heldRao = book.stakeRao(from, coldkey, netuid);
      book.withdraw(from, coldkey, netuid, heldRao);
      book.deposit(to, coldkey, netuid, heldRao);
      stakeRao += heldRao;
      positions++;
    }
    return { stakeRao, positions };
  }
}
