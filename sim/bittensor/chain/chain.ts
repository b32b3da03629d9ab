/**
 * The Bittensor chain of a run: blocks through the coinbase kernel, epochs and their payments,
 * agents' extrinsics, records. The order inside a block is the chain's own (spec/token-economics.md
 * appendix A): coinbase, epochs that are due, moving prices, then extrinsics.
 */
import { type Agent, accountOf, type Outcome } from "../../agent.ts";
import { type Calendar, calendarPinnedTo } from "../../calendar.ts";
import { ConservationError } from "../../ledger/ledger.ts";
import type { RecordSink } from "../../records.ts";
import type { Chain } from "../../world.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { type CoinbaseKernel, createCoinbaseKernel } from "../coinbase/kernel/coinbase-kernel.ts";
import type { ClaimType } from "../staking/root-claims.ts";
import type { ChainState } from "../state.ts";
import type { BittensorAction } from "./actions.ts";
import { DetailedSubnet, type DetailedSubnetGenesis } from "./detailed-subnet.ts";
import { EpochDesk } from "./epoch-desk.ts";
import { type ChainGenesis, EVERYONE_ELSE, loadGenesis } from "./genesis.ts";
import { isKeyAction } from "./keys/actions.ts";
import { KeyDesk } from "./keys/key-desk.ts";
import { LeaseDesk, type LeaseTerms } from "./leases/lease-desk.ts";
import { isLockAction } from "./locks/actions.ts";
import { LockDesk } from "./locks/lock-desk.ts";
import { isHotkeySigned, isNeuronAction } from "./neurons/actions.ts";
import { NeuronDesk, type Signer } from "./neurons/neuron-desk.ts";
import { EpochKernels } from "./neurons/shared-columns.ts";
import { TakeBook } from "./neurons/take-book.ts";
import { OrderDesk } from "./orders.ts";
import { type ChainParameters, writeParameters } from "./parameters.ts";
import { BLOCK_AUTHOR, PoolDesk } from "./pool-desk.ts";
import { enterEra } from "./pool-eras.ts";
import { Recorder } from "./recorder.ts";
import { type Registry, registryOf } from "./registry.ts";
import { RewardTally } from "./rewards.ts";
import { RootClaims } from "./root-claims.ts";
import { RootFund } from "./root-fund.ts";
import { StakeBook } from "./stake-book.ts";
import { halvesOf } from "./stakes/halves.ts";
import { SubnetDesk } from "./subnet-desk.ts";
import { type SubnetRules, TIMELINE_RULES } from "./subnet-terms.ts";
import { ISSUANCE, TaoLedger, walletOf } from "./tao-ledger.ts";
import { BittensorView } from "./view.ts";
import { VotingDesk } from "./voting/voting-desk.ts";

/** How a subnet that is not simulated neuron by neuron pays: one hotkey a role. */
export interface AggregateSubnet {
  readonly netuid: number;
  readonly owner: Actor;
  readonly miners: Actor;
  readonly validators: Actor;
}

/** A hotkey and the coldkey that owns it. */
export interface Actor {
  readonly hotkey: string;
  readonly coldkey: string;
}

/** Parameters that hold from a block on. */
export interface DatedParameters {
  readonly fromBlock: number;
  readonly parameters: ChainParameters;
}

export interface ChainSetup {
  readonly genesis: ChainGenesis;
  /** Ascending; the first holds from the start. */
  readonly parameters: readonly DatedParameters[];
  readonly aggregates: readonly AggregateSubnet[];
  /** Subnets simulated neuron by neuron, each with its owner. */
  readonly detailed: readonly {
    readonly subnet: DetailedSubnetGenesis;
    readonly owner: Actor;
    /** The subnet itself, where it has run before. */
    readonly running?: DetailedSubnet;
  }[];
  /** Hotkeys that exist apart from those named above: root validators. */
  readonly rootValidators: readonly Actor[];
  /** Transaction fees a block of all who are no agents. */
  readonly otherFeesRaoPerBlock: bigint;
  /** Take of every hotkey that has not changed its own, u16 of 65,535. */
  readonly takeU16: number;
  readonly names: ReadonlyMap<number, string>;
  /** The role of each coldkey whose wealth is recorded, in the order of the records. */
  readonly roleOf: ReadonlyMap<string, string>;
  /** How root stakers want dividends that accrue (November 2025 to August 2026); left out: sold. */
  readonly rootClaims?: ClaimType;
  /** On which terms subnets come and go; left out: the chain's own of each block. */
  readonly subnetRules?: SubnetRules;
  /** Subnets that a crowd has paid for. */
  readonly leases?: readonly LeaseTerms[];
}

/**
 * Agents call a hotkey by the name that it had at the start; whoever swaps one signs with the new one
 * from then on.
 */
function withPresentKeys(action: BittensorAction, registry: Registry): BittensorAction {
  if (!registry.hasSwaps || !("hotkey" in action)) return action;
  const hotkey = registry.presentHotkey(action.hotkey, action.netuid);
  return hotkey === action.hotkey ? action : { ...action, hotkey };
}

