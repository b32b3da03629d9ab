/**
 * What a file says, with the place of every value: the form in which scenario files are merged, so
 * that a fault can name the file, line and column in which its value stands.
 */

export interface Place {
  readonly file: string;
  /** From 1; absent for what stands in no file, such as a command-line argument. */
  readonly line?: number;
  readonly column?: number;
}

export type Scalar = string | number | boolean | null;

export type Tree =
  | { readonly kind: "scalar"; readonly place: Place; readonly value: Scalar }
  | { readonly kind: "list"; readonly place: Place; readonly items: readonly Tree[] }
  | { readonly kind: "map"; readonly place: Place; readonly entries: ReadonlyMap<string, Entry> };

export interface Entry {
  /** Where the key stands. */
  readonly keyPlace: Place;
  readonly node: Tree;
}

export type Path = readonly (string | number)[];

/**
 * The values of `over` on those of `base`: maps are merged key by key, at every depth; a list or a
 * scalar replaces what it meets. A null hides the base's value, so that the default holds again.
 */
export function mergeTrees(base: Tree, over: Tree): Tree {
  if (base.kind !== "map" || over.kind !== "map") return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    const node = below ? mergeTrees(below.node, entry.node) : entry.node;
    entries.set(key, { keyPlace: entry.keyPlace, node });
  }
  return { kind: "map", place: over.place, entries };
}

/** The tree as plain values. Keys that hold null are left out: null means "as if not written". */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  const object: Record<string, unknown> = {};
  for (const [key, { node }] of tree.entries) {
    if (node.kind === "scalar" && node.value === null) continue;
    // Defined, not assigned: a key named __proto__ stays a key.
    Object.defineProperty(object, key, {
      value: plainValue(node),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

/** The node at a path, or undefined. */
export function nodeAt(tree: Tree, path: Path): Tree | undefined {
  let node: Tree | undefined = tree;
  for (const part of path) {
    if (node?.kind === "map") node = node.entries.get(String(part))?.node;
    else if (node?.kind === "list") node = node.items[Number(part)];
    else return undefined;
  }
  return node;
}

/** Where the value at a path stands; for an absent one, where the innermost part around it stands. */
export function placeAt(tree: Tree, path: Path): Place {
  let place = tree.place;
  for (let depth = 1; depth <= path.length; depth++) {
    const node = nodeAt(tree, path.slice(0, depth));
    if (!node) break;
    place = node.place;
  }
  return place;
}

/** Where the key of the entry at a path stands; for an absent one, as placeAt. */
export function keyPlaceAt(tree: Tree, path: Path): Place {
  const parent = nodeAt(tree, path.slice(0, -1));
  const entry = parent?.kind === "map" ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyPlace ?? placeAt(tree, path);
}

/** `agents.miners.skill_spread`, `chain.detailed_subnets[0].netuid`. */
export function fieldName(path: Path): string {
  return path
    .map((part) => {
      if (typeof part === "number") return `[${part}]`;
      return /^[\w-]{1,64}$/.test(part) ? `.${part}` : `.${shown(part)}`;
    })
    .join("")
    .replace(/^\./, "");
}

/** A value as it is shown in a message: text in quotes, long text cut, nothing unprintable. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a group of fields";
  if (typeof value !== "string") return String(value);
  const cut = value.length > 60 ? `${value.slice(0, 57)}...` : value;
  return printable(JSON.stringify(cut));
}

/** The text with control and direction characters escaped, so that a message stays one plain line. */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
