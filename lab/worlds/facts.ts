/** What manifests say of rules and arithmetic, the same for every kind of world. */
import type { BuiltWorld } from "../../scenarios/build-world.ts";
import type { LoadedScenario } from "../../scenarios/load.ts";
import type { ArenaRuleSet } from "../../sim/flock/arena/rules.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";

export const ruleSetFacts = ({
  name,
  summary,
  date,
  spec,
  evidence,
}: BuiltWorld["ruleSets"][number]) => ({
  name,
  title: summary,
  in_force_from: date,
  source: `spec ${spec}; ${evidence}`,
});

export function arithmeticLine({
  scenario,
}: {
  readonly scenario: { readonly chain: Pick<LoadedScenario["scenario"]["chain"], "arithmetic"> };
}): string {
  return scenario.chain.arithmetic === "exact"
    ? "exact: amounts are integers in rao; shares, prices, pools and averages in the chain's fixed point; consensus in I32F32"
    : "float64: amounts are integers in rao; shares, prices, pools and averages in doubles; consensus exact in I32F32";
}

export const FLOCK_ARITHMETIC =
  "FLOCK, gmFLOCK and USD are integers (10^-18, 10^-18, 10^-6); scores, shares before upload, prices and what agents believe are doubles made of portable operations";

export const flockDate = (day: number): string => new Date(timeOfDay(day)).toISOString();

export const flockRuleSetFacts = ({ name, title, fromDay, source }: ArenaRuleSet) => ({
  name,
  title,
  in_force_from: flockDate(fromDay).slice(0, 10),
  source,
});
