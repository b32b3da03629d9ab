/** Many seeds of one scenario: a sweep, and what its runs say together. */
import { join } from "node:path";
import { InputError } from "../../scenarios/fault.ts";
import { planSource } from "../plans/from-flags.ts";
import { planFrom } from "../plans/load.ts";
import type { Plan } from "../plans/plan.ts";
import { TABLES_FOLDER } from "../sweep/assemble.ts";
import { runSweep, type SweepRequest, type SweepResult } from "../sweep/sweep.ts";
import { type Band, bandOf, type OutcomeSpread, outcomeSpreads } from "./bands.ts";
import { type Series, seriesFrom, usualSeries } from "./series.ts";

export interface EnsembleRequest
  extends Pick<SweepRequest, "workers" | "signal" | "onProgress" | "onNote"> {
  readonly scenarioPath: string;
  readonly seeds: number;
  readonly sets: readonly string[];
  /** `table.column[where]`; the network's usual ones where there are none. */
  readonly series: readonly string[];
  readonly outcomes: readonly string[];
  /** Where the runs go; the same folder goes on where it was. */
  readonly runsDir: string;
}

export interface Ensemble {
  readonly plan: Plan;
  readonly sweep: SweepResult;
  readonly bands: readonly Band[];
  readonly outcomes: readonly OutcomeSpread[];
}

/** Null where it was stopped. Throws InputError as `runSweep` does, and for unknown series. */
export async function runEnsemble(request: EnsembleRequest): Promise<Ensemble | null> {
  const { scenarioPath, seeds, sets, workers, signal, onProgress, onNote, runsDir } = request;
  const flags = { seeds: String(seeds), outcome: request.outcomes };
  const plain = planFrom(planSource(scenarioPath, flags), sets);
  const series =
    request.series.length > 0
      ? request.series.map((text) => seriesFrom(text, plain))
      : usualSeries(plain);
  const plan = planFrom(planSource(scenarioPath, { ...flags, keep: tablesOf(series) }), sets);
  const sweep = await runSweep({ plan, outDir: runsDir, workers, signal, onProgress, onNote });
  if (!sweep.manifest) return null;
  const folder = join(sweep.dir, TABLES_FOLDER);
  const bands: Band[] = [];
  for (const one of series) {
    const band = await bandOf(folder, one);
    if (band.rows.length > 0) bands.push(band);
    else if (request.series.length > 0) throw noRows(one);
  }
  return { plan, sweep, bands, outcomes: outcomeSpreads(folder, plan.outcomes) };
}

const noRows = ({ name, table }: Series): InputError =>
  new InputError([
    {
      ...{ file: "--series", field: name, problem: `no run has such a row of ${table}` },
      remedy: "rows that are there, over a horizon that reaches them",
    },
  ]);

const tablesOf = (series: readonly Series[]): string[] => [
  ...new Set(series.map(({ table }) => table)),
];
