/** What a scenario asks for and the rules of its time do not have, each with where it would be. */
import { datedValues, valueStart, valuesAt } from "../sim/bittensor/rules/dated-values.ts";
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
  exists: Feature["exists"],
  { state, starts }: Pick<FeatureSpan, "state" | "starts">,
): { readonly block: number; readonly day: string } | null {
  const block = changesOf(starts).find((candidate) => existsAt(exists, candidate, starts));
  if (block === undefined) return null;
  const own = ruleLayers.find(
    (layer) => layer.firstBlock === block && startOf(layer, starts) === block,
  );
  return { block, day: own?.date ?? dayOf(state, block) };
}

/** Every block in which a rule or a value begins, ascending. */
const changesOf = (starts: StartOverrides): number[] =>
  [
    ...ruleLayers.map((layer) => startOf(layer, starts)),
    ...datedValues.map((entry) => valueStart(entry, starts)),
  ]
    .filter((block) => block !== null)
    .sort((a, b) => a - b);

const existsAt = (exists: Feature["exists"], block: number, starts: StartOverrides): boolean =>
  exists(rulesAt(block, starts), valuesAt(block, {}, starts));

function faultsOfFeature(feature: Feature, span: FeatureSpan): Fault[] {
  const { tree, state, untilBlock, fixedBlock, starts } = span;
  const asked = pathsOf(tree, feature.field.split(".")).filter(
    ({ path, value }) => (feature.asks?.(value) ?? true) && !isBrought(feature, path, tree),
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

const isBrought = ({ unless = [] }: Feature, path: Path, tree: Tree): boolean =>
  unless.some((beside) => nodeAt(tree, [...path.slice(0, -1), beside]) !== undefined);

/** Whether the rules of some block of the run have it. */
function existsIn({ exists }: Feature, span: FeatureSpan): boolean {
  const { state, untilBlock, fixedBlock, starts } = span;
  if (fixedBlock !== null) return existsAt(exists, fixedBlock, starts);
  const first = state.block + 1;
  const within = changesOf(starts).filter((block) => block > first && block <= untilBlock);
  return [first, ...within].some((block) => existsAt(exists, block, starts));
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
