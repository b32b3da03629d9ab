/** The head of the page: what was simulated, and the run in a few numbers. */
import { actionCounts } from "../action-counts.ts";
import { date, dateTime, integer, percent, significant, tao } from "../format.ts";
import { nextHalving } from "../halving.ts";
import { type Html, html } from "../html.ts";
import { dataTable } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { emissionTotals } from "../top-subnets.ts";
import { type RunTotals, runTotals } from "../totals.ts";

export function headline(run: RunData): Html {
  const { scenario, span, seed, program } = run.manifest;
  const totals = runTotals(run);
  return html`<p class="eyebrow">hivelab ${program.version} · scenario ${scenario.name} · seed ${seed}</p>
<h1>${scenario.title}</h1>
<p class="deck">A simulation of <b>${spanLength(run)}</b>, block by block: from <b>${date(span.from_time)}</b> (block ${integer(span.from_block)}) to <b>${date(span.to_time)}</b> (block ${integer(span.to_block)}).</p>
${totals ? tiles(run, totals) : null}`;
}

function spanLength(run: RunData): string {
  const { from_time, to_time } = run.manifest.span;
  const hours = (Date.parse(to_time) - Date.parse(from_time)) / 3_600_000;
  return hours >= 48 ? `${significant(hours / 24)} days` : `${significant(hours)} hours`;
}

function tiles(run: RunData, totals: RunTotals): Html {
  const { actions } = actionCounts(run);
  const asked = actions.reduce((sum, { applied, refused }) => sum + applied + refused, 0);
  const refused = actions.reduce((sum, entry) => sum + entry.refused, 0);
  const subnets = emissionTotals(run);
  const paid = subnets.filter(([, received]) => received > 0).length;
  const endTime = Date.parse(run.manifest.span.to_time);
  const halving = nextHalving(totals.issuanceRao, endTime, totals.growthTaoPerDay);
  const all = [
    ["TAO issued at the end", tao(totals.issuanceRao), `+${integer(totals.growthTaoPerDay)} a day`],
    halving
      ? [
          "Next halving, at this pace",
          date(halving.time),
          `when ${integer(halving.thresholdTao)} TAO are issued`,
        ]
      : ["Next halving", "not in sight", "issuance does not grow"],
    ["Subnets with TAO emission", `${paid} of ${subnets.length}`, "in any block of the run"],
    [
      "Actions of agents",
      integer(asked),
      asked > 0 ? `${integer(refused)} refused (${percent(refused / asked)})` : "none",
    ],
  ];
  return html`<dl class="tiles">${all.map(
    ([title, value, note]) =>
      html`<div class="tile"><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>`;
}

/** The summary table, in TAO. */
export function summaryTable(run: RunData): Html | null {
  const totals = runTotals(run);
  if (!totals) return null;
  const perDay = (rao: bigint) =>
    totals.days > 0 ? tao(BigInt(Math.round(Number(rao) / totals.days))) : "";
  const flow = (name: string, rao: bigint) => [name, tao(rao), perDay(rao)];
  const state = (name: string, rao: bigint) => [name, tao(rao), ""];
  return dataTable({
    title: "The run in TAO",
    about: `Sums over ${spanLength(run)}, and amounts at block ${integer(run.manifest.span.to_block)} (${dateTime(run.manifest.span.to_time)}).`,
    columns: [
      { title: "" },
      { title: "TAO", isNumber: true },
      { title: "TAO per day", isNumber: true },
    ],
    rows: [
      flow("Minted", totals.mintedRao),
      flow("\u2002of it put into pools with alpha", totals.injectedRao),
      flow("\u2002of it spent on alpha by the chain", totals.chainBuysRao),
      flow("Recycled (taken off the issuance)", totals.recycledRao),
      ...totals.rewards.map(({ role, valueRao }) =>
        flow(
          `Paid to ${role}, alpha at spot prices`.replace("to burned", "to nobody (burned)"),
          valueRao,
        ),
      ),
      state("Total issuance at the end", totals.issuanceRao),
      state("Staked on root at the end", totals.rootStakeRao),
      state("In subnet pools at the end", totals.poolsTaoRao),
    ],
  });
}
