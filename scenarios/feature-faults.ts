/** What a scenario asks for and the rules of its time do not have, each with where it would be. */
import type { RuleSet } from "../sim/bittensor/rules/rule-set.ts";
import {
  ruleLayers,
  rulesAt,
  type StartOverrides,
  startOf,
} from "../sim/bittensor/rules/timeline.ts";
import type { BittensorState } from "./bittensor-state.ts";
import type { Fault } from "./fault.ts";
import { type Ceiling, ceilings, type Feature, features, limitAt } from "./features.ts";
import { dayOf } from "./timing.ts";
import { fieldName, nodeAt, type Path, placeAt, shown, type Tree } from "./tree.ts";

export interface FeatureSpan {
  readonly tree: Tree;
  readonly state: Pick<BittensorState, "block" | "timeMs">;
  readonly untilBlock: number;
  readonly starts: StartOverrides;
  /** The block whose rules hold throughout; null where the timeline is followed. */
  readonly fixedBlock: number | null;
}

export function featureFaults(span: FeatureSpan): Fault[] {
  return [
    ...features.flatMap((feature) => faultsOfFeature(feature, span)),
    ...ceilings.flatMap((ceiling) => faultsOfCeiling(ceiling, span)),
  ];
}

/** The first block of the timeline from which a feature exists, with its day; null for never. */
export function possibleFrom(
  exists: (rules: RuleSet) => boolean,
  { state, starts }: Pick<FeatureSpan, "state" | "starts">,
): { readonly block: number; readonly day: string } | null {
  const begun = ruleLayers
    .map((layer) => ({ layer, block: startOf(layer, starts) }))
    .filter((entry): entry is typeof entry & { block: number } => entry.block !== null)
    .sort((a, b) => a.block - b.block);
  const first = begun.find(({ block }) => exists(rulesAt(block, starts)));
  if (!first) return null;
  const { layer, block } = first;
  return { block, day: block === layer.firstBlock ? layer.date : dayOf(state, block) };
}

function faultsOfFeature(feature: Feature, span: FeatureSpan): Fault[] {
  const { tree, state, untilBlock, fixedBlock, starts } = span;
  const asked = pathsOf(tree, feature.field.split(".")).filter(
    ({ value }) => feature.asks?.(value) ?? true,
  );
  if (asked.length === 0 || existsIn(feature, span)) return [];
  const from = possibleFrom(feature.exists, { state, starts });
  const last = fixedBlock ?? untilBlock;
  const problem = `${feature.what} is not there at block ${last} (${dayOf(state, last)})`;
  const remedy = from
    ? `possible from block ${from.block} (${from.day}) on`
    : "no rule of this timeline brings it";
  return asked.map(({ path }) => ({
    ...placeAt(tree, path),
    field: fieldName(path),
    problem,
    remedy,
  }));
}

/** Whether the rules of some block of the run have it. */
function existsIn({ exists }: Feature, span: FeatureSpan): boolean {
  const { state, untilBlock, fixedBlock, starts } = span;
  if (fixedBlock !== null) return exists(rulesAt(fixedBlock, starts));
  const first = state.block + 1;
  const within = ruleLayers
    .map((layer) => startOf(layer, starts))
    .filter((block): block is number => block !== null && block > first && block <= untilBlock);
  return [first, ...within].some((block) => exists(rulesAt(block, starts)));
}

function faultsOfCeiling({ field, limit, inUnits }: Ceiling, span: FeatureSpan): Fault[] {
  const { tree, untilBlock, fixedBlock } = span;
  const row = limitAt(limit, fixedBlock ?? untilBlock);
  if (!row) return [];
  return pathsOf(tree, field.split(".")).flatMap(({ path, value }) => {
    if (typeof value !== "number" || (inUnits?.(value) ?? value) <= row.value) return [];
    const problem = `${shown(value)} is over the chain's limit`;
    const most = row.unit === "u16 ratio" ? `${row.value}/65535 (${share(row.value)})` : row.value;
    const remedy = `${row.meaning}: ${most}`;
    return [{ ...placeAt(tree, path), field: fieldName(path), problem, remedy }];
  });
}

const share = (u16: number): string => (u16 / 65_535).toFixed(5);

/** The places in the tree that a field with `*` names, and the scalars that stand there. */
function pathsOf(
  tree: Tree,
  parts: readonly string[],
  at: Path = [],
): { readonly path: Path; readonly value: unknown }[] {
  const node = nodeAt(tree, at);
  if (!node) return [];
  const [head, ...rest] = parts;
  if (head === undefined) {
    return node.kind === "scalar" && node.value !== null ? [{ path: at, value: node.value }] : [];
  }
  if (head !== "*") return pathsOf(tree, rest, [...at, head]);
  const items = node.kind === "list" ? node.items : [];
  return items.flatMap((_, index) => pathsOf(tree, rest, [...at, index]));
}
