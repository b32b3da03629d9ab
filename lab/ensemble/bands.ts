/** From the runs of a finished sweep to bands over time and spreads of single numbers. */
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RecordBatch, RecordBatchReader } from "apache-arrow";
import { InputError } from "../../scenarios/fault.ts";
import type { Outcome } from "../outcomes/outcome.ts";
import { RUNS_TABLE } from "../sweep/runs-table.ts";
import { readTable } from "../tables/read-table.ts";
import { type Spread, spreadOf } from "./quantiles.ts";
import type { Series } from "./series.ts";
import { Spool } from "./spool.ts";

/** A moment of a series: when, and how the runs are spread there. */
export interface BandRow {
  readonly timeMs: number;
  readonly spread: Spread;
}

export interface Band {
  readonly series: Series;
  readonly rows: readonly BandRow[];
}

export interface OutcomeSpread {
  readonly name: string;
  readonly spread: Spread;
  /** For a histogram: a sample of at most this many values, evenly over the sorted ones. */
  readonly sample: readonly number[];
}

const SAMPLE = 2_000;

/**
 * Reads a table batch by batch: of all runs together one moment is in memory, and of all moments one
 * block of runs. Throws InputError where runs do not record the same moments.
 */
export async function bandOf(tablesFolder: string, series: Series): Promise<Band> {
  const scratch = mkdtempSync(join(tmpdir(), "hivelab-ensemble-"));
  let spool: Spool | null = null;
  let times: number[] = [];
  try {
    const path = join(tablesFolder, `${series.table}.arrow`);
    for await (const run of runsOf(path, series)) {
      if (!spool) {
        times = run.times;
        spool = new Spool(join(scratch, "moments"), times.length);
      }
      checkMoments(series, times, run.times);
      spool.add(Float64Array.from(run.values));
    }
    const rows: BandRow[] = [];
    let moment = 0;
    for (const values of spool?.byMoment() ?? []) {
      const spread = spreadOf(values);
      if (spread) rows.push({ timeMs: times[moment], spread });
      moment++;
    }
    return { series, rows };
  } finally {
    spool?.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function checkMoments(series: Series, wanted: readonly number[], found: readonly number[]): void {
  const same = wanted.length === found.length && wanted.every((time, k) => time === found[k]);
  if (same) return;
  const problem =
    `runs record ${series.table} at different moments (${wanted.length} rows, then ` +
    `${found.length}), so there is no band of it`;
  const remedy = "a table with one row a moment, or pick rows: table.column[netuid=15]";
  throw new InputError([{ file: "--series", field: series.name, problem, remedy }]);
}

interface RunRows {
  readonly times: number[];
  readonly values: number[];
}

/** The picked rows of each run, in the order of runs. */
async function* runsOf(path: string, series: Series): AsyncGenerator<RunRows> {
  const reader = await RecordBatchReader.from(createReadStream(path));
  let run = -1;
  let rows: RunRows = { times: [], values: [] };
  for await (const batch of reader as AsyncIterable<RecordBatch>) {
    const column = (name: string) => batch.getChild(name)!;
    const runs = column("run");
    const time = column("time");
    const value = column(series.column);
    const filters = series.where.map((one) => ({ ...one, cells: column(one.column) }));
    for (let row = 0; row < batch.numRows; row++) {
      const own = Number(runs.get(row));
      if (own !== run) {
        if (run >= 0) yield rows;
        rows = { times: [], values: [] };
        run = own;
      }
      if (!filters.every(({ cells, value: wanted }) => String(cells.get(row)) === wanted)) continue;
      const cell = value.get(row);
      rows.times.push(Number(time.get(row)));
      rows.values.push(cell === null ? Number.NaN : Number(cell));
    }
  }
  if (run >= 0) yield rows;
}

/** Spreads of the outcomes, over the runs that are done. */
export function outcomeSpreads(
  tablesFolder: string,
  outcomes: readonly Outcome[],
): OutcomeSpread[] {
  const runs = readTable(join(tablesFolder, `${RUNS_TABLE}.arrow`));
  return outcomes.flatMap(({ name }) => {
    const values = runs.column(name).numbers();
    const spread = spreadOf(values);
    if (!spread) return [];
    const sorted = values.filter((value) => !Number.isNaN(value)).sort();
    const step = Math.max(1, Math.ceil(sorted.length / SAMPLE));
    return [{ name, spread, sample: [...sorted].filter((_, k) => k % step === 0) }];
  });
}
