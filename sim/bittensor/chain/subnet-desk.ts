/**
 * Registering and starting subnets: the lock, the queue, the victim that must give way, and the new
 * subnet's pool. Source: spec/token-economics.md sections 4.5, 6.3 and 6.4, spec/recent-rules.md 3.6.
 */
import type { Outcome } from "../../agent.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { refused } from "../errors.ts";
import { checkRegisterNetwork, startSubnet } from "../subnets/lifecycle.ts";
import { effectiveIntervalBlocks, lockCostRao } from "../subnets/lock-cost.ts";
import { medianPriceBits, seedPool } from "../subnets/pool-seed.ts";
import { type Place, placeFor, subnetToPrune } from "../subnets/prune.ts";
import type { RegisterNetwork, StartCall } from "./actions.ts";
import type { Actor, AggregateSubnet } from "./chain.ts";
import { type DissolutionPlace, dissolveSubnet, openSubnet } from "./dissolve.ts";
import { openPool } from "./pool-eras.ts";
import type { SubnetEvent } from "./subnet-events.ts";
import { type SubnetRules, type SubnetTerms, subnetTermsAt } from "./subnet-terms.ts";
import { ISSUANCE, poolOf, walletOf } from "./tao-ledger.ts";
import { payTransactionFee } from "./transaction-fee.ts";

/** Holds locks between a registration and the day its subnet stands. */
export const REGISTRATION_ESCROW = "registration_escrow";
/** A wallet that pays keeps this. */
const EXISTENTIAL_DEPOSIT_RAO = 500n;

/** What the desk works on; the chain itself has it all. */
export interface SubnetPlace extends DissolutionPlace {
  readonly block: number;
  readonly subnetRules: SubnetRules;
}

/** The last registration of a subnet on the chain, before or in the run. */
export interface LastLock {
  readonly block: number;
  readonly lockRao: bigint;
}

/** A registration whose slot is being freed. */
interface Queued {
  readonly netuid: number;
  readonly owner: Actor;
  readonly lockRao: bigint;
  readonly registeredAtBlock: number;
  /** Median spot price when it was queued, U64F64. */
  readonly medianBits: bigint;
  readonly appearsAtBlock: number;
}

/** A started subnet whose emission root will switch on. */
interface Switch {
  readonly netuid: number;
  readonly atBlock: number;
}

/** Who mines and validates on a subnet that a registration has made: one actor a role and slot. */
export const aggregateOfSlot = (netuid: number, owner: Actor): AggregateSubnet => ({
  netuid,
  owner,
  miners: { hotkey: `miners/${netuid}`, coldkey: `miners/${netuid}` },
  validators: { hotkey: `validators/${netuid}`, coldkey: `validators/${netuid}` },
});

export class SubnetDesk {
  /** Oldest first. */
  private queue: Queued[] = [];
  private switches: Switch[] = [];
  /** What has happened and is not recorded yet. */
  private happened: SubnetEvent[] = [];

  constructor(
    private readonly place: SubnetPlace,
    private lastLock: LastLock,
  ) {}

  get terms(): SubnetTerms {
    return subnetTermsAt(this.place.block, this.place.subnetRules);
  }

  /** What a registration would cost now. */
  lockCostRao(terms: SubnetTerms = this.terms): bigint {
    const { state, block } = this.place;
    const emissionRao = blockEmissionRao(state.globals[layout.TOTAL_ISSUANCE_RAO]);
    const interval = effectiveIntervalBlocks(terms.lockIntervalBlocks, emissionRao);
    const { lockRao, block: lastBlock } = this.lastLock;
    return lockCostRao(lockRao, lastBlock, block, terms.minLockRao, interval);
  }

  /** Registrations whose slot is being freed. */
  get waiting(): number {
    return this.queue.length;
  }

  /** Registrations of a coldkey that wait for their slot. */
  queuedBy(coldkey: string): number {
    return this.queue.filter(({ owner }) => owner.coldkey === coldkey).length;
  }

  /** Blocks until the network takes another registration; 0: it would take one now. */
  blocksToRegistration(): number {
    const { lastLock, place, terms } = this;
    const since = place.block - lastLock.block;
    return lastLock.block === 0 ? 0 : Math.max(0, terms.rateLimitBlocks - since);
  }

