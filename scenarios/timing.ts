/** The dates and blocks of a scenario's rules, checked against the state and the timeline. */
import { z } from "zod";
import { FIRST_RUNNABLE_BLOCK } from "../sim/bittensor/chain/rule-parameters.ts";
import { ruleLayers, shareRules } from "../sim/bittensor/rules/timeline.ts";
import type { BittensorState } from "./bittensor-state.ts";
import { alternatives } from "./expected.ts";
import { type Fault, InputError, nearestName } from "./fault.ts";
import { ruleBlock, runnableShareRules } from "./rules.ts";
import type { RulesSection } from "./rules-section.ts";
import { fieldName, type Path, placeAt, shown, type Tree } from "./tree.ts";

export interface RuleChange<Overrides> {
  /** The first block in which the overrides hold. */
  readonly fromBlock: number;
  readonly overrides: Overrides;
}

export interface Span {
  readonly tree: Tree;
  readonly state: Pick<BittensorState, "block" | "timeMs">;
  readonly untilBlock: number;
}

const BLOCK_MS = 12_000;
const isoDay = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** The day (UTC) of a block, twelve seconds a block from the state's own time. */
export const dayOf = (state: Pick<BittensorState, "block" | "timeMs">, block: number): string =>
  isoDay(state.timeMs + (block - state.block) * BLOCK_MS);

/** Throws InputError unless every change starts within the run, each after the one before. */
export function ruleChanges(
  changes: RulesSection["changes"],
  { tree, state, untilBlock }: Span,
): RuleChange<RulesSection["overrides"]>[] {
  const firstBlock = state.block + 1;
  const dateOf = (block: number) => dayOf(state, block);
  const span = `the run goes from block ${firstBlock} (${dateOf(firstBlock)}) to block ${untilBlock} (${dateOf(untilBlock)})`;
  const faults: Fault[] = [];
  const result = changes.map(({ from, ...overrides }, index) => {
    const path: Path = ["chain", "rules", "changes", index, "from"];
    const fromBlock = typeof from === "number" ? from : firstBlockOf(from, dateOf, state);
    if (fromBlock < firstBlock || fromBlock > untilBlock) {
      const problem = `${from} lies outside the run`;
      faults.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy: span });
    }
    return { fromBlock, overrides };
  });
  result.forEach(({ fromBlock }, index) => {
    if (index === 0 || fromBlock > result[index - 1].fromBlock) return;
    const path: Path = ["chain", "rules", "changes", index, "from"];
    const problem = `${changes[index].from} does not come after the change before it`;
    const remedy = "list changes in the order of their dates";
    faults.push({ ...placeAt(tree, path), field: fieldName(path), problem, remedy });
  });
  if (faults.length > 0) throw new InputError(faults);
  return result;
}

/** The first block of a day; on the day of the state, the first block that is simulated. */
export function firstBlockOf(
  day: string,
  dateOf: (block: number) => string,
  state: Pick<BittensorState, "block" | "timeMs">,
): number {
  const firstBlock = state.block + 1;
  if (day === dateOf(firstBlock)) return firstBlock;
  return state.block + Math.ceil((Date.parse(day) - state.timeMs) / BLOCK_MS);
}

/**
 * What is wrong with `as_of`: a name that no rule-set bears, or a date or block outside the
 * timeline of known rules.
 */
export function asOfFaults(asOf: RulesSection["as_of"], tree: Tree): Fault[] {
  const wrong = asOfProblem(asOf);
  if (!wrong) return [];
  const path: Path = ["chain", "rules", "as_of"];
  return [{ ...placeAt(tree, path), field: fieldName(path), ...wrong }];
}

function asOfProblem(asOf: RulesSection["as_of"]): { problem: string; remedy: string } | null {
  const first = ruleLayers[0];
  const span = `the rules are known from ${first.date} to ${RULES_KNOWN_UNTIL}`;
  if (asOf === "timeline") return null;
  if (typeof asOf === "number") return runnable(asOf, `block ${asOf}`);
  if (/^\d/.test(asOf)) {
    const day = z.iso.date().safeParse(asOf).success;
    if (!day) return { problem: `${shown(asOf)} is no date`, remedy: "such as 2026-08-30" };
    const known = asOf >= first.date && asOf <= RULES_KNOWN_UNTIL;
    if (!known) return { problem: `${asOf} lies outside the timeline`, remedy: span };
    return runnable(ruleBlock(asOf), `the rule-set of ${asOf}`);
  }
  const names = shareRules.map(({ name }) => name);
  if (names.includes(asOf)) return runnable(ruleBlock(asOf), `rule-set ${asOf}`);
  const near = nearestName(asOf, ["timeline", ...names]);
  const problem = `no rule-set is called ${shown(asOf)}`;
  const all = `timeline, a date, a block, ${alternatives(names)}`;
  return { problem, remedy: near ? `did you mean ${near}? ${all}` : all };
}

/** The last day of which the chain's rules are recorded (spec/recent-rules.md section 0). */
const RULES_KNOWN_UNTIL = "2026-10-08";

/** A world of whole subnets with their own tokens begins with dTAO. */
function runnable(block: number | null, what: string): { problem: string; remedy: string } | null {
  if (block === null || block >= FIRST_RUNNABLE_BLOCK) return null;
  const { date } = ruleLayers.find(({ firstBlock }) => firstBlock === FIRST_RUNNABLE_BLOCK)!;
  const remedy = `possible from block ${FIRST_RUNNABLE_BLOCK} (${date}) on, or under ${alternatives(runnableShareRules)}`;
  return { problem: `${what} has no pools, which this world needs`, remedy };
}
