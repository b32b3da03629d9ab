/**
 * Finney before dTAO: blocks, root epochs, subnets' epochs, registrations and agents' calls. The
 * order inside a block is the chain's own of that time: registration prices, the root epoch, hotkeys'
 * credits, subnets' epochs, then extrinsics. Source: spec/token-economics.md sections 2.3 and 2.4.
 */
import type { Agent, Outcome } from "../../agent.ts";
import { ConservationError } from "../../ledger/ledger.ts";
import type { RecordSink } from "../../records.ts";
import type { Chain } from "../../world.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { firstEmissionTable } from "../rules/fixed-table.ts";
import type { RootEraAction } from "./actions.ts";
import { LAST_ROOT_ERA_BLOCK, rootEraCalendar } from "./calendar.ts";
import { EpochDesk } from "./epoch-desk.ts";
import { OrderDesk } from "./order-desk.ts";
import {
  type RootEraParameters,
  rootEraChanges,
  rootEraParametersAt,
  rootWeightParams,
} from "./parameters.ts";
import { Recorder } from "./recorder.ts";
import { RegistrationDesk } from "./registration-desk.ts";
import { RootNetwork } from "./root-network.ts";
import { newSubnetStart, type RootEraSetup } from "./setup.ts";
import { epochAfter, RootEraSubnet } from "./subnet.ts";
import { EraLedger } from "./tao-ledger.ts";
import type { HotkeyId, TaoStakes } from "./tao-stakes.ts";
import { RootEraView } from "./view.ts";
import { setSubnetWeights } from "./weights-desk.ts";

/** Blocks between two complete recounts of all books; sums are checked every block. */
const RECOUNT_BLOCKS = 7_200;

export class RootEraChain implements Chain<RootEraView, RootEraAction> {
  readonly calendar = rootEraCalendar;
  readonly ledger: EraLedger;
  readonly stakes: TaoStakes;
  readonly root = new RootNetwork();
  readonly subnets = new Map<number, RootEraSubnet>();
  readonly epochs: EpochDesk;
  readonly registrations: RegistrationDesk;
  /** Ascending, root not among them. */
  netuids: readonly number[] = [];
  parameters: RootEraParameters;
  block: number;
  /** Emitted to subnets that are gone, and what of it they had not paid out. */
  private goneEmittedRao = 0n;
  private forfeitedRao = 0n;
  /** Block emission since the start, and up to which block it has been added up. */
  offeredRao = 0n;
  private rateRao = 0n;
  private readonly orders: OrderDesk;
  private readonly recorder: Recorder;
  private nextDueBlock: number;
  private nextRootBlock: number;
  private nextRecountBlock: number;
  private nextChange: number;
  private nextScheduled = 0;

  constructor(
    readonly setup: RootEraSetup,
    sink: RecordSink,
    ledger: EraLedger = new EraLedger(),
  ) {
    this.block = setup.block;
    this.stakes = setup.stakes;
    this.ledger = ledger;
    this.parameters = rootEraParametersAt(setup.block, setup.overrides);
    this.nextChange = rootEraChanges.findIndex((block) => block > setup.block);
    this.epochs = new EpochDesk(this);
    this.registrations = new RegistrationDesk(this, { ...setup.lock });
    this.orders = new OrderDesk(this);
    for (const { coldkey, balanceRao } of setup.wallets) {
      ledger.mintTo(coldkey, balanceRao, "genesis");
    }
    for (const { hotkey, coldkey, stakeRao } of setup.grants) {
      this.stakes.deposit(hotkey, coldkey, stakeRao);
      ledger.mintStake(stakeRao, "genesis");
    }
    for (const { hotkey, row } of setup.seats) {
      this.root.seat(hotkey, -1);
      if (row) this.root.setRow(hotkey, row, setup.block);
    }
    this.nextDueBlock = setup.block + 1;
    this.nextRootBlock = epochAfter(setup.block, 0, this.parameters.rootTempoBlocks);
    this.nextRecountBlock = setup.block + RECOUNT_BLOCKS;
    for (const start of setup.subnets) {
      ledger.mintLock(start.lockedRao);
      this.addSubnet(new RootEraSubnet(start, setup.block));
    }
    if (this.hasRoot) this.rootEpoch(setup.block + 1);
    this.recorder = new Recorder(this, sink);
    this.checkBooks();
  }

