/** One state's emission shares under several rule-sets, subnet by subnet. */
import type { TopLevelSpec } from "vega-lite";
import type { EmissionState } from "../lab/captures/emission-state.ts";
import { observedShares, type RuleShares } from "../lab/emission/compare-rules.ts";
import type { DrawnChart } from "./chart.ts";
import { legendOf, type Series, seriesColor } from "./charts/series.ts";
import { color, hues } from "./theme.ts";

const OBSERVED = "paid";
const SUBNETS = 24;

/** A point a rule and subnet, for the subnets that matter most under any of the rules. */
export function ruleComparisonChart(
  state: EmissionState,
  compared: readonly RuleShares[],
): DrawnChart {
  const observed = observedShares(state);
  const columns = [
    ...compared.map(({ rule, shares }) => ({ rule, shares })),
    ...(observed ? [{ rule: OBSERVED, shares: observed }] : []),
  ];
  const largest = state.subnets.map((_, i) => Math.max(...columns.map(({ shares }) => shares[i])));
  const top = [...largest.keys()].sort((a, b) => largest[b] - largest[a]).slice(0, SUBNETS);
  const labels = top.map((i) => labelOf(state, i));
  const rows = columns.flatMap(({ rule, shares }) =>
    top.map((i) => ({ rule, subnet: labelOf(state, i), share: shares[i] })),
  );
  const series: Series = {
    field: "rule",
    domain: columns.map(({ rule }) => rule),
    range: columns.map(({ rule }, i) => (rule === OBSERVED ? color("ink") : hues[i % hues.length])),
  };
  const spec: TopLevelSpec = {
    data: { name: "rules" },
    height: { step: 18 },
    mark: { type: "point", filled: true, size: 60 },
    encoding: {
      x: {
        field: "share",
        type: "quantitative",
        axis: { title: "share of TAO emission", format: ".1%" },
      },
      y: { field: "subnet", type: "nominal", sort: labels, axis: { title: null, grid: true } },
      color: seriesColor(series),
      shape: {
        condition: { test: `datum.rule === '${OBSERVED}'`, value: "diamond" },
        value: "circle",
      },
    },
  };
  return {
    id: "rule-comparison",
    title: `Emission shares at block ${state.block}`,
    subtitle: `The ${top.length} subnets with the largest share under any rule; "paid" is what the chain gave.`,
    legend: legendOf(series),
    spec,
    data: {
      rules: {
        rule: rows.map(({ rule }) => rule),
        subnet: rows.map(({ subnet }) => subnet),
        share: rows.map(({ share }) => share),
      },
    },
  };
}

export const labelOf = (state: EmissionState, index: number): string => {
  const { netuid, name } = state.subnets[index];
  return name ? `SN${netuid} ${name}` : `SN${netuid}`;
};
