/** One section for each subnet on which neurons registered: prices, costs, and who gave way. */
import { registrationCountsChart } from "../charts/registration-counts.ts";
import { registrationPriceChart } from "../charts/registration-price.ts";
import { integer, significant } from "../format.ts";
import { html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import {
  type RoleSum,
  registeringNetuids,
  registrationRows,
  sumsByRole,
} from "../registrations.ts";
import type { RunData } from "../run-data.ts";

export const registrationSections = (run: RunData): Section[] =>
  registeringNetuids(run).map((netuid) => registrationSection(run, netuid));

function registrationSection(run: RunData, netuid: number): Section {
  const rows = registrationRows(run, netuid);
  const sums = sumsByRole(rows);
  const charts = [registrationPriceChart(run, netuid), registrationCountsChart(run, netuid)];
  const paidTao = rows.reduce((sum, { costTao }) => sum + costTao, 0);
  return {
    id: `registrations-${netuid}`,
    title: `Subnet ${run.subnetLabel(netuid)}: who came, and who gave way`,
    charts,
    body: html`<p>${integer(rows.length)} neurons registered and paid ${significant(paidTao)} TAO. What they paid bought alpha, which was recycled; on a full subnet each took the place of the neuron that had earned least.</p>
<div class="figures">${charts.map((chart) => figure(chart))}</div>
<div class="card wide">${costTable(sums)}${placesTable(sums)}</div>`,
  };
}

const number = (title: string) => ({ title, isNumber: true });

const costTable = (sums: readonly RoleSum[]) =>
  dataTable({
    title: "What registering has cost",
    about:
      "By the role of the agent that paid. Earning neurons are those that their last epoch had paid something.",
    columns: [
      { title: "role" },
      ...[
        "registrations",
        "TAO paid",
        "TAO each",
        "alpha recycled",
        "earning neurons replaced",
      ].map(number),
    ],
    rows: sums.map(({ role, count, costTao, recycledAlpha, earningReplaced }) => [
      role,
      integer(count),
      significant(costTao),
      significant(costTao / count),
      significant(recycledAlpha),
      integer(earningReplaced),
    ]),
  });

function placesTable(sums: readonly RoleSum[]) {
  const gaveWay = [...new Set(sums.flatMap(({ replaced }) => [...replaced.keys()]))].sort();
  return dataTable({
    title: "Whose place they took",
    about: "Registrations by the role of who came (rows) and of who gave way (columns).",
    columns: [
      { title: "came" },
      ...gaveWay.map((role) => number(role === "" ? "a free uid" : role)),
    ],
    rows: sums.map(({ role, replaced }) => [
      role,
      ...gaveWay.map((other) => integer(replaced.get(other) ?? 0)),
    ]),
  });
}
