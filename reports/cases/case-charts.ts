/** Charts of a case: one a version and measure, all versions of a measure on one scale. */
import { type CaseRun, paid } from "../../lab/cases/run.ts";
import type { Chart } from "../chart.ts";
import { frameOf, lines, type Series } from "../charts/series.ts";
import { color, hues } from "../theme.ts";

export interface CaseMeasure {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly who: "validator" | "server";
  readonly format: string;
  readonly axis: string;
  /** null where there is no such number. */
  value(version: CaseRun["versions"][number], epoch: number, who: number): number | null;
}

export const measuresOf = (run: CaseRun, emission: number): CaseMeasure[] => [
  {
    id: "dividends",
    title: "Dividends",
    about: "Share of all dividends, by validator.",
    ...{ who: "validator", format: ".3~%", axis: "share" },
    value: ({ results }, epoch, v) => results[epoch].dividends[v],
  },
  {
    id: "relative",
    title: "Dividends for stake",
    about: "Alpha an epoch per 1,000 TAO of stake.",
    ...{ who: "validator", format: ".3~f", axis: "alpha per 1,000 TAO" },
    value: ({ results }, epoch, v) => paid(run, results, emission, [epoch, v]).perThousandTao,
  },
  {
    id: "incentive",
    title: "Incentive",
    about: "Share of all incentive, by server.",
    ...{ who: "server", format: ".3~%", axis: "share" },
    value: ({ results }, epoch, s) => results[epoch].incentive[s],
  },
];

const MOST_SHOWN = hues.length;

/** The positions of those with most over all versions and epochs, in their own order. */
function leading(run: CaseRun, who: CaseMeasure["who"]): number[] {
  const names = who === "validator" ? run.validators : run.servers;
  const field = who === "validator" ? "dividends" : "incentive";
  const sums = names.map((_, k) =>
    run.versions.reduce(
      (sum, { results }) => results.reduce((inner, result) => inner + result[field][k], sum),
      0,
    ),
  );
  return [...names.keys()]
    .sort((a, b) => sums[b] - sums[a] || a - b)
    .slice(0, MOST_SHOWN)
    .sort((a, b) => a - b);
}

/** One chart a version, all with the same scale. */
export function measureCharts(run: CaseRun, measure: CaseMeasure): Chart[] {
  const names = measure.who === "validator" ? run.validators : run.servers;
  const shown = leading(run, measure.who);
  const series: Series = {
    field: measure.who,
    domain: shown.map((k) => names[k]),
    range: shown.map((_, i) => hues[i]),
  };
  const rowsOf = (version: CaseRun["versions"][number]) =>
    shown.flatMap((k) =>
      version.results.map((_, epoch) => ({
        [measure.who]: names[k],
        epoch,
        value: measure.value(version, epoch, k),
      })),
    );
  const all = run.versions.map(rowsOf);
  const top = Math.max(...all.flat().map(({ value }) => Number(value ?? 0)));
  const some =
    shown.length < names.length ? ` The ${shown.length} of ${names.length} with most.` : "";
  return run.versions.map((version, k) => {
    const id = `${measure.id}-${version.name}`;
    return {
      id,
      title: `${measure.title}: ${version.name}`,
      subtitle: `${measure.about}${some}`,
      ...lines({
        name: id,
        series,
        rows: all[k],
        x: epochAxis(run),
        y: {
          field: "value",
          scale: { domain: [0, top === 0 ? 1 : top * 1.05] },
          axis: { format: measure.format, title: measure.axis },
        },
        tooltip: [
          { field: "epoch" },
          { field: "value", title: measure.axis, format: measure.format, type: "quantitative" },
        ],
        height: 220,
      }),
    };
  });
}

const epochAxis = ({ epochs }: CaseRun) => ({
  field: "epoch",
  type: "quantitative",
  scale: { domain: [0, Math.max(1, epochs - 1)], nice: false },
  axis: { title: "epoch", format: "d", tickCount: Math.min(10, epochs), tickMinStep: 1 },
});

/** Bonds of the pairs with most over the epochs; each version has its own scale of bonds. */
export function bondsChart(run: CaseRun, version: CaseRun["versions"][number]): Chart {
  const pairs = run.validators
    .flatMap((validator, v) =>
      run.servers.map((server, s) => ({
        name: `${validator} in ${server}`,
        bonds: version.results.map(({ bonds }) => bonds[v][s]),
      })),
    )
    .map((pair) => ({ ...pair, sum: pair.bonds.reduce((sum, bond) => sum + bond, 0) }))
    .filter(({ sum }) => sum > 0);
  const shown = pairs.toSorted((a, b) => b.sum - a.sum).slice(0, MOST_PAIRS);
  const id = `bonds-${version.name}`;
  const words = {
    id,
    title: `Bonds: ${version.name}`,
    subtitle: `Who holds how much of whom after each epoch. ${
      shown.length < pairs.length ? `The ${shown.length} of ${pairs.length} pairs with most.` : ""
    }`.trim(),
  };
  if (shown.length === 0) return { ...words, nothing: "Nobody holds any bond." };
  const rows = shown.flatMap(({ name, bonds }) =>
    bonds.map((bond, epoch) => ({ pair: name, epoch, bond })),
  );
  return {
    ...words,
    data: { [id]: frameOf(rows) },
    spec: {
      height: Math.max(80, shown.length * 18 + 20),
      data: { name: id },
      mark: { type: "rect", color: color("c2") },
      encoding: {
        x: {
          ...{ field: "epoch", type: "ordinal" },
          axis: { title: "epoch", labelAngle: 0, labelOverlap: true, ticks: false, domain: false },
        },
        y: {
          ...{ field: "pair", type: "ordinal", sort: shown.map(({ name }) => name) },
          axis: { title: null, ticks: false, domain: false },
        },
        opacity: {
          ...{ field: "bond", type: "quantitative" },
          scale: { range: [0.04, 1], zero: true },
          legend: { title: "bond", orient: "top", tickCount: 4 },
        },
        tooltip: [
          { field: "pair" },
          { field: "epoch" },
          { field: "bond", type: "quantitative", format: ".4f" },
        ],
      },
    },
  };
}

const MOST_PAIRS = 24;
