/** What worlds of one Bittensor chain share as simulations, before dTAO and after. */
import type { Source } from "../../scenarios/data-folder.ts";
import type { RuleLayer } from "../../sim/bittensor/rules/rule-set.ts";
import type { Calendar } from "../../sim/calendar.ts";
import type { RunSpan, Simulation, WorldFacts } from "../simulation.ts";
import { ruleSetFacts } from "./facts.ts";

/** A world with one chain, and what must be said of it. */
export interface OneChainWorld {
  readonly world: { step(): void };
  readonly chain: {
    readonly block: number;
    readonly calendar: Calendar;
    checkBooks(): void;
  };
  readonly ruleSets: readonly RuleLayer[];
  readonly bentRules?: readonly string[];
  readonly aggregated: readonly string[];
  readonly assumptions: readonly string[];
}

/** The scenario that a world was made from. */
export interface OneChainScenario {
  readonly scenario: WorldFacts["completed"] & { readonly title: string; readonly seed: string };
  readonly sources: readonly Source[];
  readonly untilBlock: number;
}

export class ChainSimulation implements Simulation {
  readonly span: RunSpan;

  /** `built` has not moved yet; `arithmetic` is the manifest's line on it. */
  constructor(
    private readonly loaded: OneChainScenario,
    readonly built: OneChainWorld,
    private readonly arithmetic: string,
  ) {
    this.span = spanOf(built.chain, loaded.untilBlock);
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
    const { ruleSets, bentRules, aggregated, assumptions, chain } = this.built;
    return {
      title: scenario.title,
      completed: scenario,
      seed: scenario.seed,
      span: datedSpan(this.span, chain.calendar),
      rule_sets: ruleSets.map(ruleSetFacts),
      ...(bentRules && { bent_rules: [...bentRules] }),
      data: [...sources],
      arithmetic: this.arithmetic,
      aggregated: [...aggregated],
      assumptions: [...assumptions],
    };
  }
}

/** From the block after the one at which a chain stands. */
export function spanOf(chain: OneChainWorld["chain"], toBlock: number): RunSpan {
  const fromBlock = chain.block + 1;
  return { fromBlock, toBlock, fromTime: chain.calendar.timeOf(fromBlock) };
}

/** A span as manifests give it. */
export function datedSpan(
  { fromBlock, toBlock }: Pick<RunSpan, "fromBlock" | "toBlock">,
  calendar: Calendar,
  lastCalendar: Calendar = calendar,
): WorldFacts["span"] {
  return {
    from_block: fromBlock,
    to_block: toBlock,
    from_time: new Date(calendar.timeOf(fromBlock)).toISOString(),
    to_time: new Date(lastCalendar.timeOf(toBlock)).toISOString(),
  };
}
