/** Reads a run folder and writes its report.html. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, readManifest } from "../lab/manifest.ts";
import { REPORT_FILE } from "../lab/run-folder.ts";
import { writingInto } from "../lab/store/make-folder.ts";
import { InputError } from "../scenarios/fault.ts";
import { reportPage } from "./page.ts";
import { browserScript } from "./page-shell.ts";
import { openRunData } from "./run-data.ts";

/** Writes report.html into a folder whose tables are complete; whole or not at all. */
export function writeReport(folder: string, manifest: Manifest): string {
  const path = join(folder, REPORT_FILE);
  writeFileSync(`${path}.partial`, reportPage(openRunData(folder, manifest), browserScript()));
  renameSync(`${path}.partial`, path);
  return path;
}

/**
 * Makes the report of a finished run again. Throws InputError where there is no run, and for results
 * of other commands, whose pages are another kind and are made with them.
 */
export function remakeReport(folder: string): string {
  const manifest = readManifest(folder);
  const own = manifest.tables.find(({ name }) => name in MADE_BY);
  if (own) {
    const problem = `holds ${own.name}: its page is no report of a simulation`;
    const remedy = `make it again with \`${MADE_BY[own.name]}\``;
    throw new InputError([{ file: folder, field: "", problem, remedy }]);
  }
  const remedy = "make the report in a copy of the run that can be written to";
  return writingInto(folder, remedy, () => writeReport(folder, manifest));
}

const MADE_BY: Readonly<Record<string, string>> = {
  case_validators: "hivelab yuma",
  retention_lines: "hivelab yuma",
  bands: "hivelab ensemble",
  path_bands: "hivelab paths",
};