/** Blocks between two complete recounts of all books; sums are checked every block. */
const RECOUNT_BLOCKS = 7_200;
const SWAP_CLAIMS: ClaimType = { kind: "swap" };
/** Four amounts are floored when a block's alpha_out is split. */
const MAX_DUST_RAO_PER_BLOCK = 4n;

export class BittensorChain implements Chain<BittensorView, BittensorAction> {
  readonly calendar: Calendar;
  readonly state: ChainState;
  readonly ledger: TaoLedger;
  readonly book: StakeBook;
  readonly pools: PoolDesk;
  readonly fund: RootFund;
  readonly rewards = new RewardTally();
  readonly detailed: Map<number, DetailedSubnet>;
  /** Hotkeys, subnets and their owners. */
  readonly registry: Registry;
  readonly takes: TakeBook;
  parameters: ChainParameters;
  readonly kernel: CoinbaseKernel;
  private readonly kernels = new EpochKernels();
  readonly subnetRules: SubnetRules;
  readonly subnets: SubnetDesk;
  readonly epochs: EpochDesk;
  readonly locks: LockDesk;
  readonly leases: LeaseDesk;
  readonly voting: VotingDesk;
  readonly keys: KeyDesk;
  private readonly orders: OrderDesk;
  readonly neurons: NeuronDesk;
  private readonly recorder: Recorder;
  private nextRecount: number;
  private nextChange = 1;

  constructor(
    readonly setup: ChainSetup,
    sink: RecordSink,
  ) {
    const { genesis, detailed } = setup;
    this.calendar = calendarPinnedTo(genesis.block, genesis.timeMs);
    this.kernel = createCoinbaseKernel();
    this.state = this.kernel.state;
    this.parameters = setup.parameters[0].parameters;
    this.book = new StakeBook(this.parameters.arithmetic);
    this.ledger = new TaoLedger(this.state);
    loadGenesis(genesis, this.state, this.ledger, this.book);
    this.registry = registryOf(setup);
    this.takes = new TakeBook(setup.takeU16);
    this.pools = new PoolDesk(this.state, this.ledger, () => this.parameters);
    const claims = new RootClaims(this.book, this.pools, () => setup.rootClaims ?? SWAP_CLAIMS);
    this.fund = new RootFund(this.book, this.pools, this.ledger, claims);
    this.detailed = new Map(
      detailed.map(({ subnet, running }) => [
        subnet.netuid,
        running ?? new DetailedSubnet(subnet, genesis.block, this.kernels),
      ]),
    );
    this.subnetRules = setup.subnetRules ?? TIMELINE_RULES;
    this.subnets = new SubnetDesk(this, genesis.lastLock ?? { block: 0, lockRao: 0n });
    this.epochs = new EpochDesk(this);
    this.locks = new LockDesk(this);
    this.voting = new VotingDesk(this);
    this.leases = new LeaseDesk(this, setup.leases ?? [], genesis.block);
    this.orders = new OrderDesk({
      state: this.state,
      ledger: this.ledger,
      book: this.book,
      desk: this.pools,
      fund: this.fund,
      registry: this.registry,
      locks: this.locks,
      epochs: this.epochs,
      detailed: this.detailed,
      feeTerms: () => this.parameters,
    });
    this.recorder = new Recorder(this, sink);
    this.keys = new KeyDesk(this, this.recorder);
    enterEra(this.state, this.netuids, null, this.parameters);
    this.neurons = new NeuronDesk(this, this.recorder);
    this.apply(this.parameters);
    this.nextRecount = genesis.block + RECOUNT_BLOCKS;
    this.checkBooks();
  }

  /** Every subnet in the state, ascending; root is not among them. */
  get netuids(): readonly number[] {
    return this.registry.netuids;
  }

  get block(): number {
    return Number(this.state.globals[layout.BLOCK]);
  }

  advanceTo(block: number): void {
    while (this.block < block) {
      const change = this.setup.parameters[this.nextChange];
      // Parameters of block b are written when block b - 1 has been completed.
      if (change && change.fromBlock <= this.block + 1) {
        enterEra(this.state, this.netuids, this.parameters, change.parameters);
        this.apply(change.parameters);
        this.nextChange++;
        continue;
      }
      const until = Math.min(
        block,
        this.nextRecount,
        this.subnets.nextBlock,
        change ? change.fromBlock - 1 : block,
      );
      const before = this.block;
      this.runBlocks(until);
      this.subnets.settle();
      this.recordEvents();
      this.payOtherFees(this.block - before);
      if (this.block === this.nextRecount) {
        this.checkBooks();
        this.nextRecount += RECOUNT_BLOCKS;
      }
    }
  }

