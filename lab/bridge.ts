/**
 * Two economies side by side, day by day: the chain with FLock's research subnet, FLock, and a
 * twin of FLock that has no subnet and pays for the same research in FLOCK. The twin has the same
 * seed and people, so what differs is the pay alone.
 */
import type { BuiltWorld } from "../scenarios/build-world.ts";
import { BLOCKS_PER_DAY, taoFromRao } from "../sim/amounts.ts";
import { actionsTable, rewardsTable } from "../sim/bittensor/tables.ts";
import { flockFromWei } from "../sim/flock/amounts.ts";
import { priceUsd } from "../sim/flock/market.ts";
import { flockBridgeTable } from "../sim/flock/tables.ts";
import { type RecordingPlan, timeOfDay } from "../sim/flock/world/record.ts";
import { buyWithSubnetRevenue, payResearch } from "../sim/flock/world/research.ts";
import { type FlockWorldState, runFlockDays } from "../sim/flock/world/world.ts";
import type { Cell, RecordSink, TableDefinition } from "../sim/records.ts";

/** What happened on the research subnet since it was last asked. */
export interface SubnetDay {
  readonly minerAlpha: number;
  /** The same in TAO, at the price of each recording. */
  readonly minerTao: number;
  readonly alphaSold: number;
  readonly alphaSoldTao: number;
  readonly ownerTao: number;
}

/** Passes every row on, and adds up those that concern one subnet. */
export class SubnetTap implements RecordSink {
  private day = { minerAlpha: 0, minerTao: 0, alphaSold: 0, alphaSoldTao: 0, ownerTao: 0 };

  constructor(
    private readonly sink: RecordSink,
    private readonly netuid: number,
  ) {}

  append(table: TableDefinition, row: readonly Cell[]): void {
    this.sink.append(table, row);
    if (table !== rewardsTable && table !== actionsTable) return;
    const cell = (name: string) => row[table.columns.findIndex((column) => column.name === name)];
    if (cell("netuid") !== this.netuid) return;
    const tao = (name: string) => taoFromRao((cell(name) as bigint | null) ?? 0n);
    if (table === rewardsTable) {
      if (cell("role") !== "miner") return;
      this.day.minerAlpha += tao("alpha_rao");
      this.day.minerTao += tao("value_rao");
      return;
    }
    if (cell("action") !== "remove_stake" || cell("applied") !== true) return;
    if (cell("role") === "owner") this.day.ownerTao += tao("received_rao");
    if (cell("role") !== "miner") return;
    this.day.alphaSold += tao("amount_rao");
    this.day.alphaSoldTao += tao("received_rao");
  }

  /** The day so far; the next one starts empty. */
  take(): SubnetDay {
    const day = this.day;
    this.day = { minerAlpha: 0, minerTao: 0, alphaSold: 0, alphaSoldTao: 0, ownerTao: 0 };
    return day;
  }
}

export interface BridgeSettings {
  readonly taoUsd: number;
  /** Of the owner's TAO, what buys FLOCK. */
  readonly buybackShare: number;
}

export interface TwoEconomies {
  readonly chain: BuiltWorld;
  readonly tap: SubnetTap;
  readonly flock: FlockWorldState;
  readonly without: FlockWorldState;
  readonly sink: RecordSink;
  readonly plan: RecordingPlan;
  readonly settings: BridgeSettings;
}

const NOWHERE: RecordSink = { append() {} };
const NO_TABLES: RecordingPlan = { everyDays: 365, tables: new Set() };

/** A day of FLock's twins before the chain begins: nothing is written, nobody is paid for research. */
export function warmUp({ flock, without }: TwoEconomies): void {
  for (const world of [flock, without]) runFlockDays(world, 1, NOWHERE, NO_TABLES);
}

/** One FLock day, and the chain up to the block at which that day ends. */
export function stepBoth(both: TwoEconomies, untilBlock: number): void {
  const { chain, tap, flock, without, sink, plan, settings } = both;
  while (chain.chain.block < untilBlock) chain.world.step();
  const day = tap.take();
  const researchUsd = day.minerTao * settings.taoUsd;
  const flockPaid = payResearch(without, researchUsd);
  const buybackUsd = day.ownerTao * settings.taoUsd * settings.buybackShare;
  const flockBought = buyWithSubnetRevenue(flock, buybackUsd);
  const soldWith = stepAndSum(flock, sink, plan);
  const soldWithout = stepAndSum(without, NOWHERE, NO_TABLES);
  sink.append(flockBridgeTable, [
    flock.day,
    timeOfDay(flock.day),
    day.minerAlpha,
    researchUsd,
    day.alphaSold,
    day.alphaSoldTao,
    day.ownerTao,
    flockBought,
    flockPaid,
    soldWith,
    soldWithout,
    priceUsd(flock.market),
    priceUsd(without.market),
  ]);
}

/** Steps a FLock world by a day; what its people (not outsiders) sold in it. */
function stepAndSum(world: FlockWorldState, sink: RecordSink, plan: RecordingPlan): number {
  const before = soldByPeople(world);
  runFlockDays(world, 1, sink, plan);
  return flockFromWei(soldByPeople(world) - before);
}

const soldByPeople = ({ participants }: FlockWorldState): bigint =>
  participants.reduce((sum, { totals }) => sum + totals.soldWei, 0n);

export const dayEnd = (startBlock: number, days: number): number =>
  startBlock + days * BLOCKS_PER_DAY;
