/** Runs stored in a temporary folder, for the tests of the reports. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenRun, openRun } from "../../lab/run-folder.ts";
import { bittensorTables } from "../../sim/bittensor/tables.ts";
import { writeReport } from "../report.ts";
import { openRunData, type RunData } from "../run-data.ts";
import { type MadeUpSize, madeUpFacts, makeUpRun, smallSize } from "./made-up-run.ts";

export interface StoredRun {
  readonly folder: string;
  readonly run: RunData;
  remove(): void;
}

/** Stores the rows that `fill` appends; by default those of a small made-up run. */
export async function storeRun(
  fill: (sink: OpenRun["sink"]) => void = (sink) => makeUpRun(sink, smallSize),
  size: MadeUpSize = smallSize,
  { withReport = false } = {},
): Promise<StoredRun> {
  const parent = mkdtempSync(join(tmpdir(), "hivelab-report-"));
  const open = openRun(join(parent, "run"), {
    tables: bittensorTables,
    ...(withReport
      ? { writeReport: (folder, manifest) => void writeReport(folder, manifest) }
      : {}),
  });
  fill(open.sink);
  const { dir, manifest } = await open.finish(madeUpFacts(size));
  return {
    folder: dir,
    run: openRunData(dir, manifest),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}
