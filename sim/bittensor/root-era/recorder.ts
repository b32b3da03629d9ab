/** Writes the rows of a world before dTAO: at epochs, at actions, and at every recording moment. */
import type { Agent, Outcome } from "../../agent.ts";
import { BLOCKS_PER_DAY } from "../../amounts.ts";
import { I64F64, toFloat } from "../../fixed/fixed-point.ts";
import type { RecordSink } from "../../records.ts";
import { rewardRoles } from "../chain/rewards.ts";
import { blockEmissionRao } from "../emission/block-emission.ts";
import { Intervals } from "../intervals.ts";
import {
  actionsTable,
  neuronsTable,
  rewardsTable,
  subnetNamesTable,
  subnetsTable,
  supplyTable,
  wealthTable,
} from "../tables.ts";
import type { RootEraAction } from "./actions.ts";
import type { RootEraChain } from "./chain.ts";
import type { EpochResult } from "./epoch-desk.ts";
import type { RootEraSubnet } from "./subnet.ts";
import { rootNetworkTable, rootSubnetsTable, rootValidatorsTable } from "./tables.ts";

export class Recorder {
  private readonly intervals = new Intervals();
  private readonly named = new Set<string>();
  private nextDaily = 0;

  constructor(
    private readonly chain: RootEraChain,
    private readonly sink: RecordSink,
  ) {}

  private get time(): number {
    return this.chain.calendar.timeOf(this.chain.block);
  }

  action(
    agent: Agent<never, never> | { id: string; role: string },
    action: RootEraAction,
    outcome: Outcome,
  ): void {
    this.sink.append(actionsTable, [
      this.chain.block,
      this.time,
      agent.id,
      agent.role,
      action.kind,
      action.netuid,
      "amountRao" in action ? action.amountRao : null,
      null,
      outcome.applied ? outcome.feeRao : null,
      outcome.applied,
      outcome.applied ? null : outcome.reason,
    ]);
  }

  epoch({ subnet, output }: EpochResult): void {
    const { neurons } = subnet.start;
    if (output === null || neurons.kind !== "yuma") return;
    const block = neurons.subnet.lastStepBlock;
    const time = this.chain.calendar.timeOf(block);
    for (const [uid, { role }] of neurons.subnet.neurons.entries()) {
      this.sink.append(neuronsTable, [
        block,
        time,
        subnet.netuid,
        neurons.subnet.epochCount - 1,
        uid,
        role,
        output.stakeWeight[uid],
        output.consensus[uid],
        output.incentive[uid],
        output.dividends[uid],
        output.validatorTrust[uid],
        output.emissionRao[uid],
        output.validatorPermit[uid],
        output.active[uid],
      ]);
    }
  }

  /** One row of everything that is recorded at intervals; wealth and validators once a day. */
  interval(): void {
    const { chain } = this;
    this.supply();
    this.network();
    for (const subnet of chain.subnets.values()) this.subnet(subnet);
    this.unissued();
    if (chain.block < this.nextDaily) return;
    this.nextDaily = chain.block + BLOCKS_PER_DAY;
    this.wealth();
    this.validators();
  }

  private supply(): void {
    const { ledger, block } = this.chain;
    this.sink.append(supplyTable, [
      block,
      this.time,
      ledger.totalIssuanceRao,
      blockEmissionRao(ledger.totalIssuanceRao),
      this.intervals.since("minted", ledger.mintedRao),
      0n,
      0n,
      this.intervals.since("recycled", ledger.recycledRao),
      ledger.stakedRao,
      0n,
      ledger.freeRao,
      null,
      null,
    ]);
  }

  private network(): void {
    const { chain, intervals } = this;
    const { ledger, stakes, root, registrations, subnets, block } = chain;
    let neurons = 0;
    for (const { registrationsTotal } of subnets.values()) neurons += registrationsTotal;
    const seatStakes = root.seats.map((hotkey) => stakes.totalRao(hotkey));
    const least = seatStakes.reduce((a, b) => (b < a ? b : a), seatStakes[0] ?? 0n);
    this.sink.append(rootNetworkTable, [
      block,
      this.time,
      root.seats.length,
      least,
      subnets.size,
      registrations.lockCostRao(),
      ledger.lockedRao,
      Number(intervals.since("registered", BigInt(registrations.registeredSubnets))),
      Number(intervals.since("pruned", BigInt(registrations.prunedSubnets))),
      Number(intervals.since("neurons", BigInt(neurons + registrations.goneNeurons))),
      intervals.since("neuron burn", ledger.recycledRao),
      intervals.since("unissued", chain.offeredRao - chain.emittedRao),
      chain.epochs.waitingRao,
    ]);
  }

