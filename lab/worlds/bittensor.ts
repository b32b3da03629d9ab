/** A scenario of the chain alone, as a simulation. */
import { type BuiltWorld, buildWorld } from "../../scenarios/build-world.ts";
import type { LoadedScenario } from "../../scenarios/load.ts";
import { bittensorTables } from "../../sim/bittensor/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { type RunSpan, type Simulation, type WorldFacts, wantedTables } from "../simulation.ts";
import { arithmeticLine, ruleSetFacts } from "./facts.ts";

export const bittensorWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(bittensorTables, wanted);

export class BittensorSimulation implements Simulation {
  readonly span: RunSpan;
  readonly built: BuiltWorld;

  constructor(
    readonly loaded: LoadedScenario,
    sink: RecordSink,
  ) {
    const fromBlock = loaded.state.block + 1;
    this.built = buildWorld(loaded, { sink });
    const fromTime = this.built.chain.calendar.timeOf(fromBlock);
    this.span = { fromBlock, toBlock: loaded.untilBlock, fromTime };
  }

  get position(): number {
    return this.built.chain.block;
  }

  get state(): object {
    return this.built.world;
  }

  get isDone(): boolean {
    return this.position >= this.span.toBlock;
  }

  step(): void {
    this.built.world.step();
  }

  close(): void {
    this.built.chain.checkBooks();
  }

  facts(): WorldFacts {
    const { scenario, sources } = this.loaded;
    const { fromBlock, toBlock } = this.span;
    const date = (block: number) => new Date(this.built.chain.calendar.timeOf(block)).toISOString();
    return {
      title: scenario.title,
      completed: scenario,
      seed: scenario.seed,
      span: {
        from_block: fromBlock,
        to_block: toBlock,
        from_time: date(fromBlock),
        to_time: date(toBlock),
      },
      rule_sets: this.built.ruleSets.map(ruleSetFacts),
      bent_rules: [...this.built.bentRules],
      data: [...sources],
      arithmetic: arithmeticLine(this.loaded),
      aggregated: [...this.built.aggregated],
      assumptions: [...this.built.assumptions],
    };
  }
}
