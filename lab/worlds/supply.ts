/** A scenario of supply alone, as a simulation that steps day by day. */
import type { LoadedSupplyScenario } from "../../scenarios/load-supply.ts";
import { buildSupplyWorld } from "../../scenarios/load-supply.ts";
import { BLOCK_SECONDS, BLOCKS_PER_DAY, BLOCKS_PER_YEAR } from "../../sim/amounts.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import type { SupplyWorld } from "../../sim/bittensor/supply/supply-world.ts";
import {
  halvingsTable,
  supplyForecastTable,
  supplyForecastTables,
} from "../../sim/bittensor/supply/tables.ts";
import { type Calendar, calendarPinnedTo } from "../../sim/calendar.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { type RunSpan, type Simulation, type WorldFacts, wantedTables } from "../simulation.ts";

export const supplyWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(supplyForecastTables, wanted);

export class SupplySimulation implements Simulation {
  readonly span: RunSpan;
  readonly world: SupplyWorld;
  private readonly calendar: Calendar;
  private readonly startBlock: number;
  private day = 0;
  private recordedHalvings = 0;
  private mintedBeforeRao = 0n;
  private recycledBeforeRao = 0n;

  constructor(
    readonly loaded: LoadedSupplyScenario,
    readonly sink: RecordSink,
  ) {
    const { supply } = loaded.scenario;
    this.world = buildSupplyWorld(loaded.scenario);
    this.startBlock = supply.start.block;
    this.calendar = calendarPinnedTo(supply.start.block, Date.parse(supply.start.time));
    const days = Math.max(1, Math.round(supply.horizon_days));
    this.span = {
      fromBlock: this.startBlock + 1,
      toBlock: this.startBlock + days * BLOCKS_PER_DAY,
      fromTime: this.calendar.timeOf(this.startBlock + 1),
    };
  }

  get position(): number {
    return this.world.block;
  }

  get isDone(): boolean {
    return this.position >= this.span.toBlock;
  }

  step(): void {
    this.world.runDay();
    this.day++;
    if (this.day % this.loaded.scenario.recording.every_days === 0 || this.isDone) this.record();
  }

  private record(): void {
    const { world, calendar } = this;
    world.checkBooks();
    const minted = world.mintedRao - this.mintedBeforeRao;
    const recycled = world.recycledRao - this.recycledBeforeRao;
    const share = minted === 0n ? 0 : Number(recycled) / Number(minted);
    const emissionRao = blockEmissionRao(world.issuanceRao);
    const grown = Number(emissionRao) * BLOCKS_PER_YEAR * (1 - share);
    this.sink.append(supplyForecastTable, [
      this.day,
      world.block,
      calendar.timeOf(world.block),
      world.issuanceRao,
      emissionRao,
      world.mintedRao,
      world.recycledRao,
      world.oneOffRao,
      share,
      grown / Number(world.issuanceRao),
    ]);
    this.mintedBeforeRao = world.mintedRao;
    this.recycledBeforeRao = world.recycledRao;
    for (; this.recordedHalvings < world.halvings.length; this.recordedHalvings++) {
      const { number, block, issuanceRao } = world.halvings[this.recordedHalvings];
      const days = ((block - this.startBlock) * BLOCK_SECONDS) / 86_400;
      this.sink.append(halvingsTable, [number, block, calendar.timeOf(block), days, issuanceRao]);
    }
  }

  close(): void {
    this.world.checkBooks();
  }

  facts(): WorldFacts {
    const { scenario, sources } = this.loaded;
    const { fromBlock, toBlock, fromTime } = this.span;
    return {
      title: scenario.title,
      completed: scenario,
      seed: scenario.seed,
      span: {
        ...{ from_block: fromBlock, to_block: toBlock },
        from_time: new Date(fromTime).toISOString(),
        to_time: new Date(this.calendar.timeOf(toBlock)).toISOString(),
      },
      rule_sets: [
        {
          name: "halving by issuance",
          title: "a block mints 10^9 rao, halved at 10.5, 15.75, 18.375, ... million TAO",
          in_force_from: "2021-11-02",
          source: "spec token-economics.md 1.1; block_emission.rs",
        },
      ],
      data: [...sources],
      arithmetic: "exact: amounts are integers in rao; recycled shares are parts of 10^9",
      aggregated: [
        "No subnets, no people: only what mints and recycles TAO.",
        ...(scenario.pool
          ? ["The scenario's pool is left out: `hivelab paths` simulates it."]
          : []),
      ],
      assumptions: [
        "A day's recycled share is an autoregressive path around a mean that differs from run to " +
          "run. Captured intervals show 1 to 3.5 % since August 2026, not what shape it has.",
        "Blocks take 12 seconds; real ones took 12.0 to 12.1.",
      ],
    };
  }
}