  private apply(parameters: ChainParameters): void {
    // Prices of registrations have moved by the old rule until now.
    for (const { registration } of this.detailed.values()) {
      registration.rollTo(this.block, this.parameters.registrationPrice);
    }
    this.parameters = parameters;
    writeParameters(this.state, parameters);
    const bit = BigInt(layout.FLAG_EMISSION_ENABLED);
    for (const netuid of this.netuids) {
      const emissionEnabled = this.registry.subnet(netuid)?.emissionEnabled;
      const flags = this.state.subnet.flags[netuid] & ~bit;
      const on = emissionEnabled || !parameters.emissionSwitch;
      this.state.subnet.flags[netuid] = on ? flags | bit : flags;
    }
  }

  private payOtherFees(blocks: number): void {
    const wanted = this.setup.otherFeesRaoPerBlock * BigInt(blocks);
    const balance = this.ledger.balanceRao(EVERYONE_ELSE);
    const taker = this.parameters.transactionFeesRecycled ? ISSUANCE : walletOf(BLOCK_AUTHOR);
    const feeRao = wanted < balance ? wanted : balance;
    this.ledger.move(walletOf(EVERYONE_ELSE), taker, feeRao, "transaction_fee");
  }

  private runBlocks(until: number): void {
    const due = halvesOf(this.state.subnet.due);
    while (this.kernel.advance(until) > 0) {
      for (const netuid of this.netuids) {
        if (due[2 * netuid] === 0) continue;
        this.subnets.testOwnership(netuid);
        this.neurons.beforeEpoch(netuid);
        this.recorder.epoch(this.epochs.run(netuid));
        this.neurons.afterEpoch(netuid);
        this.voting.afterEpoch(netuid);
      }
      this.kernel.finishBlock();
    }
  }

  viewFor(agent: Agent<BittensorView, BittensorAction>): BittensorView {
    return new BittensorView(this, accountOf(agent));
  }

  submit(agent: Agent<BittensorView, BittensorAction>, action: BittensorAction): Outcome {
    const signer = { id: accountOf(agent), role: agent.role };
    const outcome = this.execute(signer, withPresentKeys(action, this.registry));
    this.recorder.action(signer, action, outcome);
    this.recordEvents();
    return outcome;
  }

  private execute(agent: Signer, action: BittensorAction): Outcome {
    if (isKeyAction(action)) {
      return this.orders.charged(agent.id, this.keys.execute(agent.id, action));
    }
    const isNeurons = isNeuronAction(action);
    // What a hotkey signs goes on while its coldkey leaves.
    if (this.keys.isLeaving(agent.id) && !(isNeurons && isHotkeySigned(action))) {
      return { applied: false, reason: "ColdkeySwapAnnounced" };
    }
    if (isNeurons) return this.neurons.execute(agent, action);
    switch (action.kind) {
      case "register_network":
        return this.subnets.register(agent.id, action);
      case "start_call":
        return this.subnets.start(agent.id, action);
      case "enable_voting_power_tracking":
      case "disable_voting_power_tracking":
        return this.orders.charged(agent.id, this.voting.execute(agent.id, action));
      case "terminate_lease":
        return this.orders.charged(agent.id, this.leases.terminate(agent.id, action));
      default:
        return isLockAction(action)
          ? this.orders.charged(agent.id, this.locks.execute(agent.id, action))
          : this.orders.execute(agent.id, action);
    }
  }

  private recordEvents(): void {
    for (const event of this.subnets.takeEvents()) this.recorder.subnetEvent(event);
  }

  record(): void {
    this.recorder.interval();
  }

  /** Adds everything up anew. Throws ConservationError where a rao is missing or too many. */
  checkBooks(): void {
    this.ledger.check();
    const root = this.state.subnet.taoReserveRao[0];
    this.compare("TAO", "root stake", this.book.recountRao(0), root);
    for (const netuid of this.netuids) {
      const held = this.book.recountRao(netuid);
      this.compare(
        `alpha of subnet ${netuid}`,
        "the stake book's sum",
        this.book.subnetStakeRao(netuid),
        held,
      );
      const { alphaOutRao, protocolAlphaRao } = this.state.subnet;
      const dustRao = this.epochs.dustRao(netuid);
      const blocks = BigInt(this.block - this.setup.genesis.block);
      if (dustRao < 0n || dustRao > MAX_DUST_RAO_PER_BLOCK * blocks) {
        const what = `block ${this.block}: emitted alpha that was never pending`;
        throw new ConservationError(`alpha of subnet ${netuid}`, what, dustRao);
      }
      const known =
        held +
        protocolAlphaRao[netuid] +
        this.epochs.pendingRao(netuid) +
        this.fund.queuedRao(netuid) +
        this.epochs.ownerlessRao(netuid) +
        dustRao;
      this.compare(
        `alpha of subnet ${netuid}`,
        "alpha outside the pool",
        known,
        alphaOutRao[netuid],
      );
    }
  }

  private compare(asset: string, what: string, found: bigint, wanted: bigint): void {
    if (found !== wanted) {
      throw new ConservationError(
        asset,
        `block ${this.block}: ${what}: found ${found}, the chain says ${wanted}`,
        found - wanted,
      );
    }
  }
}
