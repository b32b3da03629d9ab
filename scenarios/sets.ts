/** `--set path=value`: single values from the command line, over everything that files say. */
import { type Fault, InputError } from "./fault.ts";
import {
  type Entry,
  fieldName,
  mergeTrees,
  nodeAt,
  type Path,
  type Place,
  type Tree,
} from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

const MAX_SET_CHARACTERS = 10_000;
/** What belongs to a file, and cannot be set. */
const FILE_FIELDS = ["version", "extends"];

/**
 * The tree with each setting in turn; later ones win. The value is read as YAML. `[n]` or `.n` in a
 * path names an entry of a list that is there; the one after the last is added.
 * Faults stand at `--set 1`, `--set 2`, ...; a setting with a fault is left out of the tree.
 */
export function applySets(
  tree: Tree,
  sets: readonly string[],
): { readonly tree: Tree; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  let result = tree;
  sets.forEach((text, index) => {
    try {
      result = applySet(result, text, { file: `--set ${index + 1}` });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(...error.faults);
    }
  });
  return { tree: result, faults };
}

function applySet(tree: Tree, text: string, place: Place): Tree {
  const refuse = (field: string, problem: string, remedy: string) =>
    new InputError([{ ...place, field, problem, remedy }]);
  const example = "such as --set chain.horizon_days=60";
  if (text.length > MAX_SET_CHARACTERS) {
    throw refuse("", "is too long", `at most ${MAX_SET_CHARACTERS} characters`);
  }
  const equals = text.indexOf("=");
  const path = equals > 0 ? pathOf(text.slice(0, equals).trim()) : null;
  if (!path) throw refuse("", "is not path=value", example);
  if (FILE_FIELDS.includes(String(path[0]))) {
    throw refuse(fieldName(path), "cannot be set", "write it in the scenario file");
  }
  const value =
    plainScalar(text.slice(equals + 1), place) ??
    readYaml(text.slice(equals + 1), place.file, place);
  const missing = listGap(tree, path);
  if (missing !== null) throw refuse(fieldName(path), missing, "entries are counted from 0");
  return put(tree, path, value, place);
}

const NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,17})?(e[-+]\d{1,3})?$/;
const QUOTED = /^"[A-Za-z0-9 _./:-]*"$/;

/** What most settings of a sweep are, numbers and short texts as JSON, without the whole of YAML. */
export function plainScalar(text: string, place: Place): Tree | null {
  if (!NUMBER.test(text) && !QUOTED.test(text)) return null;
  return { kind: "scalar", place, value: JSON.parse(text) as number | string };
}

/** `a.b[0].c` as its parts, or null. */
export function pathOf(text: string): Path | null {
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d{1,6}\])*$/.test(text)) return null;
  return text
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d{1,6}$/.test(part) ? Number(part) : part));
}

/** What is wrong with an index in the path, or null. */
function listGap(tree: Tree, path: Path): string | null {
  for (let depth = 0; depth < path.length; depth++) {
    const list = nodeAt(tree, path.slice(0, depth));
    const index = path[depth];
    if (list?.kind === "list" && typeof index === "string") return "stands in a list";
    const length = list?.kind === "list" ? list.items.length : 0;
    if (typeof index === "number" && index > length) return `the list has ${length} entries`;
  }
  return null;
}

function put(tree: Tree | undefined, path: Path, value: Tree, place: Place): Tree {
  if (path.length === 0) return tree ? mergeTrees(tree, value) : value;
  const [head, ...rest] = path;
  if (typeof head === "number") {
    const items = tree?.kind === "list" ? [...tree.items] : [];
    items[head] = put(items[head], rest, value, place);
    return { kind: "list", place: tree?.place ?? place, items };
  }
  const entries = new Map<string, Entry>(tree?.kind === "map" ? tree.entries : []);
  const below = entries.get(head);
  entries.set(head, {
    keyPlace: rest.length === 0 || !below ? place : below.keyPlace,
    node: put(below?.node, rest, value, place),
  });
  return { kind: "map", place: tree?.place ?? place, entries };
}
