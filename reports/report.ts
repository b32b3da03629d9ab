/** Reads a run folder and writes its report.html. */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, readManifest } from "../lab/manifest.ts";
import { REPORT_FILE } from "../lab/run-folder.ts";
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

/** Makes the report of a finished run again. Throws InputError where there is no run. */
export const remakeReport = (folder: string): string => writeReport(folder, readManifest(folder));