  /** The subnet that a registration would prune; null where none must or none can be. */
  victim(terms: SubnetTerms = this.terms): number | null {
    return this.placeNow(terms) === "prune" ? this.weakest(terms) : null;
  }

  takeEvents(): SubnetEvent[] {
    const { happened } = this;
    this.happened = [];
    return happened;
  }

  /** The next block after which a queued subnet appears or an emission is switched on. */
  get nextBlock(): number {
    const blocks = [
      ...this.queue.map(({ appearsAtBlock }) => appearsAtBlock),
      ...this.switches.map(({ atBlock }) => atBlock),
    ];
    return Math.min(Number.POSITIVE_INFINITY, ...blocks);
  }

  /** Lets appear what is due at the end of this block. */
  settle(): void {
    const { block, registry, state } = this.place;
    const due = this.queue.filter(({ appearsAtBlock }) => appearsAtBlock <= block);
    this.queue = this.queue.filter(({ appearsAtBlock }) => appearsAtBlock > block);
    for (const entry of due) this.appear(entry);
    for (const { netuid, atBlock } of this.switches) {
      const subnet = registry.subnet(netuid);
      if (atBlock > block || !subnet) continue;
      subnet.emissionEnabled = true;
      state.subnet.flags[netuid] |= BigInt(layout.FLAG_EMISSION_ENABLED);
      this.note("emission_enabled", netuid, subnet.owner.coldkey);
    }
    this.switches = this.switches.filter(({ atBlock }) => atBlock > block);
  }

  register(coldkey: string, { hotkey }: RegisterNetwork): Outcome {
    const { place, terms } = this;
    const { ledger, registry, parameters, block } = place;
    const owner = registry.coldkeyOf(hotkey);
    if (owner !== undefined && owner !== coldkey) return refused("NonAssociatedColdKey");
    const costRao = this.lockCostRao(terms);
    const balanceRao = ledger.balanceRao(coldkey);
    const keptRao = EXISTENTIAL_DEPOSIT_RAO + parameters.transactionFeeRao;
    const room = this.placeNow(terms);
    const victim = room === "prune" ? this.weakest(terms) : null;
    const fault = checkRegisterNetwork({
      blocksSinceLast: this.lastLock.block === 0 ? null : block - this.lastLock.block,
      rateLimitBlocks: terms.rateLimitBlocks,
      lockCostRao: costRao,
      spendableRao: balanceRao > keptRao ? balanceRao - keptRao : 0n,
      place: room,
      hasVictim: victim !== null,
    });
    if (fault) return refused(fault);
    payTransactionFee(ledger, coldkey, parameters);
    ledger.move(walletOf(coldkey), walletOf(REGISTRATION_ESCROW), costRao, "subnet_lock");
    const medianBits = this.medianBits();
    if (victim !== null) this.dissolve(victim, "pruned");
    registry.setHotkey({ hotkey, coldkey });
    const entry: Queued = {
      netuid: victim ?? this.freeNetuid(),
      owner: { hotkey, coldkey },
      lockRao: costRao,
      registeredAtBlock: block,
      medianBits,
      appearsAtBlock: block + (room === "free" ? 0 : terms.appearsAfterBlocks),
    };
    this.lastLock = { block, lockRao: costRao };
    this.note("registered", entry.netuid, coldkey, { taoRao: costRao });
    if (entry.appearsAtBlock <= block) this.appear(entry);
    else this.queue.push(entry);
    return { applied: true, receivedRao: 0n, feeRao: 0n };
  }

  start(coldkey: string, { netuid }: StartCall): Outcome {
    const { block, registry, state, ledger, parameters } = this.place;
    const subnet = registry.subnet(netuid);
    if (!subnet) return refused("SubnetNotExists");
    const { terms } = this;
    const first = startSubnet({
      callerIsOwner: subnet.owner.coldkey === coldkey,
      registeredBlock: subnet.registeredAtBlock,
      block,
      started: state.subnet.firstEmissionBlock[netuid] !== 0n,
      delayBlocks: terms.startCallDelayBlocks,
    });
    if (typeof first === "string") return refused(first);
    payTransactionFee(ledger, coldkey, parameters);
    state.subnet.firstEmissionBlock[netuid] = BigInt(first);
    state.subnet.flags[netuid] |= BigInt(layout.FLAG_SUBTOKEN_ENABLED);
    this.note("started", netuid, coldkey);
    const { emissionAfterBlocks } = terms;
    if (!subnet.emissionEnabled && emissionAfterBlocks !== null) {
      this.switches.push({ netuid, atBlock: block + Math.max(1, emissionAfterBlocks) });
    }
    return { applied: true, feeRao: 0n };
  }

