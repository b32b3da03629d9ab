/** A scenario of FLock alone, as a simulation that steps day by day. */
import { type BuiltFlockWorld, buildFlockWorld } from "../../scenarios/build-flock.ts";
import type { LoadedFlockScenario } from "../../scenarios/load-flock.ts";
import { flockBridgeTable, flockTables } from "../../sim/flock/tables.ts";
import { type RecordingPlan, timeOfDay } from "../../sim/flock/world/record.ts";
import { runFlockDays } from "../../sim/flock/world/world.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { type RunSpan, type Simulation, type WorldFacts, wantedTables } from "../simulation.ts";
import { FLOCK_ARITHMETIC, flockDate, flockRuleSetFacts } from "./facts.ts";

export const flockWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(
    flockTables.filter((table) => table !== flockBridgeTable),
    wanted,
  );

export class FlockSimulation implements Simulation {
  readonly span: RunSpan;
  readonly built: BuiltFlockWorld;
  readonly #plan: RecordingPlan;

  constructor(
    readonly loaded: LoadedFlockScenario,
    readonly sink: RecordSink,
    tables: readonly TableDefinition[],
  ) {
    this.built = buildFlockWorld(loaded);
    const fromBlock = this.built.world.day + 1;
    this.span = {
      ...{ fromBlock, toBlock: this.built.untilDay, fromTime: timeOfDay(fromBlock) },
      unit: { name: "days", seconds: 86_400 },
    };
    this.#plan = {
      everyDays: loaded.scenario.recording.every_days,
      tables: new Set(tables.map(({ name }) => name)),
    };
  }

  get position(): number {
    return this.built.world.day;
  }

  get state(): object {
    return this.built.world;
  }

  get isDone(): boolean {
    return this.position >= this.span.toBlock;
  }

  step(): void {
    runFlockDays(this.built.world, 1, this.sink, this.#plan);
  }

  close(): void {}

  facts(): WorldFacts {
    const { scenario, sources } = this.loaded;
    const { fromBlock, toBlock } = this.span;
    return {
      title: scenario.title,
      completed: scenario,
      seed: scenario.seed,
      span: {
        from_block: fromBlock,
        to_block: toBlock,
        from_time: flockDate(fromBlock),
        to_time: flockDate(toBlock),
      },
      rule_sets: this.built.ruleSets.map(flockRuleSetFacts),
      data: [...sources],
      arithmetic: FLOCK_ARITHMETIC,
      aggregated: [...this.built.aggregated],
      assumptions: [...this.built.assumptions],
    };
  }
}
