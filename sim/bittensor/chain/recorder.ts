/** Writes a chain's rows: at epochs, at actions, and at every recording moment. */
import type { Outcome } from "../../agent.ts";
import { BLOCKS_PER_DAY } from "../../amounts.ts";
import { U64F64 } from "../../fixed/fixed-point.ts";
import type { RecordSink } from "../../records.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { Intervals } from "../intervals.ts";
import {
  actionsTable,
  convictionTable,
  keySwapsTable,
  mechanismNeuronsTable,
  neuronsTable,
  poolsTable,
  registrationPricesTable,
  registrationsTable,
  rewardsTable,
  stakeTermsTable,
  subnetEventsTable,
  subnetNamesTable,
  subnetsTable,
  supplyTable,
  validatorsTable,
  votingPowerTable,
  wealthTable,
} from "../tables.ts";
import type { BittensorAction } from "./actions.ts";
import type { BittensorChain } from "./chain.ts";
import type { EpochResult } from "./epoch-desk.ts";
import type { KeyLog, KeySwap } from "./keys/key-log.ts";
import { mechanismRows } from "./neurons/mechanism-rows.ts";
import type { NeuronLog, StakeTerm } from "./neurons/neuron-log.ts";
import type { Registration } from "./neurons/registration-desk.ts";
import { haveOwnTerms, validatorRows } from "./neurons/validator-rows.ts";
import { rewardRoles } from "./rewards.ts";
import type { SubnetEvent } from "./subnet-events.ts";

export class Recorder implements NeuronLog, KeyLog {
  private readonly intervals = new Intervals();
  private nextWealth = 0;
  /** Neurons registered since the start, by netuid. */
  private readonly registered = new Map<number, bigint>();

  constructor(
    private readonly chain: BittensorChain,
    private readonly sink: RecordSink,
  ) {
    const { setup } = chain;
    for (const netuid of chain.netuids) {
      const detail = setup.detailed.some(({ subnet }) => subnet.netuid === netuid)
        ? "neurons"
        : "aggregate";
      sink.append(subnetNamesTable, [netuid, setup.names.get(netuid) ?? "", detail]);
    }
  }

  private get time(): number {
    return this.chain.calendar.timeOf(this.chain.block);
  }

  action(
    agent: { readonly id: string; readonly role: string },
    action: BittensorAction,
    outcome: Outcome,
  ): void {
    const { block } = this.chain;
    this.sink.append(actionsTable, [
      block,
      this.time,
      agent.id,
      agent.role,
      action.kind,
      action.netuid,
      "amountRao" in action ? action.amountRao : null,
      outcome.applied ? (outcome.receivedRao ?? null) : null,
      outcome.applied ? outcome.feeRao : null,
      outcome.applied,
      outcome.applied ? null : outcome.reason,
    ]);
  }

  subnetEvent({
    block,
    netuid,
    event,
    coldkey,
    taoRao,
    alphaRao,
    recycledRao,
    price,
  }: SubnetEvent): void {
    this.sink.append(subnetEventsTable, [
      block,
      this.chain.calendar.timeOf(block),
      netuid,
      event,
      coldkey,
      taoRao ?? null,
      alphaRao ?? null,
      recycledRao ?? null,
      price ?? null,
    ]);
  }

  stakeTerm({ netuid, term, hotkey, child, before, share }: StakeTerm): void {
    const uids = this.chain.detailed.get(netuid)?.uidOf;
    this.sink.append(stakeTermsTable, [
      this.chain.block,
      this.time,
      netuid,
      term,
      hotkey,
      uids?.get(hotkey) ?? null,
      child,
      child === null ? null : (uids?.get(child) ?? null),
      before,
      share,
    ]);
  }

  keySwap({ key, netuid, coldkey, from, to, positions, valueRao, costRao }: KeySwap): void {
    const row = [key, netuid, coldkey, from, to, positions, valueRao, costRao];
    this.sink.append(keySwapsTable, [this.chain.block, this.time, ...row]);
  }