  /** Whether root validators' weights divide the emission. */
  get hasRoot(): boolean {
    return this.setup.rootFromBlock !== null && this.block >= this.setup.rootFromBlock - 1;
  }

  /** Who validates in subnets once root has members. */
  get everywhere(): readonly HotkeyId[] {
    const { seats } = this.root;
    return seats.length > 0 ? [...seats, ...this.setup.unseated] : [];
  }

  /** Throws RangeError past the last block before dTAO, ConservationError where books fail. */
  advanceTo(block: number): void {
    const { lastBlock = LAST_ROOT_ERA_BLOCK } = this.setup;
    if (block > lastBlock) {
      throw new RangeError(`block ${block} has pools: the era ends with ${lastBlock}`);
    }
    while (this.block < block) this.step(this.block + 1);
  }

  private step(now: number): void {
    if (now === rootEraChanges[this.nextChange]) {
      this.parameters = rootEraParametersAt(now, this.setup.overrides);
      this.nextChange++;
    }
    const scheduled = this.setup.scheduled[this.nextScheduled];
    if (scheduled && now >= scheduled.registeredBlock) {
      this.nextScheduled++;
      this.addSubnet(new RootEraSubnet(scheduled, now - 1));
    }
    if (now === this.nextRootBlock) {
      if (this.hasRoot) this.rootEpoch(now);
      this.nextRootBlock = epochAfter(now, 0, this.parameters.rootTempoBlocks);
    }
    this.offeredRao += this.rateRao;
    this.epochs.creditGathered(now);
    if (now >= this.nextDueBlock) this.runDue(now);
    this.block = now;
    this.ledger.checkBlock(now, this.stakes.stakedRao);
    if (now === this.nextRecountBlock) {
      this.checkBooks();
      this.nextRecountBlock += RECOUNT_BLOCKS;
    }
  }

  private runDue(now: number): void {
    let next = Number.POSITIVE_INFINITY;
    for (const subnet of this.subnets.values()) {
      if (subnet.nextAdjustmentBlock <= now) this.registrations.adjust(subnet, now);
      if (subnet.nextEpochBlock <= now) {
        subnet.accrue(now);
        this.recorder.epoch(this.epochs.run(subnet, now));
        subnet.nextEpochBlock = epochAfter(now, subnet.netuid, subnet.start.tempoBlocks);
      }
      if (subnet.dueBlock < next) next = subnet.dueBlock;
    }
    this.nextDueBlock = next;
    this.rateRao = blockEmissionRao(this.ledger.totalIssuanceRao);
  }

  /** Root's weights set what each subnet gets from this block on; none set, nothing changes. */
  private rootEpoch(now: number): void {
    if (this.root.rows.size === 0) return;
    this.root.epoch(this.stakes, rootWeightParams(this.parameters));
    const emission = blockEmissionRao(this.ledger.totalIssuanceRao);
    for (const subnet of this.subnets.values()) {
      const share = this.root.standings.get(subnet.netuid)?.shareBits ?? 0n;
      this.setEmission(subnet, now, (emission * share) >> 64n);
    }
  }

  /** The operators' table of 2023, over those of its subnets that exist. */
  private applyTable(now: number): void {
    const listed = [...this.subnets.values()].filter(({ netuid }) =>
      firstEmissionTable.has(netuid),
    );
    const tableRao = (netuid: number) => firstEmissionTable.get(netuid) as bigint;
    const total = listed.reduce((sum, { netuid }) => sum + tableRao(netuid), 0n);
    const emission = blockEmissionRao(this.ledger.totalIssuanceRao);
    for (const subnet of listed) {
      this.setEmission(subnet, now, (emission * tableRao(subnet.netuid)) / total);
    }
  }

