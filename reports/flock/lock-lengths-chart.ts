/** How long the locks are that people chose, beside the length that is reported. */
import { LOCK_BUCKET_DAYS, lockLengths } from "../../lab/measures/flock-locks.ts";
import { FLOCK_REPORTED } from "../../lab/measures/flock-reported.ts";
import type { Chart, DrawnChart } from "../chart.ts";
import { dimUnpicked, legendOf, pickParam, type Series, seriesColor } from "../charts/series.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";

const series: Series = {
  field: "who",
  domain: ["delegators", "nodes, validators, whales"],
  range: [color("c1"), color("c2")],
};

const NAME = "flock-locks";

/** FLOCK put into locks of each length, stacked by who locked it. */
export function lockLengthsChart(run: RunData): Chart {
  const words = {
    id: NAME,
    title: "Locks by length",
    subtitle: `FLOCK put into new locks over the run, by the length chosen, in steps of ${LOCK_BUCKET_DAYS} days. The line is the reported mean of ${FLOCK_REPORTED.meanLockDays} days.`,
  };
  const found = (["delegators", "others"] as const).map((who) =>
    lockLengths(run, Number.POSITIVE_INFINITY, who),
  );
  if (found.every((lengths) => lengths === null)) {
    return { ...words, nothing: "Nobody locked anything." };
  }
  const lows = new Map<number, number>();
  const rows = found.flatMap((lengths, i) =>
    (lengths?.buckets ?? []).map(({ fromDays, toDays, part }) => {
      const low = lows.get(fromDays) ?? 0;
      const amount = (part * (lengths?.flock ?? 0)) / 1e6;
      lows.set(fromDays, low + amount);
      return {
        ...{ from: fromDays - 1, to: toDays, length: `${fromDays} to ${toDays}` },
        ...{ who: series.domain[i], amount, low, high: low + amount },
      };
    }),
  );
  const frame = Object.fromEntries(
    Object.keys(rows[0]).map((key) => [key, rows.map((row) => row[key as keyof typeof row])]),
  );
  return { ...words, data: { [NAME]: frame }, legend: legendOf(series), spec: specOf() };
}

const specOf = () =>
  ({
    height: 240,
    data: { name: NAME },
    params: [pickParam],
    layer: [
      {
        mark: { type: "rect", stroke: color("card"), strokeWidth: 1 },
        encoding: {
          x: { field: "from", type: "quantitative", axis: { title: "days" } },
          x2: { field: "to" },
          y: {
            field: "low",
            type: "quantitative",
            axis: { title: "million FLOCK", format: ",~r" },
          },
          y2: { field: "high" },
          color: seriesColor(series),
          opacity: dimUnpicked(series),
          tooltip: [
            { field: "who", title: "who" },
            { field: "length", title: "days" },
            { field: "amount", type: "quantitative", title: "million FLOCK", format: ",.2f" },
          ],
        },
      },
      {
        mark: { type: "rule", color: color("ink"), strokeDash: [4, 3] },
        encoding: { x: { datum: FLOCK_REPORTED.meanLockDays, type: "quantitative" } },
      },
    ],
  }) as unknown as DrawnChart["spec"];