  private subnet(subnet: RootEraSubnet): void {
    const { chain, intervals } = this;
    const { netuid, start } = subnet;
    // A netuid is a slot: what a new subnet counts starts from nothing.
    const key = `${netuid}/${start.registeredBlock}`;
    if (!this.named.has(key)) {
      this.named.add(key);
      const detail = start.neurons.kind === "yuma" ? "neurons" : "aggregate";
      this.sink.append(subnetNamesTable, [netuid, start.name, detail]);
    }
    const standing = chain.root.standings.get(netuid);
    const share = subnet.emissionRao / Number(blockEmissionRao(chain.ledger.totalIssuanceRao));
    this.sink.append(subnetsTable, [
      chain.block,
      this.time,
      netuid,
      share,
      intervals.since(`emitted/${key}`, subnet.emittedRao),
      0n,
      0n,
      0n,
      null,
      null,
      null,
      true,
    ]);
    this.sink.append(rootSubnetsTable, [
      chain.block,
      this.time,
      netuid,
      standing ? toFloat(I64F64, standing.rankBits) : null,
      standing ? toFloat(I64F64, standing.trustBits) : null,
      share,
      subnet.burnRao,
      Number(intervals.since(`registrations/${key}`, BigInt(subnet.registrationsTotal))),
      intervals.since(`recycled/${key}`, subnet.recycledRao),
      start.lockedRao,
      start.registeredBlock,
    ]);
    for (const role of rewardRoles) {
      const paidRao = chain.epochs.rewards.totalRao(netuid, role);
      const rao = intervals.since(`${role}/${netuid}`, paidRao);
      if (rao === 0n) continue;
      this.sink.append(rewardsTable, [chain.block, this.time, netuid, role, null, rao]);
    }
  }

  /** Root's own netuid: what is weighed there goes to nobody. */
  private unissued(): void {
    const standing = this.chain.root.standings.get(0);
    if (!standing) return;
    this.sink.append(rootSubnetsTable, [
      this.chain.block,
      this.time,
      0,
      toFloat(I64F64, standing.rankBits),
      toFloat(I64F64, standing.trustBits),
      toFloat(I64F64, standing.shareBits),
      0n,
      0,
      0n,
      0n,
      0,
    ]);
  }

  private wealth(): void {
    const { chain } = this;
    const byRole = new Map<string, { agents: number; free: bigint; staked: bigint }>();
    for (const [coldkey, role] of chain.setup.roleOf) {
      const sum = byRole.get(role) ?? { agents: 0, free: 0n, staked: 0n };
      byRole.set(role, sum);
      sum.agents++;
      sum.free += chain.ledger.balanceRao(coldkey);
      for (const { stakeRao } of chain.stakes.holdingsOf(coldkey)) sum.staked += stakeRao;
    }
    for (const [role, { agents, free, staked }] of byRole) {
      const row = [chain.block, this.time, role, agents, free, staked, 0n, free + staked];
      this.sink.append(wealthTable, row);
    }
  }

  private validators(): void {
    const { chain, intervals } = this;
    const { stakes, root, epochs, setup, block } = chain;
    const seated = new Set(root.seats);
    for (const id of setup.validators) {
      const { name, coldkey } = stakes.hotkeys[id];
      this.sink.append(rootValidatorsTable, [
        block,
        this.time,
        name,
        seated.has(id),
        setup.strategyOf.get(name) ?? "",
        stakes.totalRao(id),
        stakes.stakeRao(id, coldkey),
        stakes.takes[id] / 65_535,
        intervals.since(`dividends/${name}`, BigInt(epochs.dividendsRao[id] ?? 0)),
      ]);
    }
  }
}