  registration(registration: Registration): void {
    const { netuid, uid, hotkey, coldkey, role, replaced } = registration;
    const { block } = this.chain;
    this.registered.set(netuid, (this.registered.get(netuid) ?? 0n) + 1n);
    this.sink.append(registrationsTable, [
      block,
      this.time,
      netuid,
      uid,
      hotkey,
      coldkey,
      role,
      registration.costRao,
      registration.recycledAlphaRao,
      registration.collateralRao,
      replaced?.hotkey ?? null,
      replaced?.role ?? null,
      replaced?.emissionRao ?? null,
      replaced ? block - replaced.registeredAtBlock : null,
    ]);
  }

  epoch({ netuid, subnet }: EpochResult): void {
    if (!subnet) return;
    for (const row of mechanismRows(subnet)) {
      this.sink.append(mechanismNeuronsTable, [this.chain.block, this.time, ...row]);
    }
    if (this.sink.takes?.(neuronsTable) === false) return;
    const { block } = this.chain;
    const { columns } = subnet;
    for (const [uid, neuron] of subnet.neurons.entries()) {
      this.sink.append(neuronsTable, [
        block,
        this.time,
        netuid,
        subnet.epochCount - 1,
        uid,
        neuron.role,
        columns.stakeWeight[uid],
        columns.consensus[uid],
        columns.incentive[uid],
        columns.dividends[uid],
        columns.validatorTrust[uid],
        columns.emissionRao[uid],
        columns.newPermit[uid] !== 0,
        columns.active[uid] !== 0,
      ]);
    }
  }

  /** One row of everything that is recorded at intervals; wealth at most once a day. */
  interval(): void {
    this.supply();
    if (this.chain.block >= this.nextWealth) {
      this.nextWealth = this.chain.block + BLOCKS_PER_DAY;
      this.wealth();
      this.validators();
    }
    for (const netuid of this.chain.netuids) {
      this.subnet(netuid);
      this.pool(netuid);
      this.rewardRows(netuid);
      this.conviction(netuid);
      this.votingPower(netuid);
      this.registrationPrice(netuid);
    }
  }

  private supply(): void {
    const { chain, intervals } = this;
    const { globals, subnet } = chain.state;
    let poolsRao = 0n;
    let injectedRao = 0n;
    let chainBuysRao = 0n;
    // All slots: what dissolved subnets have received stays in the totals.
    for (let netuid = 1; netuid < layout.CAPACITY; netuid++) {
      poolsRao += subnet.taoReserveRao[netuid];
      injectedRao += subnet.injectedTotalRao[netuid];
      chainBuysRao += subnet.chainBuysTotalRao[netuid];
    }
    const bar = (globals[layout.GATE_BAR_HIGH] << 64n) | globals[layout.GATE_BAR_LOW];
    this.sink.append(supplyTable, [
      chain.block,
      this.time,
      globals[layout.TOTAL_ISSUANCE_RAO],
      globals[layout.BLOCK_EMISSION_RAO],
      intervals.since("minted", globals[layout.MINTED_RAO]),
      intervals.since("injected", injectedRao),
      intervals.since("chain_buys", chainBuysRao),
      intervals.since("recycled", globals[layout.RECYCLED_RAO]),
      subnet.taoReserveRao[0],
      poolsRao,
      globals[layout.FREE_TAO_RAO],
      Number(globals[layout.SUM_MOVING_PRICE_LOW]) / 2 ** 32,
      chain.parameters.gate === "none" ? null : Number(bar) / 2 ** 64,
    ]);
  }

  private subnet(netuid: number): void {
    const { chain, intervals } = this;
    const { subnet, share } = chain.state;
    const injected = intervals.since(`injected/${netuid}`, subnet.injectedTotalRao[netuid]);
    const bought = intervals.since(`buys/${netuid}`, subnet.chainBuysTotalRao[netuid]);
    this.sink.append(subnetsTable, [
      chain.block,
      this.time,
      netuid,
      share[netuid],
      injected + bought,
      injected,
      bought,
      intervals.since(`alpha/${netuid}`, subnet.alphaOutEmissionTotalRao[netuid]),
      Number(subnet.movingPriceI96F32[netuid]) / 2 ** 32,
      Number(subnet.minerBurnedU96F32[netuid]) / 2 ** 32,
      Number(subnet.rootProportionU96F32[netuid]) / 2 ** 32,
      (Number(subnet.flags[netuid]) & layout.FLAG_EMISSION_ENABLED) !== 0,
    ]);
  }

