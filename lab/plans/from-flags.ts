/**
 * A plan written as options of a command: `--param chain.horizon_days=10:30:3`. The options become
 * the tree that a plan's file would have, so that both are checked alike; over a plan's file they
 * replace what it says.
 */
import { basename, resolve } from "node:path";
import { type Fault, InputError } from "../../scenarios/fault.ts";
import { pathOf } from "../../scenarios/sets.ts";
import {
  type Entry,
  mergeTrees,
  nodeAt,
  type Place,
  type Scalar,
  type Tree,
} from "../../scenarios/tree.ts";
import { readYaml } from "../../scenarios/yaml-tree.ts";
import { REDUCTIONS } from "../outcomes/outcome.ts";
import { isPlan, type PlanSource, readPlanFile } from "./load.ts";
import { isReserved } from "./names.ts";

export interface PlanFlags {
  /** `path=a,b,c` or `path=from:to`, with `:steps` and `:log` where wanted. */
  readonly param?: readonly string[];
  /** `grid`, `zip`, or a design with its size: `latin_hypercube:200`. */
  readonly design?: string;
  readonly seeds?: string;
  readonly constraint?: readonly string[];
  /** `name=table.column@reduction`, with `[column=value]` where wanted; or `name=formula`. */
  readonly outcome?: readonly string[];
  /** Tables whose rows are kept. */
  readonly keep?: readonly string[];
}

/** The plan that a path and options mean; the path is a plan's or a scenario's file. */
export function planSource(path: string, flags: PlanFlags): PlanSource {
  const source = readPlanFile(path);
  const isFile = isPlan(source.tree);
  const tree = isFile ? source.tree : ofScenario(path);
  // Not the scenario's own name: its run has a folder of that name.
  const name = isFile ? source.name : `${source.name}-sweep`;
  const written = flagTree(flags, namesOf(tree));
  // Whatever is missing is missing in the file.
  const merged = { ...mergeTrees(withoutReplaced(tree, written), written), place: tree.place };
  return { ...source, name, tree: merged };
}

const ofScenario = (path: string): Tree => {
  const name = basename(path).replace(/\.ya?ml$/, "");
  return group({ file: path }, [
    ["version", scalar({ file: path }, 1)],
    ["title", scalar({ file: path }, `${name}, varied`)],
    ["scenario", scalar({ file: path }, resolve(path))],
    ["parameters", group({ file: path }, [])],
  ]);
};

/** A parameter or outcome of the options takes the place of a file's whole. */
function withoutReplaced(tree: Tree, written: Tree): Tree {
  if (tree.kind !== "map") return tree;
  const entries = new Map(tree.entries);
  for (const section of ["parameters", "outcomes"]) {
    const own = entries.get(section);
    const over = nodeAt(written, [section]);
    if (own?.node.kind !== "map" || over?.kind !== "map") continue;
    const kept = [...own.node.entries].map(([name, entry]): [string, Entry] =>
      over.entries.has(name)
        ? [name, { ...entry, node: scalar(entry.keyPlace, null) }]
        : [name, entry],
    );
    entries.set(section, { ...own, node: { ...own.node, entries: new Map(kept) } });
  }
  return { ...tree, entries };
}

/** The names of a file's parameters, by their path. */
function namesOf(tree: Tree): ReadonlyMap<string, string> {
  const parameters = nodeAt(tree, ["parameters"]);
  if (parameters?.kind !== "map") return new Map();
  return new Map(
    [...parameters.entries].flatMap(([name, { node }]) => {
      const path = nodeAt(node, ["path"]);
      return path?.kind === "scalar" ? [[String(path.value), name] as const] : [];
    }),
  );
}

