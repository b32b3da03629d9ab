/** An ensemble as a run folder: bands and spreads as tables, manifest and page. */
import { defineTable } from "../../sim/records.ts";
import type { Manifest } from "../manifest.ts";
import { openRun } from "../run-folder.ts";
import { quantileCells, quantileColumns } from "./quantile-columns.ts";
import type { Spread } from "./quantiles.ts";
import type { Ensemble } from "./run.ts";

const spreadColumns = [
  ["runs", "u32", "", "runs that have a value"],
  ["mean", "f64", "", "mean of the runs, in the column's own unit"],
  ["mean_error", "f64", "", "its standard error: how far chance may have moved it"],
  ...quantileColumns("runs"),
] as const;

export const bandsTable = defineTable("bands", "Spread of a series over time, one row a moment.", [
  ["series", "text", "", "table.column, with the rows that were picked"],
  ["unit", "text", "", "unit of the column"],
  ["time", "time", "ms UTC", "the moment"],
  ...spreadColumns,
]);

export const outcomeSpreadsTable = defineTable(
  "outcome_spreads",
  "Spread of the runs' outcomes, one row an outcome.",
  [["outcome", "text", "", "name"], ...spreadColumns],
);

const cellsOf = ({ count, mean, meanError, quantiles }: Spread): (number | null)[] => [
  ...[count, mean, Number.isNaN(meanError) ? null : meanError],
  ...quantileCells(quantiles),
];

/** Throws InputError where the folder holds something else. */
export async function writeEnsemble(
  { plan, bands, outcomes, sweep }: Ensemble,
  outDir: string,
  writeReport: (folder: string, manifest: Manifest) => void,
): Promise<{ dir: string; reportPath: string }> {
  const run = openRun(outDir, { tables: [bandsTable, outcomeSpreadsTable], writeReport });
  for (const { series, rows } of bands) {
    for (const { timeMs, spread } of rows) {
      run.sink.append(bandsTable, [series.name, series.unit, timeMs, ...cellsOf(spread)]);
    }
  }
  for (const { name, spread } of outcomes) {
    run.sink.append(outcomeSpreadsTable, [name, ...cellsOf(spread)]);
  }
  const times = bands.flatMap(({ rows }) => rows.map(({ timeMs }) => timeMs));
  const [from, to] = times.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)],
    [times[0] ?? 0, times[0] ?? 0],
  );
  const { definition } = plan;
  return run.finish({
    scenario: {
      name: plan.name.replace(/-sweep$/, ""),
      title: `${definition.title.replace(/, varied$/, "")}: ${sweep.counts.done} seeds`,
      completed: { plan: definition } as never,
    },
    seed: definition.seeds?.from ?? "",
    span: {
      ...{ from_block: 1, to_block: 1 },
      ...{ from_time: new Date(from).toISOString(), to_time: new Date(to).toISOString() },
    },
    rule_sets: [],
    data: [...definition.scenario.sources],
    arithmetic: "as in the runs; means and quantiles are doubles",
    aggregated: [],
    assumptions: [
      "Bands show chance within the scenario's assumptions, not whether these are right.",
      "Quantiles are those of the runs (linear between neighbours); their intervals are order " +
        "statistics, right for any distribution; that of the mean is its standard error.",
    ],
    timings: sweep.manifest?.timings ?? {},
  });
}
