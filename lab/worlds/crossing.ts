/**
 * A scenario that begins before dTAO and goes past it: two chains, one after the other, as one
 * simulation. The first comes to its last block; the switch is a step of its own; the second goes on
 * with the same sink, so that there is one set of tables.
 */
import type { BuiltWorld } from "../../scenarios/build-world.ts";
import { type BuiltRootEraWorld, buildRootEraWorld } from "../../scenarios/root-era/build.ts";
import { buildDtaoWorld } from "../../scenarios/root-era/dtao-world.ts";
import type { CrossingScenario } from "../../scenarios/root-era/load.ts";
import { rootEraCalendar } from "../../sim/bittensor/root-era/calendar.ts";
import { ownRootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import { bittensorTables, subnetNamesTable } from "../../sim/bittensor/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { type RunSpan, type Simulation, type WorldFacts, wantedTables } from "../simulation.ts";
import { datedSpan } from "./chain-simulation.ts";
import { arithmeticLine, ruleSetFacts } from "./facts.ts";
import { ROOT_ERA_ARITHMETIC } from "./root-era.ts";

export const crossingWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables([...bittensorTables, ...ownRootEraTables], wanted);

export class CrossingSimulation implements Simulation {
  readonly span: RunSpan;
  private readonly before: BuiltRootEraWorld;
  private after: BuiltWorld | null = null;

  constructor(
    private readonly loaded: CrossingScenario,
    private readonly sink: RecordSink,
  ) {
    this.before = buildRootEraWorld({ ...loaded, untilBlock: loaded.dtao.start.block }, { sink });
    const fromBlock = loaded.state.block + 1;
    const fromTime = rootEraCalendar.timeOf(fromBlock);
    this.span = { fromBlock, toBlock: loaded.untilBlock, fromTime };
  }

  get position(): number {
    return (this.after ?? this.before).chain.block;
  }

  /** 0 before the switch, 1 after it. */
  get stage(): number {
    return this.after ? 1 : 0;
  }

  get endsStage(): boolean {
    return !this.after && this.position === this.loaded.dtao.start.block;
  }

  get state(): object {
    return (this.after ?? this.before).world;
  }

  get isDone(): boolean {
    return this.position >= this.span.toBlock;
  }

  step(): void {
    if (!this.endsStage) (this.after ?? this.before).world.step();
    else this.after = buildDtaoWorld(this.loaded, this.before, { sink: this.sinkAfter() });
  }

  close(): void {
    (this.after ?? this.before).chain.checkBooks();
  }

  /** Names of subnets stand in the tables already. */
  private sinkAfter(): RecordSink {
    const { sink } = this;
    return {
      append: (table, row) => {
        if (table !== subnetNamesTable) sink.append(table, row);
      },
      takes: (table) => sink.takes?.(table) ?? true,
    };
  }

  facts(): WorldFacts {
    const { scenario, sources, dtao } = this.loaded;
    const { before, after } = this;
    if (!after) throw new RangeError("the run has not come to its second chain");
    const worlds = [before, after];
    return {
      title: scenario.title,
      completed: scenario,
      seed: scenario.seed,
      span: datedSpan(this.span, rootEraCalendar, after.chain.calendar),
      rule_sets: worlds.flatMap(({ ruleSets }) => ruleSets.map(ruleSetFacts)),
      bent_rules: [...after.bentRules],
      data: [...sources],
      arithmetic: `Before dTAO: ${ROOT_ERA_ARITHMETIC}. From block ${dtao.start.block + 1}: ${arithmeticLine({ scenario: dtao.section })}`,
      aggregated: worlds.flatMap(({ aggregated }) => aggregated),
      assumptions: worlds.flatMap(({ assumptions }) => assumptions),
    };
  }
}
