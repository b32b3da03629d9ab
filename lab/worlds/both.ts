/** A scenario that holds both economies: FLock and the chain of its research subnet, day by day. */
import { type BuiltFlockWorld, buildFlockWorld } from "../../scenarios/build-flock.ts";
import { type BuiltWorld, buildWorld } from "../../scenarios/build-world.ts";
import { chainStartDay, type LoadedBoth } from "../../scenarios/load-flock.ts";
import { flockTables } from "../../sim/flock/tables.ts";
import type { RecordSink, TableDefinition } from "../../sim/records.ts";
import { dayEnd, SubnetTap, stepBoth, type TwoEconomies, warmUp } from "../bridge.ts";
import type { RunSpan, Simulation, WorldFacts } from "../simulation.ts";
import { bittensorWorldTables } from "./bittensor.ts";
import { datedSpan, spanOf } from "./chain-simulation.ts";
import { arithmeticLine, FLOCK_ARITHMETIC, flockRuleSetFacts, ruleSetFacts } from "./facts.ts";

export const bothWorldTables = (wanted: "all" | readonly string[]): TableDefinition[] => [
  ...bittensorWorldTables(wanted),
  ...flockTables,
];

export class BothSimulation implements Simulation {
  readonly span: RunSpan;
  readonly both: TwoEconomies;
  readonly chain: BuiltWorld;
  readonly flock: BuiltFlockWorld;
  /** The day of FLock on which the chain's first block falls. */
  readonly firstDay: number;
  /** Days of both that are complete. */
  readonly days = { done: 0 };

  /** The sink drops what nobody wants stored; the tap before it sees every row. */
  constructor(
    readonly loaded: LoadedBoth,
    sink: RecordSink,
  ) {
    const { chain: loadedChain, flock: loadedFlock } = loaded;
    const { netuid } = loadedChain.scenario.agents.flockoff;
    const tap = new SubnetTap(sink, netuid);
    this.chain = buildWorld(loadedChain, { sink: tap });
    // Both twins have researchers, so that nothing but their pay differs.
    this.flock = buildFlockWorld(loadedFlock, { withResearchers: true });
    const without = buildFlockWorld(loadedFlock, { withResearchers: true });
    const { tao_price, buyback_share } = loadedFlock.scenario.flock.bridge;
    this.both = {
      chain: this.chain,
      tap,
      flock: this.flock.world,
      without: without.world,
      sink,
      plan: { everyDays: 7, tables: new Set(flockTables.map(({ name }) => name)) },
      settings: { taoUsd: tao_price, buybackShare: buyback_share },
    };
    this.span = spanOf(this.chain.chain, loadedChain.untilBlock);
    this.firstDay = chainStartDay(loadedChain);
  }

  get position(): number {
    return this.chain.chain.block;
  }

  get state(): object {
    const { chain, tap, flock, without } = this.both;
    return { days: this.days, chain: chain.world, tap, flock, without };
  }

  get isDone(): boolean {
    return this.position >= this.span.toBlock;
  }

  /** FLock may begin before the chain does: until then its twins live alone, unrecorded. */
  step(): void {
    if (this.both.flock.day < this.firstDay) {
      warmUp(this.both);
      return;
    }
    this.days.done += 1;
    const { fromBlock, toBlock } = this.span;
    stepBoth(this.both, Math.min(toBlock, dayEnd(fromBlock - 1, this.days.done)));
  }

  close(): void {
    this.chain.chain.checkBooks();
  }

  facts(): WorldFacts {
    const { chain: loadedChain, flock: loadedFlock } = this.loaded;
    const { chain, flock } = this;
    return {
      title: loadedChain.scenario.title,
      completed: { ...loadedChain.scenario, flock: loadedFlock.scenario.flock },
      seed: loadedChain.scenario.seed,
      span: datedSpan(this.span, chain.chain.calendar),
      rule_sets: [...chain.ruleSets.map(ruleSetFacts), ...flock.ruleSets.map(flockRuleSetFacts)],
      bent_rules: [...chain.bentRules],
      data: [...loadedChain.sources],
      arithmetic: `chain ${arithmeticLine(loadedChain)}. FLock: ${FLOCK_ARITHMETIC}`,
      aggregated: [...chain.aggregated, ...flock.aggregated],
      assumptions: [...chain.assumptions, ...flock.assumptions, ...BRIDGE_ASSUMPTIONS],
    };
  }
}

const BRIDGE_ASSUMPTIONS = [
  "The research that the subnet buys is valued at what its miners are paid in alpha, at spot; the twin without a subnet buys it for the same dollars, out of FLock's treasury.",
  "One price of TAO in dollars holds throughout.",
  "Skill becomes the loss of a data set by an assumed curve; the subnet's neurons have the stakes of a metagraph that is not its own.",
];
