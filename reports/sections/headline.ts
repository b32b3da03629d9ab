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

/** Supply in numbers: flows over the run and amounts at its end. */
export function supplyTableHtml(run: RunData, totals: RunTotals): Html {
  const { to_block, to_time } = run.manifest.span;
  const flow = (name: string, rao: bigint, meaning: string) => [
    named(name, meaning),
    ...[tao(rao), perDay(rao, totals.days)],
  ];
  const state = (name: string, rao: bigint) => [named(name, "at the end of the run"), tao(rao), ""];
  return dataTable({
    title: "Supply in TAO",
    about: `Sums over ${spanLength(run)}; amounts at block ${integer(to_block)}, ${dateTime(to_time)}.`,
    columns: [
      { title: "" },
      { title: "TAO", isNumber: true },
      { title: "TAO per day", isNumber: true },
    ],
    rows: [
      flow("Minted", totals.mintedRao, "by the halving rule, every block"),
      flow(
        "Into pools with alpha",
        totals.injectedRao,
        "of the minted TAO, matched with new alpha",
      ),
      flow("Chain buys", totals.chainBuysRao, "of the minted TAO, spent on alpha from the pools"),
      flow("Recycled", totals.recycledRao, "fees and roundings, taken off the issuance"),
      state("Total issuance", totals.issuanceRao),
      state("Staked on root", totals.rootStakeRao),
      state("In subnet pools", totals.poolsTaoRao),
    ],
  });
}

const payees: Readonly<Record<string, string>> = {
  owner: "owners of subnets",
  miner: "miners, for incentive",
  validator: "validators, their take of the dividends",
  delegator: "alpha stakers, what the take leaves",
  root: "stakers on root",
  burned: "nobody: withheld from miners",
};

/** What each role was paid, valued in TAO. */
export function rewardsTableHtml(totals: RunTotals): Html {
  const sum = totals.rewards.reduce((all, { valueRao }) => all + valueRao, 0n);
  return dataTable({
    title: "Paid over the run, in TAO",
    about: "Alpha at the spot price of the moment when it was paid.",
    columns: [
      { title: "role" },
      { title: "TAO", isNumber: true },
      { title: "per day", isNumber: true },
      { title: "share", isNumber: true },
    ],
    rows: totals.rewards.map(({ role, valueRao }) => [
      named(role, payees[role] ?? ""),
      tao(valueRao),
      perDay(valueRao, totals.days),
      sum > 0n ? percent(Number(valueRao) / Number(sum)) : "",
    ]),
  });
}

const named = (name: string, meaning: string): Html => html`${name}<small>${meaning}</small>`;

/** What ran: the choices that a reader must know before any number. */
export function settingsTableHtml({ manifest, subnetLabel }: RunData, detailed: number[]): Html {
  const { scenario, seed, span, rule_sets, bent_rules, arithmetic } = manifest;
  const rows: [string, string | Html][] = [
    ["Scenario", html`${scenario.title} (<code>${scenario.name}</code>)`],
    ["Seed", html`<code>${seed}</code>`],
    ["From", `block ${integer(span.from_block)}, ${dateTime(span.from_time)}`],
    ["To", `block ${integer(span.to_block)}, ${dateTime(span.to_time)}`],
    ["Rules in force", rule_sets.map((r) => `${r.title} (${date(r.in_force_from)})`).join("; ")],
    ...(bent_rules ?? []).map((note): [string, string] => ["Rule moved", note]),
    ["Arithmetic", arithmetic],
    [
      "Neuron by neuron",
      detailed.length > 0 ? `subnet ${detailed.map(subnetLabel).join(", ")}` : "no subnet",
    ],
  ];
  return dataTable({
    title: "What ran",
    about: "The whole scenario stands at the end of the page.",
    columns: [{ title: "" }, { title: "" }],
    rows,
  });
}

const perDay = (rao: bigint, days: number): string =>
  days > 0 ? tao(BigInt(Math.round(Number(rao) / days))) : "";
