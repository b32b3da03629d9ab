/** The page of a sensitivity analysis: per outcome its measures with intervals, and how they settled. */
import type {
  Measure,
  OutcomeSensitivity,
  ParameterSensitivity,
  Sensitivity,
} from "../../lab/sensitivity/analyse.ts";
import { version } from "../../lab/version.ts";
import type { Chart } from "../chart.ts";
import { estimateChart, settlingChart } from "../charts/estimates.ts";
import { integer, measured } from "../format.ts";
import { html } from "../html.ts";
import type { Page } from "../page-shell.ts";
import { dataTable, figure, type Section } from "../parts.ts";

const titles: Readonly<Record<Measure, string>> = {
  first: "first order",
  total: "total",
  mu_star: "mu*",
  mu: "mu",
  sigma: "sigma",
  rank: "rank correlation",
};

/** The measure by which parameters are ordered, and whose settling is drawn. */
const leading = ({ kind }: Sensitivity): Measure =>
  ({ saltelli: "total", morris: "mu_star", given: "first" })[kind] as Measure;

const words = {
  saltelli: {
    title: "Sobol indices",
    block: "base points",
    axis: "part of the variance",
    about:
      "First order: the part of the outcome's variance that the parameter explains alone. Total: the part that would be gone if it were known, interactions included.",
  },
  morris: {
    title: "Morris measures",
    block: "trajectories",
    axis: "effect of the whole range",
    about:
      "mu*: mean size of the effect of moving the parameter through its range. mu: the same with its sign. sigma: how far the effect differs from place to place, by curvature or interactions.",
  },
  given: {
    title: "First-order indices and rank correlations",
    block: "points",
    axis: "part of the variance, or correlation",
    about:
      "First order: the part of the outcome's variance that the parameter explains alone, over bins of its values. Rank correlation: whether the outcome rises with the parameter (to 1) or falls (to -1). Interactions need a saltelli or morris design.",
  },
} as const;

export function sensitivityPage(analysis: Sensitivity): Page {
  const { kind, title, seeds, options } = analysis;
  const level = Math.round(100 * options.level);
  return {
    title: `${title}: sensitivity`,
    version,
    header: html`<h1>${title}</h1>
<p>${words[kind].title} of ${analysis.outcomes.map(({ outcome }) => outcome).join(", ")}. ${words[kind].about}</p>
<p>Outcomes are means over ${seeds} ${seeds === 1 ? "seed" : "seeds"}. Intervals hold ${level} % of ${integer(options.resamples)} bootstrap resamples of ${words[kind].block}, drawn with seed ${options.seed}.</p>`,
    sections: analysis.outcomes.map((one) => outcomeSection(analysis, one)),
  };
}

function outcomeSection(analysis: Sensitivity, one: OutcomeSensitivity): Section {
  const charts = outcomeCharts(analysis, one);
  return {
    id: `outcome-${one.outcome.replace(/_/g, "-")}`,
    title: one.outcome,
    charts,
    body: html`<div class="figures">${charts.map(figure)}<div class="card wide">${outcomeTable(analysis, one)}</div></div>`,
  };
}

/** Parameters by falling measure; those without any last. */
function byMeasure(parameters: readonly ParameterSensitivity[], measure: Measure) {
  const value = (one: ParameterSensitivity) => one.measures[measure]?.value ?? Number.NaN;
  return parameters.toSorted(
    (a, b) =>
      (Number.isNaN(value(b)) ? -Infinity : value(b)) -
        (Number.isNaN(value(a)) ? -Infinity : value(a)) || 0,
  );
}

export function outcomeCharts(analysis: Sensitivity, one: OutcomeSensitivity): Chart[] {
  const { kind } = analysis;
  const measure = leading(analysis);
  const id = one.outcome.replace(/_/g, "-");
  const left =
    one.missing > 0
      ? ` ${integer(one.missing)} more have no value (failed or rejected) and are left out.`
      : "";
  const parameters = byMeasure(one.parameters, measure);
  const rows = parameters.flatMap(({ parameter, measures }) =>
    Object.entries(measures).map(([name, estimate]) => ({
      name: parameter,
      measure: titles[name as Measure],
      ...estimate,
    })),
  );
  const finite = rows.filter(({ value }) => Number.isFinite(value));
  const about = `From ${integer(one.blocks)} ${words[kind].block}, with intervals.${left}`;
  const estimates = { id: `${id}-estimates`, title: words[kind].title, subtitle: about };
  const settling = {
    id: `${id}-settling`,
    title: `How ${titles[measure]} settled`,
    subtitle: `The same from the first ${words[kind].block} alone: what moves still, or is wide still, wants more of them.`,
  };
  if (finite.length === 0) {
    const nothing = "Too few runs have a value, or it never changes.";
    return [estimates, settling].map((chart) => ({ ...chart, nothing }));
  }
  const stages = one.convergence.flatMap((stage) =>
    byMeasure(stage.parameters, measure).map(({ parameter, measures }) => ({
      name: parameter,
      count: stage.blocks,
      ...measures[measure]!,
    })),
  );
  return [
    { ...estimates, ...estimateChart(estimates.id, words[kind].axis, finite) },
    {
      ...settling,
      ...settlingChart(settling.id, { x: words[kind].block, y: titles[measure] }, stages),
    },
  ];
}

function outcomeTable(analysis: Sensitivity, one: OutcomeSensitivity) {
  const measures = Object.keys(one.parameters[0]?.measures ?? {}) as Measure[];
  return dataTable({
    title: `${words[analysis.kind].title} of ${one.outcome}`,
    about: "Estimate, and its interval.",
    columns: [
      { title: "parameter" },
      ...measures.flatMap((measure) => [
        { title: titles[measure], isNumber: true },
        { title: "from ... to", isNumber: true },
      ]),
    ],
    rows: byMeasure(one.parameters, leading(analysis)).map(({ parameter, measures: own }) => [
      parameter,
      ...measures.flatMap((measure) => {
        const { value, low, high } = own[measure]!;
        return [measured(value), `${measured(low)} ... ${measured(high)}`];
      }),
    ]),
  });
}
