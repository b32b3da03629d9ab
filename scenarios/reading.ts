/** What loading any scenario begins with: its files, the values set over them, and faults as they come. */

import { join } from "node:path";
import type { z } from "zod";
import { checkTree, inOrder } from "./check.ts";
import type { DataReference, Source } from "./data-folder.ts";
import { type ChainFile, rememberedTree, withoutKeys } from "./extends.ts";
import { type Fault, InputError } from "./fault.ts";
import type { InputMemory } from "./input-memory.ts";
import { projectFolder } from "./paths.ts";
import { applySets } from "./sets.ts";
import { fieldName, type Path, placeAt, type Tree } from "./tree.ts";

interface SetTree {
  readonly project: string;
  readonly files: readonly ChainFile[];
  readonly tree: Tree;
  readonly faults: readonly Fault[];
}

/** The files of a scenario merged, with the values set over them. Throws InputError. */
export const treeWithSets = (path: string, sets: readonly string[], memory: InputMemory): SetTree =>
  memory.latest(path, sets, () => {
    const project = memory.remember("project", [path], () => projectFolder(path));
    const { tree, files } = rememberedTree(path, project, memory);
    return { project, files, ...applySets(tree, sets) };
  });

/** What `work` gives; undefined where it found faults, which join the others. */
export function attempted<Result>(faults: Fault[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

export class Reading {
  readonly project: string;
  readonly files: readonly ChainFile[];
  readonly tree: Tree;
  readonly faults: Fault[];

  /** `others` are sections at the top that are another world's. Throws InputError. */
  constructor(
    path: string,
    sets: readonly string[],
    memory: InputMemory,
    others: readonly string[] = [],
  ) {
    const { project, files, tree, faults } = treeWithSets(path, sets, memory);
    this.project = project;
    this.files = files;
    this.tree = withoutKeys(tree, others);
    this.faults = [...faults];
  }

  /** What `work` gives; undefined where it found faults, which are kept for `told`. */
  attempt<Result>(work: () => Result): Result | undefined {
    return attempted(this.faults, work);
  }

  add(path: Path, problem: string, remedy: string): void {
    this.faults.push({ ...placeAt(this.tree, path), field: fieldName(path), problem, remedy });
  }

  /** Data that a field names, as it was written and where. */
  reference(path: Path, text: string): DataReference {
    const place = placeAt(this.tree, path);
    const home = this.files.find(({ file }) => file.shownAs === place.file);
    // A path given with --set starts at the working directory, as any path at the prompt.
    const base = home ? home.path : join(process.cwd(), "prompt");
    return { text, place, field: fieldName(path), base, project: this.project };
  }

  /** The completed scenario; `further` looks for what no single field can see. */
  scenario<Schema extends z.ZodType>(
    schema: Schema,
    fileSchema: z.ZodType,
    further: (scenario: z.output<Schema>, tree: Tree) => readonly Fault[] = () => [],
  ): z.output<Schema> {
    const { tree } = this;
    const found = this.attempt(() => checkTree(schema, tree, fileSchema));
    if (found !== undefined) this.faults.push(...further(found, tree));
    if (found === undefined || this.faults.length > 0) throw this.told();
    return found;
  }

  /** Every fault that was found, by file and line. */
  told(): InputError {
    const order = this.files.map(({ file }) => file.shownAs);
    return new InputError(inOrder(this.faults, order));
  }

  get sources(): Source[] {
    return this.files.map(({ file }) => ({
      ...{ path: file.source, sha256: file.sha256, source: "scenario" },
    }));
  }
}
