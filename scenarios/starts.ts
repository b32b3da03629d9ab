/** `chain.rules.starts` as blocks, what is wrong with it, and sentences that tell it. */
import { chainParametersAt, changesBetween } from "../sim/bittensor/chain/rule-parameters.ts";
import type { RuleLayer } from "../sim/bittensor/rules/rule-set.ts";
import {
  rulesAt,
  type StartOverrides,
  shareRuleNameAt,
  startOf,
} from "../sim/bittensor/rules/timeline.ts";
import type { BittensorState } from "./bittensor-state.ts";
import type { Fault } from "./fault.ts";
import type { RulesSection } from "./rules-section.ts";
import { movableLayers, startField } from "./starts-section.ts";
import { dayOf, firstBlockOf } from "./timing.ts";
import { fieldName, type Path, placeAt, type Tree } from "./tree.ts";

type Start = Pick<BittensorState, "block" | "timeMs">;

/** The first block of each moved rule by its name, null for never. */
export function startBlocks(starts: RulesSection["starts"], state: Start): StartOverrides {
  const blockOf = (start: string | number): number | null => {
    if (start === "never") return null;
    if (typeof start === "number") return start;
    return Math.max(
      0,
      firstBlockOf(start, (block) => dayOf(state, block), state),
    );
  };
  return Object.fromEntries(
    movableLayers
      .filter(({ name }) => starts[startField(name)] !== undefined)
      .map(({ name }) => [name, blockOf(starts[startField(name)])]),
  );
}

export interface StartsSpan {
  readonly tree: Tree;
  readonly state: Start;
  readonly untilBlock: number;
}

/** Rules cannot be moved and frozen, and those of every block of the run must be such as can run. */
export function startsFaults(
  rules: RulesSection,
  { tree, state, untilBlock }: StartsSpan,
): Fault[] {
  const moved = startBlocks(rules.starts, state);
  const names = Object.keys(moved);
  if (names.length === 0) return [];
  const faultAt = (field: string, problem: string, remedy: string): Fault => {
    const path: Path = ["chain", "rules", "starts", field];
    return { ...placeAt(tree, path), field: fieldName(path), problem, remedy };
  };
  if (rules.as_of !== "timeline") {
    const problem = "the rules are frozen by as_of, so that none of them begins";
    return [faultAt(startField(names[0]), problem, "leave out as_of, or this")];
  }
  const start = state.block + 1;
  const blocks = [start, ...changesBetween(start, untilBlock, moved)];
  const stuck = blocks.find((block) => chainParametersAt(block, moved) === null);
  if (stuck === undefined) return [];
  const culprit = names.find((name) => canRun(stuck, without(moved, name))) ?? names[0];
  const { pool } = rulesAt(stuck, moved);
  const problem = `at block ${stuck} this leaves rule-set ${shareRuleNameAt(stuck, moved)} with pools of the kind "${pool}", which this world cannot run`;
  return [faultAt(startField(culprit), problem, "another block, or the chain's own")];
}

const canRun = (block: number, starts: StartOverrides): boolean =>
  chainParametersAt(block, starts) !== null;

const without = (starts: StartOverrides, name: string): StartOverrides =>
  Object.fromEntries(Object.entries(starts).filter(([other]) => other !== name));

/** A layer with the start that it has in the run, and where it is another than the chain's. */
export function asStarted(layer: RuleLayer, starts: StartOverrides, state: Start): RuleLayer {
  const firstBlock = startOf(layer, starts);
  if (firstBlock === null || firstBlock === layer.firstBlock) return layer;
  return {
    ...layer,
    firstBlock,
    date: dayOf(state, firstBlock),
    summary: `${layer.summary}, moved by the scenario`,
    evidence: `moved by the scenario; on the chain from block ${layer.firstBlock} (${layer.date}): ${layer.evidence}`,
  };
}

/** One sentence for each rule that the scenario moves. */
export function bentRuleNotes(starts: StartOverrides, state: Start): string[] {
  return movableLayers
    .filter(({ name }) => Object.hasOwn(starts, name))
    .map((layer) => {
      const { name, summary, date, firstBlock } = layer;
      const moved = startOf(layer, starts);
      const begins =
        moved === null ? "never begins" : `begins at block ${moved} (${dayOf(state, moved)})`;
      return `${name} (${summary}) ${begins}; on the chain it began at block ${firstBlock} (${date}).`;
    });
}
