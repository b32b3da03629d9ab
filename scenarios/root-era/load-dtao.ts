/** The part of a scenario before dTAO about what comes after, checked against the rules of its time. */
import { REVOLUTION_BLOCK, rootEraCalendar } from "../../sim/bittensor/root-era/calendar.ts";
import { rootEraTables } from "../../sim/bittensor/root-era/tables.ts";
import { concentratedPools } from "../../sim/bittensor/rules/concentrated-pools.ts";
import { price } from "../../sim/bittensor/rules/price.ts";
import type { Fault } from "../fault.ts";
import { featureFaults } from "../feature-faults.ts";
import { attempted } from "../reading.ts";
import { type RulesState, ruleBlock } from "../rules.ts";
import type { RuleOverrides } from "../rules-section.ts";
import { startBlocks, startsFaults } from "../starts.ts";
import { startField } from "../starts-section.ts";
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

/** Pools may come when there is a root network, and before the rule that changed them. */
const EARLIEST = REVOLUTION_BLOCK + 1;
const LATEST = concentratedPools.firstBlock - 1;

/** The first block with pools; null for never. */
function poolsFrom({ chain }: RootEraScenario): number | null {
  const { pools_from: when } = chain.rules;
  if (when === "never") return null;
  if (when === "timeline") return price.firstBlock;
  return typeof when === "number" ? when : rootEraCalendar.blockAt(Date.parse(when));
}

/** A switch at another block than the chain's is its rule, moved. */
function movedRules(rules: DtaoSection["chain"]["rules"], block: number) {
  if (block === price.firstBlock) return rules;
  return { ...rules, starts: { ...rules.starts, [startField(price.name)]: block } };
}
const NOTHING: Tree = { kind: "map", place: { file: "" }, entries: new Map() };

export function loadDtao(
  scenario: RootEraScenario,
  tree: Tree,
  stateBlock: number,
  untilBlock: number,
): DtaoPart {
  const firstBlock = poolsFrom(scenario);
  if (firstBlock === null || untilBlock < firstBlock) {
    return { dtao: null, faults: laterTables(scenario, tree) };
  }
  if (firstBlock < EARLIEST || firstBlock > LATEST || firstBlock <= stateBlock) {
    return { dtao: null, faults: [wrongSwitch(scenario, tree, stateBlock)] };
  }
  const given = scenario.dtao ?? dtaoSection.parse({});
  const rules = movedRules(given.chain.rules, firstBlock);
  const section = { ...given, chain: { ...given.chain, rules } };
  const block = firstBlock - 1;
  const start: RulesState = { block, timeMs: rootEraCalendar.timeOf(block), set: {} };
  const faults: Fault[] = [];
  const part = nodeAt(tree, ["dtao"]) ?? NOTHING;
  const span = { tree: part, state: start, untilBlock };
  const changes = attempted(faults, () => ruleChanges(rules.changes, span)) ?? [];
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

function wrongSwitch({ chain }: RootEraScenario, tree: Tree, stateBlock: number): Fault {
  const path: Path = ["chain", "rules", "pools_from"];
  const problem = `${chain.rules.pools_from} is no block at which pools can begin`;
  const remedy = `a block from ${Math.max(EARLIEST, stateBlock + 1)} to ${LATEST}, or its date`;
  return { ...placeAt(tree, path), field: fieldName(path), problem, remedy };
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
    const remedy = `${known.join(", ")}, or a run that goes on with pools`;
    return [{ ...placeAt(tree, path), field: fieldName(path), problem, remedy }];
  });
}