function flagTree(flags: PlanFlags, named: ReadonlyMap<string, string>): Tree {
  const faults: Fault[] = [];
  const each = <T>(option: string, texts: readonly string[] = [], read: Reader<T>): T[] =>
    texts.flatMap((text, k) => {
      const place = { file: `--${option} ${k + 1}` };
      try {
        return [read(text, place)];
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        faults.push(...error.faults);
        return [];
      }
    });
  const section = (name: string, entries: readonly NamedTree[]): NamedTree[] =>
    entries.length === 0 ? [] : [[name, group({ file: `--${name}` }, entries)]];
  const taken = new Set<string>();
  const once: Reader<NamedParameter> = (text, place) => {
    const parameter = readParameter(text, place);
    if (taken.has(parameter.path)) {
      refuse(place, `${parameter.path} is varied twice`, "all of its values in one --param");
    }
    taken.add(parameter.path);
    return parameter;
  };
  const parameters = namedApart(each("param", flags.param, once), named);
  const top: NamedTree[] = [
    ...section("parameters", parameters),
    ...section("outcomes", each("outcome", flags.outcome, readOutcome)),
    ...listed(
      "constraints",
      each("constraint", flags.constraint, (text, at) => scalar(at, text)),
    ),
    ...listed(
      "tables",
      each("keep", flags.keep, (text, at) => scalar(at, text)),
    ),
    ...each("design", flags.design === undefined ? [] : [flags.design], readDesign),
    ...each("seeds", flags.seeds === undefined ? [] : [flags.seeds], readSeeds),
  ];
  if (faults.length > 0) throw new InputError(faults);
  return group({ file: "options" }, top);
}

type Reader<T> = (text: string, place: Place) => T;
type NamedTree = readonly [name: string, tree: Tree];

const scalar = (place: Place, value: Scalar): Tree => ({ kind: "scalar", place, value });
const group = (place: Place, entries: readonly NamedTree[]): Tree => ({
  kind: "map",
  place,
  entries: new Map(entries.map(([name, node]) => [name, { keyPlace: node.place, node }])),
});
const listed = (name: string, items: readonly Tree[]): NamedTree[] =>
  items.length === 0 ? [] : [[name, { kind: "list", place: items[0].place, items }]];

const refuse = (place: Place, problem: string, remedy: string): never => {
  throw new InputError([{ ...place, field: "", problem, remedy }]);
};

interface NamedParameter {
  readonly path: string;
  readonly tree: Tree;
}

const PARAMETER = "such as chain.horizon_days=10,20,30, or =0.1:0.5:5 for five values of a range";

function readParameter(text: string, place: Place): NamedParameter {
  const [path, spec] = halves(text);
  if (!path || !spec || !pathOf(path))
    return refuse(place, `${text} is not path=values`, PARAMETER);
  const own: NamedTree = ["path", scalar(place, path)];
  const parts = spec.split(":");
  const numbers = parts.slice(0, 3).map((one) => (one.trim() === "" ? Number.NaN : Number(one)));
  const [from, to, steps] = numbers;
  // A text such as 2026-08-30T12:00 has colons too; an end that was forgotten is none.
  const isRange = parts.length > 1 && [0, 1].every((k) => isEnd(parts[k], numbers[k]));
  if (!isRange) {
    const items = spec.split(",").map((one) => readYaml(one, place.file, place));
    return { path, tree: group(place, [own, ...listed("values", items)]) };
  }
  const isLog = parts.at(-1) === "log";
  const hasSteps = parts.length - (isLog ? 1 : 0) === 3;
  const isWhole = !Number.isNaN(from) && !Number.isNaN(to) && !(hasSteps && Number.isNaN(steps));
  if (!isWhole || parts.length > (isLog ? 4 : 3)) {
    return refuse(place, `${spec} is not a range`, "from:to:steps, with :log for equal factors");
  }
  const tree = group(place, [
    own,
    ["from", scalar(place, from)],
    ["to", scalar(place, to)],
    ...(hasSteps ? [["steps", scalar(place, steps)] as const] : []),
    ...(isLog ? [["scale", scalar(place, "log")] as const] : []),
  ]);
  return { path, tree };
}

const isEnd = (text: string, value: number): boolean => text.trim() === "" || !Number.isNaN(value);

