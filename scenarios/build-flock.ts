/** From a checked FLock scenario to a world that is ready to run, and what must be said about it. */
import { flockPopulation } from "../agents/flock/population.ts";
import { ARENA_RULE_SETS, type ArenaRuleSet, arenaRules } from "../sim/flock/arena/rules.ts";
import { FLOCK_PARAMETERS } from "../sim/flock/parameters.ts";
import {
  createFlockWorld,
  FlockWorldError,
  type FlockWorldState,
} from "../sim/flock/world/world.ts";
import { randomSource } from "../sim/random.ts";
import { InputError } from "./fault.ts";
import type { LoadedFlockScenario } from "./load-flock.ts";

export interface BuiltFlockWorld {
  readonly world: FlockWorldState;
  readonly untilDay: number;
  readonly ruleSets: readonly ArenaRuleSet[];
  /** Sentences for the report: what stands for many, and what no source shows. */
  readonly aggregated: readonly string[];
  readonly assumptions: readonly string[];
}

/** Throws InputError where the scenario asks for more FLOCK than there is. */
export function buildFlockWorld(
  { scenario }: LoadedFlockScenario,
  { run = 0, withResearchers = false } = {},
): BuiltFlockWorld {
  const random = randomSource(scenario.seed, run);
  const population = flockPopulation(scenario.flock, random, withResearchers);
  const { startDay, parameters } = population;
  const untilDay = startDay + scenario.flock.horizon_days;
  const from = arenaRules(startDay + 1, parameters.arena.rules);
  const until = arenaRules(untilDay, parameters.arena.rules);
  return {
    world: worldOf({ ...population, random }, scenario.title),
    untilDay,
    ruleSets: ARENA_RULE_SETS.filter((rules) => rules === from || rules === until),
    aggregated: AGGREGATED,
    assumptions: assumptions(),
  };
}

function worldOf(settings: Parameters<typeof createFlockWorld>[0], title: string): FlockWorldState {
  try {
    return createFlockWorld(settings);
  } catch (error) {
    if (!(error instanceof FlockWorldError)) throw error;
    const { field, problem, remedy } = error;
    throw new InputError([{ file: title, field: `flock (${field})`, problem, remedy }]);
  }
}

const AGGREGATED = [
  "Every node, validator and delegator is simulated by itself. Holders outside (airdrop, team, investors, exchanges) are one account for each allocation; traders outside the simulation are one.",
  "A task's model is one number, its loss, which falls with the compute spent on it; validators measure it with noise. FL Alliance tasks train a real softmax regression.",
  "Compute, inference and gas are paid in dollars that come from and go to outside.",
];

/** What the defaults that no source shows are; each is a parameter of the scenario. */
function assumptions(): string[] {
  const unverified = Object.entries(FLOCK_PARAMETERS).flatMap(([group, parameters]) =>
    Object.entries(parameters)
      .filter(([, { grade }]) => grade === "U")
      .map(([name]) => `${group}.${name}`),
  );
  return [
    "At the start the people simulated hold what the staking emission had paid out by then, divided between the roles as the scenario says; all else circulates outside.",
    "Holders choose locks by expected gain, from the public yield, the fee, the multiplier and their own horizon and patience; how patient people are is assumed, not measured.",
    `${unverified.length} parameters have unverified defaults (grade U): ${unverified.join(", ")}. Each can be set in the scenario; sim/flock/parameters names the source of every one.`,
  ];
}