  private setEmission(subnet: RootEraSubnet, now: number, rao: bigint): void {
    subnet.accrue(now - 1);
    subnet.emissionRao = Number(rao);
  }

  addSubnet(subnet: RootEraSubnet): void {
    this.subnets.set(subnet.netuid, subnet);
    this.netuids = [...this.subnets.keys()].sort((a, b) => a - b);
    this.nextDueBlock = Math.min(this.nextDueBlock, subnet.dueBlock);
    if (this.root.rows.size === 0) this.applyTable(Math.max(subnet.accruedBlock, this.block) + 1);
    this.rateRao = blockEmissionRao(this.ledger.totalIssuanceRao);
  }

  removeSubnet(netuid: number): void {
    const subnet = this.subnets.get(netuid) as RootEraSubnet;
    subnet.accrue(this.block);
    this.goneEmittedRao += subnet.emittedRao;
    this.forfeitedRao += BigInt(subnet.pendingRao);
    this.root.forget(netuid);
    this.subnets.delete(netuid);
    this.netuids = [...this.subnets.keys()].sort((a, b) => a - b);
  }

  newSubnet(netuid: number, owner: string, name: string, block: number) {
    return newSubnetStart({ netuid, owner, name, block }, this.setup, this.parameters);
  }

  viewFor(agent: Agent<RootEraView, RootEraAction>): RootEraView {
    return new RootEraView(this, agent.id);
  }

  submit(agent: Agent<RootEraView, RootEraAction>, action: RootEraAction): Outcome {
    const outcome = this.execute(agent.id, action);
    this.recorder.action(agent, action, outcome);
    return outcome;
  }

  private execute(coldkey: string, action: RootEraAction): Outcome {
    switch (action.kind) {
      case "add_stake":
        return this.orders.addStake(coldkey, action);
      case "remove_stake":
        return this.orders.removeStake(coldkey, action);
      case "transfer":
        return this.orders.transfer(coldkey, action);
      case "set_take":
        return this.orders.setTake(coldkey, action);
      case "root_register":
        return this.orders.rootRegister(coldkey, action);
      case "set_root_weights":
        return this.orders.setRootWeights(coldkey, action);
      case "burned_register":
        return this.registrations.burnedRegister(coldkey, action);
      case "register_network":
        return this.hasRoot
          ? this.registrations.registerNetwork(coldkey, action)
          : { applied: false, reason: "SubnetLimitReached" };
      case "set_weights":
        return setSubnetWeights(this, action);
    }
  }

  record(): void {
    this.recorder.interval();
  }

  /** Emission that subnets were given since the start. */
  get emittedRao(): bigint {
    let sum = this.goneEmittedRao;
    for (const subnet of this.subnets.values()) {
      subnet.accrue(this.block);
      sum += subnet.emittedRao;
    }
    return sum;
  }

  /** Adds everything up anew. Throws ConservationError where a rao is missing or too many. */
  checkBooks(): void {
    let lockedRao = 0n;
    let pendingRao = 0n;
    for (const subnet of this.subnets.values()) {
      subnet.accrue(this.block);
      lockedRao += subnet.start.lockedRao;
      pendingRao += BigInt(subnet.pendingRao);
    }
    const { epochs, ledger } = this;
    ledger.recount(this.block, lockedRao);
    this.compare("the stake of all hotkeys", this.stakes.recountRao(), ledger.stakedRao);
    this.compare(
      "what subnets were given",
      epochs.drainedRao + pendingRao + this.forfeitedRao,
      this.emittedRao,
    );
    const paidRao = ledger.mintedRao + epochs.waitingRao + epochs.dustRao;
    this.compare("what epochs divided", paidRao, epochs.drainedRao);
  }

  private compare(what: string, found: bigint, wanted: bigint): void {
    if (found === wanted) return;
    const text = `block ${this.block}: ${what}: found ${found}, the chain says ${wanted}`;
    throw new ConservationError("TAO", text, found - wanted);
  }
}
