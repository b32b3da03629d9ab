/** The page of a run that begins before dTAO and goes past it: both eras in the same charts. */
import { LAST_ROOT_ERA_BLOCK } from "../../sim/bittensor/root-era/calendar.ts";
import { rootNetworkTable } from "../../sim/bittensor/root-era/tables.ts";
import { supplyTable } from "../../sim/bittensor/tables.ts";
import { dateTime, integer, tao } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { judgeSections } from "../sections/judges.ts";
import {
  actionsSection,
  rolesSection,
  subnetsSection,
  supplySection,
} from "../sections/network.ts";
import { neuronSections } from "../sections/neurons.ts";
import { provenanceSection, readingSection, rulesSection } from "../sections/notes.ts";
import { subnetLifeSections } from "../sections/subnet-life.ts";
import { burnChart, lockCostChart, validatorSharesChart } from "./charts.ts";
import { isRootEraRun, rootTotals } from "./data.ts";
import { validatorsTable } from "./tables.ts";

/** Whether a run began before there were pools and ended with them. */
export const isCrossingRun = (run: RunData): boolean =>
  isRootEraRun(run) && Object.hasOwn(Object(run.manifest.scenario.completed), "dtao");

/** The last block without pools: the last that the network before was recorded at. */
const lastBefore = (run: RunData): number =>
  run.table(rootNetworkTable).column("block").numbers().at(-1) ?? LAST_ROOT_ERA_BLOCK;

export const crossingSections = (run: RunData): Section[] => [
  supplySection(run),
  switchSection(run),
  subnetsSection(run),
  beforeSection(run),
  ...subnetLifeSections(run),
  rolesSection(run),
  ...neuronSections(run),
  ...judgeSections(run),
  actionsSection(run),
  rulesSection(run),
  readingSection(run),
  provenanceSection(run),
];

function switchSection(run: RunData): Section {
  return {
    id: "switch",
    title: "The switch to pools",
    charts: [],
    body: html`<p>With block ${integer(lastBefore(run) + 1)} all stake became stake on root, and what root's validators weigh decides nothing any more: each subnet has a token with a pool, and its price average is its share. Nothing is lost on the way: what is issued stands in wallets, on root, in locks or in pools, to the rao.</p>
<div class="figures"><div class="card">${balanceTable(run) ?? html`<p class="nothing">The run recorded no supply.</p>`}</div></div>`,
  };
}

/** All TAO at the last record before the switch and the first after it; null without records. */
function balanceTable(run: RunData): Html | null {
  const supply = run.table(supplyTable);
  const blocks = supply.column("block").numbers();
  const last = lastBefore(run);
  const after = blocks.findIndex((block) => block > last);
  if (after < 1) return null;
  const network = run.table(rootNetworkTable);
  const locked = network.column("locked_rao").integers().at(-1) ?? 0n;
  const times = supply.column("time").numbers();
  const ends = [after - 1, after] as const;
  const amount = (column: string, row: number) => supply.column(column).cell(row) as bigint;
  const row = (name: string, column: string) => [
    name,
    ...ends.map((end) => tao(amount(column, end))),
  ];
  return dataTable({
    title: "Where all TAO stood",
    about: `Last record before the switch (${dateTime(times[ends[0]])}) and first after it (${dateTime(times[ends[1]])}).`,
    columns: [
      { title: "" },
      { title: `block ${integer(blocks[ends[0]])}`, isNumber: true },
      { title: `block ${integer(blocks[ends[1]])}`, isNumber: true },
    ],
    rows: [
      row("Staked; then on root", "root_stake_rao"),
      ["Locked by owners of subnets", tao(locked), tao(0n)],
      row("In pools", "pools_tao_rao"),
      row("In wallets", "free_rao"),
      row("Total issuance", "total_issuance_rao"),
    ],
  });
}

function beforeSection(run: RunData): Section {
  const charts = [validatorSharesChart(run), lockCostChart(run), burnChart(run)];
  const { subnetsRegistered, subnetsPruned, neuronsRegistered, unissuedRao } = rootTotals(run);
  return {
    id: "root-weights",
    title: "Before the switch: root weights, locks and places",
    charts,
    body: html`<p>Until then root's validators weighed subnets; ${tao(unissuedRao)} TAO that they weighed on root itself were emitted to nobody. ${integer(neuronsRegistered)} places in subnets were bought with TAO that is destroyed, ${integer(subnetsRegistered)} subnets were registered, and ${integer(subnetsPruned)} gave way.</p>
<div class="figures">${charts.map((chart) => figure(chart))}${validatorsTable(run)}</div>`,
  };
}