  private pool(netuid: number): void {
    const { chain, intervals } = this;
    const { subnet } = chain.state;
    this.sink.append(poolsTable, [
      chain.block,
      this.time,
      netuid,
      subnet.taoReserveRao[netuid],
      subnet.alphaInRao[netuid],
      subnet.alphaOutRao[netuid],
      subnet.protocolAlphaRao[netuid],
      Number(subnet.quoteWeightParts[netuid]) / 1e18,
      chain.pools.spotPrice(netuid),
      intervals.since(`bought/${netuid}`, chain.pools.boughtRao.get(netuid) ?? 0n),
      intervals.since(`sold/${netuid}`, chain.pools.soldRao.get(netuid) ?? 0n),
    ]);
  }

  /** Nothing where nobody has a lock. */
  private conviction(netuid: number): void {
    const { block, locks, registry } = this.chain;
    const convictions = locks.convictionsBits(netuid);
    if (convictions.size === 0) return;
    const { alphaOutRao, protocolAlphaRao, alphaBurnedRao } = locks.supplyOf(netuid);
    const circulatingRao = alphaOutRao - protocolAlphaRao - alphaBurnedRao;
    const owner = registry.ownerOf(netuid);
    for (const [hotkey, bits] of convictions) {
      this.sink.append(convictionTable, [
        block,
        this.time,
        netuid,
        hotkey,
        registry.coldkeyOf(hotkey) ?? "",
        hotkey === owner?.hotkey,
        bits >> U64F64.fractionBits,
        circulatingRao,
      ]);
    }
  }

  private votingPower(netuid: number): void {
    const { block, voting } = this.chain;
    for (const [hotkey, powerRao] of voting.powersRao(netuid)) {
      this.sink.append(votingPowerTable, [block, this.time, netuid, hotkey, powerRao]);
    }
  }

  private registrationPrice(netuid: number): void {
    const { chain, intervals } = this;
    const subnet = chain.detailed.get(netuid);
    if (!subnet) return;
    const registered = this.registered.get(netuid) ?? 0n;
    this.sink.append(registrationPricesTable, [
      chain.block,
      this.time,
      netuid,
      chain.neurons.registrations.priceRao(netuid),
      Number(intervals.since(`registered/${netuid}`, registered)),
      subnet.neurons.length,
    ]);
  }

  private validators(): void {
    const { chain, sink } = this;
    for (const subnet of chain.detailed.values()) {
      if (!haveOwnTerms(subnet, chain.takes)) continue;
      for (const row of validatorRows(subnet, chain)) {
        sink.append(validatorsTable, [chain.block, this.time, ...row]);
      }
    }
  }

  private wealth(): void {
    const { chain } = this;
    const price = new Map([0, ...chain.netuids].map((n) => [n, chain.pools.spotPrice(n)]));
    const byRole = new Map<string, { agents: number; free: bigint; root: bigint; alpha: bigint }>();
    for (const [coldkey, role] of chain.setup.roleOf) {
      const sum = byRole.get(role) ?? { agents: 0, free: 0n, root: 0n, alpha: 0n };
      byRole.set(role, sum);
      sum.agents++;
      sum.free += chain.ledger.balanceRao(coldkey);
      for (const { netuid, stakeRao } of chain.book.holdingsOf(coldkey)) {
        if (netuid === 0) sum.root += stakeRao;
        else sum.alpha += BigInt(Math.round(Number(stakeRao) * (price.get(netuid) as number)));
      }
    }
    for (const [role, { agents, free, root, alpha }] of byRole) {
      const row = [chain.block, this.time, role, agents, free, root, alpha, free + root + alpha];
      this.sink.append(wealthTable, row);
    }
  }

  private rewardRows(netuid: number): void {
    const { chain } = this;
    const price = chain.pools.spotPrice(netuid);
    for (const role of rewardRoles) {
      const alphaRao = this.intervals.since(
        `${role}/${netuid}`,
        chain.rewards.totalRao(netuid, role),
      );
      if (alphaRao === 0n) continue;
      const valueRao = BigInt(Math.round(Number(alphaRao) * price));
      this.sink.append(rewardsTable, [chain.block, this.time, netuid, role, alphaRao, valueRao]);
    }
  }
}
