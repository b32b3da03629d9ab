/** The sections on the whole network: supply, subnets, roles and actions. */
import { actionCounts } from "../action-counts.ts";
import { actionsChart } from "../charts/actions.ts";
import { emissionFlowsChart } from "../charts/emission-flows.ts";
import { emissionShareChart } from "../charts/emission-share.ts";
import { issuanceChart } from "../charts/issuance.ts";
import { priceChangesChart } from "../charts/price-changes.ts";
import { pricesChart } from "../charts/prices.ts";
import { refusalsChart } from "../charts/refusals.ts";
import { rewardsByRoleChart } from "../charts/rewards-by-role.ts";
import { shareByRankChart } from "../charts/share-by-rank.ts";
import { wealthChangeChart } from "../charts/wealth-change.ts";
import { wealthPartsChart } from "../charts/wealth-parts.ts";
import { date, integer } from "../format.ts";
import { nextHalving } from "../halving.ts";
import { html } from "../html.ts";
import { detailedNetuids } from "../neuron-grid.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { runTotals } from "../totals.ts";
import { rewardsTableHtml, settingsTableHtml, supplyTableHtml } from "./headline.ts";
import { subnetsTables } from "./subnets-table.ts";

export function supplySection(run: RunData): Section {
  const charts = [issuanceChart(run), emissionFlowsChart(run)];
  const totals = runTotals(run);
  return {
    id: "supply",
    title: "Supply and emission",
    charts,
    body: html`<p>${halvingSentence(run)}</p>
<div class="figures">${charts.map((chart) => figure(chart))}${totals ? html`<div class="card">${supplyTableHtml(run, totals)}</div>` : null}<div class="card">${settingsTableHtml(run, detailedNetuids(run))}</div></div>`,
  };
}

function halvingSentence(run: RunData): string {
  const totals = runTotals(run);
  if (!totals) return "The run recorded no supply.";
  const end = Date.parse(run.manifest.span.to_time);
  const halving = nextHalving(totals.issuanceRao, end, totals.growthTaoPerDay);
  if (!halving) return "Issuance did not grow in this run, so no halving is in sight.";
  return `The emission halves by issuance, not by date: next at ${integer(halving.thresholdTao)} TAO. If issuance goes on growing by ${integer(totals.growthTaoPerDay)} TAO a day, as it did in this run, that is around ${date(halving.time)}; whatever is recycled puts it off.`;
}

export function subnetsSection(run: RunData): Section {
  const charts = [
    emissionShareChart(run),
    pricesChart(run),
    shareByRankChart(run),
    priceChangesChart(run),
  ];
  return {
    id: "subnets",
    title: "Prices and emission shares",
    charts,
    body: html`<p>A subnet bears the same colour in every chart of this section.</p>
<div class="figures">${charts.map((chart) => figure(chart))}${subnetsTables(run)}</div>`,
  };
}

export function rolesSection(run: RunData): Section {
  const charts = [rewardsByRoleChart(run), wealthChangeChart(run), wealthPartsChart(run)];
  const [rewards, change, parts] = charts;
  const totals = runTotals(run);
  const paid =
    totals && totals.rewards.length > 0
      ? html`<div class="card">${rewardsTableHtml(totals)}</div>`
      : null;
  return {
    id: "roles",
    title: "Rewards and wealth by role",
    charts,
    body: html`<p>Who is paid, and what they own in the end. Amounts of alpha are valued in TAO at the spot price of the moment; selling them all at once would fetch less.</p>
<div class="figures">${figure(rewards)}${paid}${figure(change)}${figure(parts)}</div>`,
  };
}

export function actionsSection(run: RunData): Section {
  const charts = [actionsChart(run), refusalsChart(run)];
  const { actions, refusals } = actionCounts(run);
  const counts = dataTable({
    title: "Actions",
    about: "As named on the chain.",
    columns: ["action", "applied", "refused"].map((title, i) => ({ title, isNumber: i > 0 })),
    rows: actions.map(({ action, applied, refused }) => [
      html`<code>${action}</code>`,
      integer(applied),
      integer(refused),
    ]),
  });
  const reasons = dataTable({
    title: "Refusals",
    about: "By the chain's own error name.",
    columns: [{ title: "reason" }, { title: "action" }, { title: "count", isNumber: true }],
    rows: refusals.map(({ refusal, action, count }) => [
      html`<code>${refusal}</code>`,
      html`<code>${action}</code>`,
      integer(count),
    ]),
  });
  const tables =
    actions.length > 0
      ? html`<div class="card">${counts}</div>${refusals.length > 0 ? html`<div class="card">${reasons}</div>` : null}`
      : null;
  return {
    id: "asked",
    title: "Actions and refusals",
    charts,
    body: html`<p>Agents ask, the chain answers. A refusal changes nothing, and is recorded with the chain's own reason.</p>
<div class="figures">${charts.map((chart) => figure(chart))}${tables}</div>`,
  };
}