  /** Ends a subnet and pays its holders out. */
  dissolve(netuid: number, event: "pruned" | "dissolved" = "dissolved"): void {
    const { registry } = this.place;
    const coldkey = registry.ownerOf(netuid)?.coldkey ?? "";
    this.switches = this.switches.filter((entry) => entry.netuid !== netuid);
    const { paidRao, alphaRao, recycledRao, ownerRefundRao, price } = dissolveSubnet(
      this.place,
      netuid,
    );
    this.note(event, netuid, coldkey, { taoRao: paidRao, alphaRao, recycledRao, price });
    if (ownerRefundRao > 0n)
      this.note("owner_refunded", netuid, coldkey, { taoRao: ownerRefundRao });
  }

  /** At a subnet's epoch: whoever's conviction is enough becomes its owner. */
  testOwnership(netuid: number): void {
    const winner = this.place.locks.testOwnership(netuid);
    if (winner) this.ownerChanged(netuid, winner.coldkey);
  }

  /** Whoever owns a subnet from now on. */
  ownerChanged(netuid: number, coldkey: string): void {
    this.note("owner_changed", netuid, coldkey);
  }

  private note(
    event: SubnetEvent["event"],
    netuid: number,
    coldkey: string,
    amounts: Partial<SubnetEvent> = {},
  ): void {
    this.happened.push({ block: this.place.block, netuid, event, coldkey, ...amounts });
  }

  private placeNow({ subnetLimit }: SubnetTerms): Place {
    const waiting = this.queue.length;
    const count = this.place.registry.netuids.length + waiting;
    return placeFor(count, waiting, waiting, subnetLimit);
  }

  private weakest({ immunityBlocks }: SubnetTerms): number | null {
    const { registry, state, block } = this.place;
    const standings = registry.netuids.map((netuid) => ({
      netuid,
      movingPriceBits: state.subnet.movingPriceI96F32[netuid],
      registeredBlock: registry.subnet(netuid)?.registeredAtBlock ?? 0,
    }));
    return subnetToPrune(standings, block, immunityBlocks);
  }

  private medianBits(): bigint {
    const { registry, pools } = this.place;
    return medianPriceBits(registry.netuids.map((netuid) => pools.priceBits(netuid)));
  }

  private freeNetuid(): number {
    const { registry } = this.place;
    const taken = new Set([...registry.netuids, ...this.queue.map(({ netuid }) => netuid)]);
    let netuid = 1;
    while (taken.has(netuid)) netuid++;
    return netuid;
  }

  private appear({ netuid, owner, lockRao, registeredAtBlock, medianBits }: Queued): void {
    const { ledger, registry, state, block } = this.place;
    const { terms } = this;
    if (terms.countsFromAppearance) this.lastLock = { block, lockRao };
    const seed = seedPool(terms.seed, lockRao, terms.minLockRao, medianBits);
    const { alphaRao } = seed;
    // The seed is the lock, less what is recycled; a lock is never below the minimum.
    ledger.move(walletOf(REGISTRATION_ESCROW), poolOf(netuid), seed.taoRao, "subnet_lock");
    ledger.move(walletOf(REGISTRATION_ESCROW), ISSUANCE, seed.recycledRao, "subnet_lock");
    registry.addSubnet({
      netuid,
      owner,
      registeredAtBlock,
      lockedRao: lockRao,
      emissionEnabled: terms.newSubnetsEmit,
      aggregate: aggregateOfSlot(netuid, owner),
    });
    const emissionEnabled = terms.newSubnetsEmit || !this.place.parameters.emissionSwitch;
    openSubnet(state, netuid, block, { alphaRao, emissionEnabled });
    openPool(state, netuid);
    this.note("added", netuid, owner.coldkey, { taoRao: seed.taoRao, alphaRao });
  }
}