/** As the file names that path; or by its end, and more of it where two ends are alike. */
function namedApart(
  parameters: readonly NamedParameter[],
  named: ReadonlyMap<string, string>,
): NamedTree[] {
  const nameOf = (path: string, parts: number) =>
    path
      .toLowerCase()
      .split(/[^a-z0-9_]+/)
      .filter((part) => part !== "")
      .slice(-parts)
      .join("_")
      .replace(/^[^a-z]+/, "")
      .slice(-40)
      .replace(/^[^a-z]+/, "");
  return parameters.map(({ path, tree }) => {
    const known = named.get(path);
    if (known !== undefined) return [known, tree];
    let parts = 1;
    const isTaken = () =>
      parameters.some(
        (other) => other.path !== path && nameOf(other.path, parts) === nameOf(path, parts),
      );
    const isNone = () => nameOf(path, parts) === "" || isReserved(nameOf(path, parts));
    while (parts < 6 && (isTaken() || isNone())) parts++;
    return [nameOf(path, parts), tree];
  });
}

const MEASURED = /^([a-z0-9_]+)\.([a-z0-9_]+)(?:\[([^\]]*)\])?(?:@([a-z]+))?$/;

function readOutcome(text: string, place: Place): NamedTree {
  const [name, spec] = halves(text);
  if (!name || !spec) {
    const remedy = "such as price=flock_market.price_usd@last, or growth='end / start'";
    return refuse(place, `${text} is not name=table.column or name=formula`, remedy);
  }
  const measured = MEASURED.exec(spec);
  if (!measured) return [name, group(place, [["value", scalar(place, spec)]])];
  const [, table, column, where = "", at = "last"] = measured;
  if (!(REDUCTIONS as readonly string[]).includes(at)) {
    return refuse(place, `@${at} is not known`, `one of ${REDUCTIONS.join(", ")}`);
  }
  const conditions = where.split(",").filter((one) => one !== "");
  const wanted = conditions.map((one): NamedTree => {
    const [key, value] = halves(one);
    if (!key || !value) return refuse(place, `[${one}] is not column=value`, "such as [netuid=3]");
    return [key, readYaml(value, place.file, place)];
  });
  const tree = group(place, [
    ["table", scalar(place, table)],
    ["column", scalar(place, column)],
    ["at", scalar(place, at)],
    ...(wanted.length > 0 ? [["where", group(place, wanted)] as const] : []),
  ]);
  return [name, tree];
}

/** What a design's size is called. */
const SIZES: Readonly<Record<string, string>> = {
  random: "points",
  latin_hypercube: "points",
  sobol: "points",
  saltelli: "base",
  morris: "trajectories",
};

function readDesign(text: string, place: Place): NamedTree {
  const [kind, size] = text.split(":");
  if (kind === "grid" || kind === "zip") return ["design", scalar(place, kind)];
  const known = Object.keys(SIZES);
  if (!known.includes(kind)) {
    return refuse(place, `${kind} is no design`, `grid, zip, ${known.join(", ")}`);
  }
  const count = Number(size);
  if (!Number.isInteger(count)) return refuse(place, `${text} has no size`, `such as ${kind}:256`);
  const entries: NamedTree[] = [
    ["kind", scalar(place, kind)],
    [SIZES[kind], scalar(place, count)],
  ];
  return ["design", group(place, entries)];
}

function readSeeds(text: string, place: Place): NamedTree {
  const count = Number(text);
  if (Number.isInteger(count)) return ["seeds", scalar(place, count)];
  if (Number.isFinite(count)) {
    refuse(place, `${text} is no number of seeds`, "a whole number, or seeds as a,b,c");
  }
  const items = text.split(",").map((one) => scalar(place, one.trim()));
  return ["seeds", { kind: "list", place, items }];
}

function halves(text: string): [string, string] {
  const equals = text.indexOf("=");
  return equals < 1 ? ["", ""] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}
