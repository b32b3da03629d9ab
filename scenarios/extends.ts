/**
 * A scenario file and the files that it builds on. `extends:` names one file (its path starts at
 * the folder of the file that names it) or a shipped scenario (a bare name). The values of the
 * file stand over those of the one it extends, as mergeTrees says; `version`, `title` and
 * `description` are each file's own.
 */
import { dirname, join, resolve } from "node:path";
import { type Fault, InputError, nearestName } from "./fault.ts";
import { type InputFile, readInputFile } from "./input-file.ts";
import type { InputMemory } from "./input-memory.ts";
import { scenariosFolder, shippedScenarioNames } from "./shipped.ts";
import { keyPlaceAt, mergeTrees, nodeAt, placeAt, shown, type Tree } from "./tree.ts";
import { readYaml } from "./yaml-tree.ts";

export const MAX_SCENARIO_BYTES = 1_000_000;
const MAX_FILES = 8;
const FORMAT_VERSION = 1;

/** A file of the chain: the one named first, then what it extends, and so on. */
export interface ChainFile {
  readonly file: InputFile;
  /** The path by which it was reached: relative paths in it start at its folder. */
  readonly path: string;
}

export interface ScenarioTree {
  readonly tree: Tree;
  readonly files: readonly ChainFile[];
}

/** Throws InputError. */
export const rememberedTree = (path: string, project: string, memory: InputMemory): ScenarioTree =>
  memory.remember("scenario", [path, project], () => readScenarioTree(path, project));

/** Throws InputError. */
export function readScenarioTree(path: string, project: string): ScenarioTree {
  const options = { maxBytes: MAX_SCENARIO_BYTES, project };
  const files: ChainFile[] = [];
  const trees: Tree[] = [];
  let next: { path: string; text: string; from?: Tree } | null = { path, text: path };
  while (next) {
    const { from, text } = next;
    const namedAt = from && { place: placeAt(from, ["extends"]), field: "extends", text };
    const file = readInputFile(next.path, { ...options, namedAt, anywhere: !from });
    const met = files.findIndex((earlier) => earlier.file.realPath === file.realPath);
    if (from && met >= 0) throw loop(from, [...files.slice(met).map((one) => one.file), file]);
    if (from && files.length >= MAX_FILES) throw tooLong(from);
    const tree = topLevel(readYaml(file.text, file.shownAs), file);
    files.push({ file, path: next.path });
    trees.push(tree);
    next = extendedBy(tree, next.path);
  }
  const [own, ...bases] = trees;
  const base = bases
    .map(inheritable)
    .reduceRight((below, over) => mergeTrees(below, over), noFields);
  return { tree: withoutKeys(mergeTrees(base, own), ["extends"]), files };
}

const noFields: Tree = { kind: "map", place: { file: "" }, entries: new Map() };

const inheritable = (tree: Tree): Tree =>
  withoutKeys(tree, ["version", "title", "description", "extends"]);

/** The tree without some of its top-level fields. */
export function withoutKeys(tree: Tree, keys: readonly string[]): Tree {
  if (tree.kind !== "map") return tree;
  const entries = new Map([...tree.entries].filter(([key]) => !keys.includes(key)));
  return { ...tree, entries };
}

/** Checks what must be right before anything else is worth telling. */
function topLevel(tree: Tree, file: InputFile): Tree {
  const remedy = "a scenario starts with `version: 1` and `title: ...`";
  if (tree.kind === "scalar" && tree.value === null) {
    throw new InputError([{ file: file.shownAs, field: "", problem: "holds nothing", remedy }]);
  }
  if (tree.kind !== "map") {
    throw new InputError([{ ...tree.place, field: "", problem: "holds no fields", remedy }]);
  }
  const version = nodeAt(tree, ["version"]);
  if (!version) {
    const problem = "is missing";
    throw new InputError([
      { file: file.shownAs, line: 1, column: 1, field: "version", problem, remedy },
    ]);
  }
  if (version.kind !== "scalar" || version.value !== FORMAT_VERSION) {
    const problem = `${version.kind === "scalar" ? shown(version.value) : "this"} is not read here`;
    throw new InputError([{ ...version.place, field: "version", problem, remedy: "1" }]);
  }
  return tree;
}

function extendedBy(tree: Tree, path: string): { path: string; text: string; from: Tree } | null {
  const node = nodeAt(tree, ["extends"]);
  if (!node || (node.kind === "scalar" && node.value === null)) return null;
  if (node.kind !== "scalar" || typeof node.value !== "string" || node.value === "") {
    const problem = "is not the path of one scenario file";
    throw new InputError([
      { ...node.place, field: "extends", problem, remedy: "such as ./base.yaml" },
    ]);
  }
  const text = node.value;
  if (/[./\\]/.test(text)) return { path: resolve(dirname(path), text), text, from: tree };
  const known = shippedScenarioNames();
  if (known.includes(text))
    return { path: join(scenariosFolder, `${text}.yaml`), text, from: tree };
  const near = nearestName(text, known);
  const remedy = near ? `did you mean ${near}?` : `shipped are ${known.join(", ")}`;
  const problem = `${shown(text)} is not among the shipped scenarios`;
  throw new InputError([
    { ...node.place, field: "extends", problem, remedy: `${remedy} (a path ends in .yaml)` },
  ]);
}

const extendsFault = (from: Tree, problem: string, remedy: string): InputError => {
  const fault: Fault = { ...keyPlaceAt(from, ["extends"]), field: "extends", problem, remedy };
  return new InputError([fault]);
};

const loop = (from: Tree, files: readonly InputFile[]): InputError =>
  extendsFault(
    from,
    `leads back to itself (${files.map((file) => file.shownAs).join(" -> ")})`,
    "let one of them extend nothing",
  );

const tooLong = (from: Tree): InputError =>
  extendsFault(
    from,
    `makes the chain longer than ${MAX_FILES} files`,
    `extend a file that extends fewer`,
  );
