/** Paths as a run folder: bands, halvings by day and chances as tables, manifest and page. */
import type { LoadedPathScenario } from "../../scenarios/load-pool.ts";
import { BLOCKS_PER_DAY } from "../../sim/amounts.ts";
import { defineTable } from "../../sim/records.ts";
import { quantileCells, quantileColumns } from "../ensemble/quantile-columns.ts";
import type { Manifest } from "../manifest.ts";
import { openRun } from "../run-folder.ts";
import { pathAssumptions } from "./assumptions.ts";
import { type Chance, timeOfDay } from "./chances.ts";
import type { PathModel } from "./model.ts";
import type { PathsResult } from "./run.ts";

export const pathBandsTable = defineTable(
  "path_bands",
  "Exact quantiles of all paths over time, one row a series and moment.",
  [
    ["series", "text", "", "issuance_tao, price_tao_per_alpha, or the lowest price up to the end"],
    ["day", "u32", "days", "days since the start, at the end of the day"],
    ["time", "time", "ms UTC", "that moment"],
    ...quantileColumns("paths"),
  ],
);

export const halvingDaysTable = defineTable(
  "halving_days",
  "When paths reach the next halving, one row a day on which any does.",
  [
    ["day", "u32", "days", "days since the start: the day within which issuance reaches it"],
    ["time", "time", "ms UTC", "the end of that day"],
    ["paths", "u32", "", "how many paths"],
  ],
);

export const chancesTable = defineTable("chances", "How likely something is, one row a question.", [
  ["question", "text", "", "what"],
  ["paths", "u32", "", "paths of which it is true, counted exactly"],
  ["chance", "f64", "1", "their part of all paths"],
  ["low", "f64", "1", "a 95 % interval for it (Wilson): from"],
  ["high", "f64", "1", "... to"],
]);

export interface WrittenPaths {
  readonly name: string;
  readonly loaded: LoadedPathScenario;
  readonly model: PathModel;
  readonly result: PathsResult;
  readonly chances: readonly Chance[];
}

/** Throws InputError where the folder holds something else. */
export async function writePaths(
  { name, loaded, model, result, chances }: WrittenPaths,
  outDir: string,
  writeReport: (folder: string, manifest: Manifest) => void,
): Promise<{ dir: string; reportPath: string }> {
  const tables = [pathBandsTable, halvingDaysTable, chancesTable];
  const run = openRun(outDir, { tables, writeReport });
  const { start } = loaded.scenario.supply;
  const startMs = Date.parse(start.time);
  for (const { moment, quantiles } of result.moments) {
    const time = timeOfDay(startMs, moment.day);
    run.sink.append(pathBandsTable, [moment.series, moment.day, time, ...quantileCells(quantiles)]);
  }
  result.halvings.forEach((paths, day) => {
    if (day === 0 || paths === 0) return;
    run.sink.append(halvingDaysTable, [day, timeOfDay(startMs, day), paths]);
  });
  for (const { question, paths, chance, low, high } of chances) {
    run.sink.append(chancesTable, [question, paths, chance, low, high]);
  }
  const { scenario, sources } = loaded;
  return run.finish({
    scenario: {
      name,
      title: `${scenario.title}: ${result.paths.toLocaleString("en")} paths`,
      completed: JSON.parse(JSON.stringify({ scenario, paths: result.paths, model })),
    },
    seed: model.seed,
    span: {
      from_block: start.block + 1,
      to_block: start.block + model.days * BLOCKS_PER_DAY,
      from_time: new Date(startMs).toISOString(),
      to_time: new Date(timeOfDay(startMs, model.days)).toISOString(),
    },
    rule_sets: [],
    data: [...sources],
    arithmetic:
      "screened in floating point within a bound; halving days, counts and quantiles are those of " +
      "paths in whole rao",
    aggregated: [
      model.pool === null
        ? "No subnets, no people: only what mints and recycles TAO."
        : "One subnet's pool: people are two daily flows, trades of a day are one sale and one purchase.",
    ],
    assumptions: pathAssumptions(loaded, model),
    screening: result.screened,
    timings: { paths_s: result.seconds.paths, quantiles_s: result.seconds.quantiles },
  });
}
