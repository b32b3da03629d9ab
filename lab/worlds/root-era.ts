/** A scenario before dTAO, as a simulation. */
import { type BuiltRootEraWorld, buildRootEraWorld } from "../../scenarios/root-era/build.ts";
import type { LoadedRootEraScenario } from "../../scenarios/root-era/load.ts";
import { rootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { type RunSpan, type Simulation, type WorldFacts, wantedTables } from "../simulation.ts";
import { ruleSetFacts } from "./facts.ts";

const ARITHMETIC =
  "amounts are whole rao; root shares, prices of places and lock costs in the chain's fixed point, Yuma in I32F32; what an agreed subnet's neurons get is floored from doubles";

export const rootEraWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] =>
  wantedTables(rootEraTables, wanted);

export class RootEraSimulation implements Simulation {
  readonly span: RunSpan;
  readonly built: BuiltRootEraWorld;

  constructor(
    readonly loaded: LoadedRootEraScenario,
    sink: RecordSink,
  ) {
    const fromBlock = loaded.state.block + 1;
    this.built = buildRootEraWorld(loaded, { sink });
    const fromTime = this.built.chain.calendar.timeOf(fromBlock);
    this.span = { fromBlock, toBlock: loaded.untilBlock, fromTime };
  }

  get position(): number {
    return this.built.chain.block;
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
      data: [...sources],
      arithmetic: ARITHMETIC,
      aggregated: [...this.built.aggregated],
      assumptions: [...this.built.assumptions],
    };
  }
}
