/** The outcomes of a finished sweep by point, seeds averaged, for whoever analyses them. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError, nearestName } from "../../scenarios/fault.ts";
import { shownPath } from "../../scenarios/paths.ts";
import type { PlanDefinition } from "../plans/plan.ts";
import { pointsOf } from "../plans/points.ts";
import { TABLES_FOLDER } from "../sweep/assemble.ts";
import { RUNS_TABLE } from "../sweep/runs-table.ts";
import { checkIsWhole, readSweepFile } from "../sweep/sweep-folder.ts";
import { type ReadTable, readTable } from "../tables/read-table.ts";

export interface FinishedSweep {
  readonly dir: string;
  readonly name: string;
  readonly definition: PlanDefinition;
  readonly runs: ReadTable;
  readonly points: number;
}

/** Throws InputError where the folder holds no sweep, or one that is not finished. */
export function readSweep(dir: string): FinishedSweep {
  const file = readSweepFile(dir);
  checkIsWhole(dir, file);
  const { name, identity } = file;
  const { definition } = identity;
  const path = join(dir, TABLES_FOLDER, `${RUNS_TABLE}.arrow`);
  if (!existsSync(path)) {
    const [problem, remedy] = ["is not finished", "`hivelab sweep` goes on with it"];
    throw new InputError([{ file: shownPath(dir), field: "", problem, remedy }]);
  }
  return { dir, name, definition, runs: readTable(path), points: pointsOf(definition).points };
}

/** The names of outcomes to look at; throws InputError for one that the sweep did not measure. */
export function chosenOutcomes(
  { definition, dir }: FinishedSweep,
  wanted: readonly string[],
): readonly string[] {
  const known = definition.outcomes.map(({ name }) => name);
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined) return wanted.length > 0 ? wanted : known;
  const near = nearestName(unknown, known);
  const remedy = near ? `did you mean \`${near}\`?` : `measured: ${known.join(", ")}`;
  const problem = `no outcome is called ${unknown}`;
  throw new InputError([{ file: shownPath(dir), field: "--outcome", problem, remedy }]);
}

/** The mean over a point's seeds, by point; NaN where a run failed or has no value. */
export function meansByPoint({ runs, points }: FinishedSweep, outcome: string): Float64Array {
  const sums = new Float64Array(points);
  const counts = new Uint32Array(points);
  const point = runs.column("point").numbers();
  const value = runs.column(outcome).numbers();
  for (let row = 0; row < runs.rows; row++) {
    sums[point[row]] += value[row];
    counts[point[row]]++;
  }
  return sums.map((sum, k) => (counts[k] === 0 ? Number.NaN : sum / counts[k]));
}
