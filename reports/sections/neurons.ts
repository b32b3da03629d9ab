/** One section for each subnet that was simulated neuron by neuron. */
import { concentrationChart } from "../charts/concentration.ts";
import { incentiveRanksChart } from "../charts/incentive-ranks.ts";
import { neuronHeatmapChart } from "../charts/neuron-heatmap.ts";
import { integer } from "../format.ts";
import { html } from "../html.ts";
import { detailedNetuids, neuronGrid } from "../neuron-grid.ts";
import { figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

export const neuronSections = (run: RunData): Section[] =>
  detailedNetuids(run).map((netuid) => neuronSection(run, netuid));

function neuronSection(run: RunData, netuid: number): Section {
  const incentive = neuronGrid(run, netuid, "incentive");
  const dividends = neuronGrid(run, netuid, "dividends");
  const heatmaps = [
    neuronHeatmapChart(netuid, "incentive", incentive),
    neuronHeatmapChart(netuid, "dividends", dividends),
  ];
  const others = [
    incentiveRanksChart(netuid, incentive),
    concentrationChart(netuid, "gini", incentive, dividends),
    concentrationChart(netuid, "nakamoto", incentive, dividends),
  ];
  return {
    id: `subnet-${netuid}`,
    title: `Subnet ${run.subnetLabel(netuid)}`,
    charts: [...heatmaps, ...others],
    body: html`<p>Simulated neuron by neuron: ${integer(incentive.uids.length)} neurons, ${integer(incentive.blocks.length)} epochs of the chain's consensus.</p>
<div class="figures">${heatmaps.map((chart) => figure(chart))}</div>
<div class="figures three">${others.map((chart) => figure(chart))}</div>`,
  };
}
