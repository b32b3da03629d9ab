/** Results of runs that another sweep has made already, found by their content address. */
import { pointsOf } from "../plans/points.ts";
import type { RunEntry } from "../store/journal.ts";
import { runKeys } from "./identity.ts";
import type { KnownElsewhere } from "./pending.ts";
import { SweepFolder } from "./sweep-folder.ts";

/**
 * From folders of other sweeps; they may be half done. Failed runs are made again, and so are
 * those whose rows are wanted: shards do not outlive their sweep. Throws InputError for a folder
 * that is no sweep.
 */
export function resultsOf(dirs: readonly string[]): KnownElsewhere {
  const known = new Map<string, Omit<RunEntry, "run">>();
  for (const dir of dirs) {
    const folder = SweepFolder.existing(dir);
    try {
      const { identity } = folder.file;
      if (identity.definition.tables.length > 0) continue;
      const points = pointsOf(identity.definition);
      const keyOf = runKeys(identity);
      for (let run = 0; run < points.size; run++) {
        if (folder.journal.statusOf(run) !== "done") continue;
        const { outcomes, status } = folder.journal.entry(run) as RunEntry;
        known.set(keyOf(points.at(run)), { outcomes, status });
      }
    } finally {
      folder.close();
    }
  }
  return (key) => known.get(key);
}
