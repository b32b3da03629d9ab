/** The part of a scenario before dTAO about what comes after, checked against the rules of its time. */
import { LAST_ROOT_ERA_BLOCK, rootEraCalendar } from "../../sim/bittensor/root-era/calendar.ts";
import { rootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import { type Fault, InputError } from "../fault.ts";
import { featureFaults } from "../feature-faults.ts";
import { type RulesState, ruleBlock } from "../rules.ts";
import type { RuleOverrides } from "../rules-section.ts";
import { startBlocks, startsFaults } from "../starts.ts";
import { asOfFaults, type RuleChange, ruleChanges } from "../timing.ts";
import { fieldName, nodeAt, type Path, placeAt, type Tree } from "../tree.ts";
import { type DtaoSection, dtaoSection } from "./dtao-section.ts";
import type { RootEraScenario } from "./schema.ts";

export interface LoadedDtao {
  readonly section: DtaoSection;
  /** The block from which it goes on. */
  readonly start: RulesState;
  /** `dtao.chain.rules.changes` with their first blocks, ascending. */
  readonly ruleChanges: readonly RuleChange<RuleOverrides>[];
}

export interface DtaoPart {
  /** Null where the run ends before there are pools. */
  readonly dtao: LoadedDtao | null;
  readonly faults: readonly Fault[];
}

const start: RulesState = {
  block: LAST_ROOT_ERA_BLOCK,
  timeMs: rootEraCalendar.timeOf(LAST_ROOT_ERA_BLOCK),
  set: {},
};
const NOTHING: Tree = { kind: "map", place: { file: "" }, entries: new Map() };

export function loadDtao(scenario: RootEraScenario, tree: Tree, untilBlock: number): DtaoPart {
  if (untilBlock <= LAST_ROOT_ERA_BLOCK) return { dtao: null, faults: laterTables(scenario, tree) };
  const section = scenario.dtao ?? dtaoSection.parse({});
  const faults: Fault[] = [];
  const part = nodeAt(tree, ["dtao"]) ?? NOTHING;
  const { rules } = section.chain;
  const span = { tree: part, state: start, untilBlock };
  let changes: LoadedDtao["ruleChanges"] = [];
  try {
    changes = ruleChanges(rules.changes, span);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(...error.faults);
  }
  const starts = startBlocks(rules.starts, start);
  const fixedBlock = ruleBlock(rules.as_of);
  faults.push(
    ...asOfFaults(rules.as_of, part),
    ...startsFaults(rules, span),
    ...featureFaults({ ...span, starts, fixedBlock }),
    ...manyNeurons(scenario, tree),
  );
  return {
    dtao: { section, start, ruleChanges: changes },
    faults: faults.map((fault) =>
      fault.field.startsWith("chain.detailed") ? fault : { ...fault, field: `dtao.${fault.field}` },
    ),
  };
}

/** Who weighs neurons on two subnets would be two agents of one name. */
function manyNeurons({ chain }: RootEraScenario, tree: Tree): Fault[] {
  if (chain.detailed_subnets.length < 2) return [];
  const path: Path = ["chain", "detailed_subnets", 1];
  const problem = "a second subnet neuron by neuron, in a run that goes on with pools";
  return [{ ...placeAt(tree, path), field: fieldName(path), problem, remedy: "one at most" }];
}

/** A table that only a world with pools writes. */
function laterTables({ recording }: RootEraScenario, tree: Tree): Fault[] {
  if (recording.tables === "all") return [];
  const known = rootEraTables.map(({ name }) => name);
  return recording.tables.flatMap((name, index): Fault[] => {
    if (known.includes(name)) return [];
    const path: Path = ["recording", "tables", index];
    const problem = `${name} is written only with pools, and the run ends before`;
    const remedy = `${known.join(", ")}, or a run past block ${LAST_ROOT_ERA_BLOCK}`;
    return [{ ...placeAt(tree, path), field: fieldName(path), problem, remedy }];
  });
}
