/** Results of runs that another sweep has made already, found by their content address. */
import { InputError } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import { pointsOf } from "../plans/points.ts";
import { version } from "../version.ts";
import { runKeys } from "./identity.ts";
import { KeyIndex } from "./key-index.ts";
import type { KnownElsewhere } from "./pending.ts";
import { SweepFolder } from "./sweep-folder.ts";

/** Sweeps whose results are known; their journals stay open, to be read as they are asked for. */
export interface KnownResults {
  readonly find: KnownElsewhere;
  close(): void;
}

/**
 * From folders of other sweeps, which are only read; they may be half done. Failed runs are made
 * again, and so are those whose rows are wanted: shards do not outlive their sweep. `onNote` gets
 * a line about what cannot be taken over. Throws InputError for a folder that is no sweep, or one
 * of another version.
 */
export function resultsOf(
  dirs: readonly string[],
  onNote: (line: string) => void = () => {},
): KnownResults {
  const folders: SweepFolder[] = [];
  const close = () => {
    for (const folder of folders) folder.close();
  };
  const known: { folder: SweepFolder; index: KeyIndex }[] = [];
  try {
    for (const dir of dirs) {
      const folder = SweepFolder.reading(dir);
      folders.push(folder);
      checkVersion(dir, folder);
      for (const line of notesOn(dir, folder)) onNote(line);
      if (folder.file.identity.definition.tables.length > 0) continue;
      known.push({ folder, index: indexOf(folder) });
    }
  } catch (error) {
    close();
    throw error;
  }
  const find: KnownElsewhere = (key) => {
    for (const { folder, index } of known) {
      const run = index.find(key);
      const entry = run === undefined ? undefined : folder.journal.entry(run);
      if (entry?.status === "done") return { outcomes: entry.outcomes, status: entry.status };
    }
    return undefined;
  };
  return { find, close };
}

function checkVersion(dir: string, { file }: SweepFolder): void {
  const { version: made } = file.identity;
  if (made === version) return;
  const problem = `holds a sweep made by hivelab ${made}, and this is ${version}`;
  const remedy = "its results may be others: leave it out, or use that version";
  throw new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);
}

function notesOn(dir: string, { journal, file }: SweepFolder): string[] {
  const { brokenLines } = journal;
  const { tables } = file.identity.definition;
  return [
    ...(brokenLines > 0
      ? [`${shownPath(journal.path)}: ${brokenLines} broken lines; their runs are not taken over`]
      : []),
    ...(tables.length > 0
      ? [`${shownPath(dir)}: runs with tables (${tables.join(", ")}) are not taken over`]
      : []),
  ];
}

/** Of the runs that can be taken over, in a sweep that keeps no tables. */
function indexOf({ journal, file }: SweepFolder): KeyIndex {
  const { identity } = file;
  const points = pointsOf(identity.definition);
  const keyOf = runKeys(identity);
  const index = new KeyIndex(journal.count("done"), (run) => keyOf(points.at(run)));
  for (let run = 0; run < points.size; run++) {
    if (journal.statusOf(run) === "done") index.add(run);
  }
  return index;
}
