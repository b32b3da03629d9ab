/** Sections of the page about a run before dTAO. */
import { emissionShareChart } from "../charts/emission-share.ts";
import { issuanceChart } from "../charts/issuance.ts";
import { shareByRankChart } from "../charts/share-by-rank.ts";
import { wealthChangeChart } from "../charts/wealth-change.ts";
import { wealthPartsChart } from "../charts/wealth-parts.ts";
import { integer } from "../format.ts";
import { html } from "../html.ts";
import { detailedNetuids } from "../neuron-grid.ts";
import { figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { settingsTableHtml } from "../sections/headline.ts";
import { actionsSection } from "../sections/network.ts";
import { neuronSections } from "../sections/neurons.ts";
import { provenanceSection, rulesSection } from "../sections/notes.ts";
import { runTotals } from "../totals.ts";
import { burnChart, emissionUseChart, lockCostChart, validatorSharesChart } from "./charts.ts";
import { rootTotals } from "./data.ts";
import { eraRewardsTable, eraSubnetsTable, eraSupplyTable, validatorsTable } from "./tables.ts";

export const rootEraSections = (run: RunData): Section[] => [
  weightsSection(run),
  supplySection(run),
  rolesSection(run),
  registrationSection(run),
  ...neuronSections(run),
  actionsSection(run),
  rulesSection(run),
  readingSection(run),
  provenanceSection(run),
];

function weightsSection(run: RunData): Section {
  const charts = [emissionShareChart(run), shareByRankChart(run), validatorSharesChart(run)];
  return {
    id: "root-weights",
    title: "Root weights and what subnets got",
    charts,
    body: html`<p>Root's validators weigh subnets by their stake; a sigmoid presses those that less than half of it weighs at all. Before there are root weights, a table of the operators stands in their place.</p>
<div class="figures">${charts.map((chart) => figure(chart))}${eraSubnetsTable(run)}${validatorsTable(run)}</div>`,
  };
}

function supplySection(run: RunData): Section {
  const charts = [issuanceChart(run), emissionUseChart(run)];
  const totals = runTotals(run);
  return {
    id: "supply",
    title: "Supply and emission",
    charts,
    body: html`<p>A block emits one TAO while fewer than 10,500,000 are issued. What root weighs on its own netuid is emitted to nobody, and a place in a subnet is paid with TAO that is destroyed: both put the halving off.</p>
<div class="figures">${charts.map((chart) => figure(chart))}${totals ? html`<div class="card">${eraSupplyTable(run, totals)}</div>` : null}<div class="card">${settingsTableHtml(run, detailedNetuids(run))}</div></div>`,
  };
}

function rolesSection(run: RunData): Section {
  const charts = [wealthChangeChart(run), wealthPartsChart(run)];
  const totals = runTotals(run);
  return {
    id: "roles",
    title: "Rewards and wealth by role",
    charts,
    body: html`<p>Everything is TAO: nothing is valued at a price.</p>
<div class="figures">${totals && totals.rewards.length > 0 ? html`<div class="card">${eraRewardsTable(totals)}</div>` : null}${charts.map((chart) => figure(chart))}</div>`,
  };
}

function registrationSection(run: RunData): Section {
  const charts = [lockCostChart(run), burnChart(run)];
  const { subnetsRegistered, subnetsPruned, neuronsRegistered } = rootTotals(run);
  return {
    id: "registration",
    title: "Places in subnets, and subnets",
    charts,
    body: html`<p>In this run ${integer(neuronsRegistered)} places in subnets were bought, ${integer(subnetsRegistered)} subnets were registered, and ${integer(subnetsPruned)} gave way.</p>
<div class="figures">${charts.map((chart) => figure(chart))}</div>`,
  };
}

const readingSection = ({ windows }: RunData): Section => ({
  id: "reading",
  title: "How to read this page",
  charts: [],
  body: html`<ul>
<li>This is a simulation: a consequence of the rules, the starting state and the agents' behaviours named here, not a forecast and no record of what happened.</li>
<li>Point at a mark for its numbers; click a name in a legend to bring it out (with shift: several; click beside the names to undo).</li>
<li>Amounts are TAO (1 TAO = 10⁹ rao), dates are UTC and follow the chain's real pace. The tables beside this page hold every amount exactly, in rao.</li>
<li>Charts over time have one step a ${windows.name}: flows are averaged over it and given per day of 7,200 blocks, states are those at its end.</li>
</ul>`,
});
