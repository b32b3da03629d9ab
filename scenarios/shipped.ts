/** Where the scenarios and data that come with hivelab lie. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, nearestName } from "./fault.ts";
import { nearestWith } from "./paths.ts";
import { printable } from "./tree.ts";

const ownFolder = dirname(fileURLToPath(import.meta.url));

/**
 * The folder of the package: the nearest one above this file with a package.json, from the sources as
 * well as from dist/. The program as one bundled file may lie where there is none: then its own.
 */
export const packageFolder: string = nearestWith(ownFolder, ["package.json"]) ?? ownFolder;

export const scenariosFolder: string = join(packageFolder, "scenarios");
export const dataFolder: string = join(packageFolder, "data");

/** What is shipped to be named at the prompt; all but scenarios lie in a folder of that name. */
export type ShippedKind = "scenarios" | "plans" | "searches" | "cases";

const folderOf = (kind: ShippedKind): string =>
  kind === "scenarios" ? scenariosFolder : join(scenariosFolder, kind);

/** `finney-2026`, ...: the names of the files in the scenarios' folder. */
export const shippedScenarioNames = (): string[] => shippedNames("scenarios");

/** The same of plans, of searches, or of cases of Yuma. */
export const shippedNames = (kind: ShippedKind): string[] =>
  namesIn(folderOf(kind))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();

/** The names of the folders under data/ that hold a given file. */
export const shippedData = (withFile: string): string[] =>
  namesIn(dataFolder)
    .filter((name) => existsSync(join(dataFolder, name, withFile)))
    .sort();

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** What each is, and the command that takes it. */
const USES: Readonly<Record<ShippedKind, readonly [noun: string, command: string]>> = {
  scenarios: ["a scenario", "hivelab run"],
  plans: ["a plan", "hivelab sweep"],
  searches: ["a search", "hivelab search"],
  cases: ["a case of Yuma", "hivelab yuma"],
};

/**
 * The file that somebody names at the prompt: a path as it is, or the bare name of one that is
 * shipped. Throws InputError for a bare name that is near to one, or that is one of another kind.
 */
export function promptedFile(text: string, ...kinds: readonly ShippedKind[]): string {
  if (/[./\\]/.test(text) || statSync(text, { throwIfNoEntry: false })?.isFile()) return text;
  const kind = kinds.find((one) => shippedNames(one).includes(text));
  if (kind !== undefined) return join(folderOf(kind), `${text}.yaml`);
  const refuse = (problem: string, remedy: string): never => {
    throw new InputError([{ file: printable(text), field: "", problem, remedy }]);
  };
  const all = Object.keys(USES) as ShippedKind[];
  const other = all.find((one) => shippedNames(one).includes(text));
  if (other !== undefined) {
    const [noun, command] = USES[other];
    refuse(`is ${noun}, which is not taken here`, `\`${command} ${text}\``);
  }
  const near = nearestName(text, kinds.flatMap(shippedNames));
  if (near === null) return text;
  return refuse("no such file, and no name of one that is shipped", `did you mean ${near}?`);
}
