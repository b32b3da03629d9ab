/** Where the scenarios and data that come with hivelab lie. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nearestWith } from "./paths.ts";

const ownFolder = dirname(fileURLToPath(import.meta.url));

/**
 * The folder of the package: the nearest one above this file with a package.json, from the sources as
 * well as from dist/. The program as one bundled file may lie where there is none: then its own.
 */
export const packageFolder: string = nearestWith(ownFolder, ["package.json"]) ?? ownFolder;

export const scenariosFolder: string = join(packageFolder, "scenarios");
export const dataFolder: string = join(packageFolder, "data");

/** `finney-2026`, ...: the names of the files in the scenarios' folder. */
export const shippedScenarioNames = (): string[] =>
  namesIn(scenariosFolder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort();

/** The names of the folders under data/ that hold a given file. */
export const shippedData = (withFile: string): string[] =>
  namesIn(dataFolder)
    .filter((name) => existsSync(join(dataFolder, name, withFile)))
    .sort();

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
