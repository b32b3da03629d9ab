/** The answer of a search as a scenario file of its own, which anyone can run. */

import { basename, dirname, join } from "node:path";
import { stringify } from "yaml";
import { isInside, projectFolder, slashedFrom } from "../../scenarios/paths.ts";
import { applySets, pathOf } from "../../scenarios/sets.ts";
import { packageFolder, scenariosFolder } from "../../scenarios/shipped.ts";
import { plainValue } from "../../scenarios/tree.ts";
import { readSubject } from "../plans/subject.ts";

export interface ResultScenario {
  readonly title: string;
  /** Lines that stand above it as comments. */
  readonly comments: readonly string[];
  /** The scenario that it builds on. */
  readonly scenarioPath: string;
  readonly sets: readonly string[];
  /** The folder in which it will lie. */
  readonly folder: string;
}

/** Titles of scenarios are no longer. */
const MAX_TITLE = 120;

/**
 * The file's text. A scenario is extended with the few values that differ. Written out whole are a
 * case, which cannot be extended, a scenario of which entries of lists are set, and one that lies
 * in another project than the file.
 */
export function resultScenario(result: ResultScenario): string {
  const { comments, scenarioPath, sets, folder } = result;
  const title = result.title.slice(0, MAX_TITLE);
  const head = comments.map((line) => (line === "" ? "#" : `# ${line}`)).join("\n");
  const subject = readSubject(scenarioPath);
  const parts = sets.map((set) => pathOf(pathText(set)) ?? []);
  const isListed = parts.some((path) => path.some((part) => typeof part === "number"));
  if (subject.kind === "case" || isListed || !isWithinReach(scenarioPath, folder)) {
    const { tree } = applySets(subject.tree, sets);
    const whole = { ...(plainValue(tree) as Record<string, unknown>), title };
    return `${head}\n${stringify(whole)}`;
  }
  const changed = applySets({ kind: "map", place: { file: "" }, entries: new Map() }, sets).tree;
  const { seed, ...rest } = plainValue(changed) as Record<string, unknown>;
  const file = {
    version: 1,
    title,
    extends: reference(scenarioPath, folder),
    ...(seed === undefined ? {} : { seed }),
    ...rest,
  };
  return `${head}\n${stringify(file)}`;
}

const pathText = (set: string): string => set.slice(0, set.indexOf("=")).trim();

/** Whether a file in the folder may extend the scenario. */
const isWithinReach = (scenarioPath: string, folder: string): boolean =>
  isInside(scenarioPath, packageFolder) ||
  isInside(scenarioPath, projectFolder(join(folder, "best.yaml")));

/** A shipped scenario by its name, any other by its path from the folder. */
function reference(scenarioPath: string, folder: string): string {
  if (dirname(scenarioPath) === scenariosFolder)
    return basename(scenarioPath).replace(/\.yaml$/, "");
  const way = slashedFrom(folder, scenarioPath);
  return way.startsWith(".") ? way : `./${way}`;
}
