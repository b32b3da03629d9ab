/** Where the scenarios and data that come with hivelab lie. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package: the nearest one above this file with a package.json. */
export const packageFolder: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
})();

export const scenariosFolder: string = join(packageFolder, "scenarios");
export const dataFolder: string = join(packageFolder, "data");

/** `finney-2026`, ...: the names of the files in the scenarios' folder. */
export const shippedScenarioNames = (): string[] =>
  readdirSync(scenariosFolder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();

/** The names of the folders under data/ that hold a given file. */
export const shippedData = (withFile: string): string[] =>
  readdirSync(dataFolder)
    .filter((name) => existsSync(join(dataFolder, name, withFile)))
    .sort();
