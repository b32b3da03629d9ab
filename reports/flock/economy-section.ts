/** Supply, rewards and the market of a FLock run, in charts and in a few numbers. */
import { gini } from "../../lab/measures/concentration.ts";
import { FLOCK_REPORTED } from "../../lab/measures/flock-reported.ts";
import { numbersOf, parametersOf, rowsByDay } from "../../lab/measures/flock-run.ts";
import { supplyOnDay } from "../../sim/flock/supply/supply.ts";
import {
  flockFlowsTable,
  flockMarketTable,
  flockOperatorsTable,
  flockRefusalsTable,
  flockSupplyTable,
} from "../../sim/flock/tables.ts";
import { integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { priceChart, rewardsChart, SELLERS, sellingChart, supplyChart } from "./charts.ts";

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

export function flockSupplySection(run: RunData): Section {
  const charts = [supplyChart(run), rewardsChart(run)];
  return {
    id: "tokens",
    title: "Supply and rewards",
    charts,
    body: html`<div class="figures">${charts.map((chart) => figure(chart))}
<div class="card wide">${circulatingTable(run)}</div>
<div class="card wide">${operatorsTable(run)}</div></div>`,
  };
}

/** The schedule alone, before any burn: what the allocations' defaults make of it. */
function circulatingTable(run: RunData): Html {
  const parameters = parametersOf(run);
  const rows = [1, 2].map((years, i) => {
    const { circulatingShare, emissionFlock, vestedFlock } = supplyOnDay(365 * years, parameters);
    return [
      `After ${years} ${years === 1 ? "year" : "years"}`,
      percent(FLOCK_REPORTED.circulatingAfterYears[i]),
      percent(circulatingShare),
      significant(emissionFlock / 1e6),
      significant(vestedFlock.airdrop / 1e6),
      significant(vestedFlock.treasury / 1e6),
      significant(vestedFlock.team_investors / 1e6),
    ];
  });
  return dataTable({
    title: "Circulating supply by the schedule",
    about: `Reported: ${FLOCK_REPORTED.sources.article}. Ours adds the staking emission to the allocations with their vesting, in millions, before burns and before rewards that are held back. Airdrop and treasury have no published unlocks: they are taken as liquid at the launch, and as linear over the 60 months of the emission. The difference to the reported shares is within what those two leave open.`,
    columns: [
      { title: "" },
      { title: "reported", isNumber: true },
      { title: "ours", isNumber: true },
      { title: "emission", isNumber: true },
      { title: "airdrop", isNumber: true },
      { title: "treasury", isNumber: true },
      { title: "team, investors", isNumber: true },
    ],
    rows,
  });
}

function operatorsTable(run: RunData): Html {
  const table = run.table(flockOperatorsTable);
  const byDay = rowsByDay(table);
  const last = [...byDay.keys()].at(-1);
  if (last === undefined) return html`<p class="nothing">The run recorded no operators.</p>`;
  const roles = table.column("role").texts();
  const column = (name: string) => table.column(name).numbers();
  const [own, delegated, sigma, reward] = ["own", "delegated", "sigma", "reward"].map(column);
  const of = (role: string) => (byDay.get(last) ?? []).filter((row) => roles[row] === role);
  const pick = (rows: readonly number[], values: Float64Array) => rows.map((row) => values[row]);
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return dataTable({
    title: "Nodes and validators on the last recorded day",
    about: "Stakes in million gmFLOCK. Gini of own stake: 0 is equal.",
    columns: [
      { title: "" },
      { title: "count", isNumber: true },
      { title: "own", isNumber: true },
      { title: "delegated", isNumber: true },
      { title: "reward, FLOCK", isNumber: true },
      { title: "median sigma", isNumber: true },
      { title: "Gini", isNumber: true },
    ],
    rows: ["node", "validator"]
      .map((role) => ({ role, rows: of(role) }))
      .filter(({ rows }) => rows.length > 0)
      .map(({ role, rows }) => [
        role === "node" ? "training nodes" : "validators",
        integer(rows.length),
        significant(sum(pick(rows, own)) / 1e6),
        significant(sum(pick(rows, delegated)) / 1e6),
        integer(sum(pick(rows, reward))),
        significant(middle(pick(rows, sigma))),
        significant(gini(pick(rows, own))),
      ]),
  });
}

export function flockMarketSection(run: RunData): Section {
  const charts = [priceChart(run), sellingChart(run)];
  return {
    id: "trade",
    title: "Market and fees",
    charts,
    body: html`<div class="figures">${charts.map((chart) => figure(chart))}
<div class="card">${sellersTable(run)}</div>
<div class="card">${feesTable(run)}</div></div>`,
  };
}

function sellersTable(run: RunData): Html {
  const emission = sum(numbersOf(run, flockSupplyTable, "emission"));
  const rows = SELLERS.map(([name, column]) => ({
    name,
    sold: sum(numbersOf(run, flockMarketTable, column)),
  }));
  const bought = sum(numbersOf(run, flockMarketTable, "bought_back"));
  const row = (name: string, flock: number) => [
    name,
    integer(flock),
    emission > 0 ? percent(flock / emission) : "",
  ];
  return dataTable({
    title: "Sold over the run",
    about: "FLOCK, and of the emission of the run.",
    columns: [
      { title: "" },
      { title: "FLOCK", isNumber: true },
      { title: "of emission", isNumber: true },
    ],
    rows: [
      ...rows.map(({ name, sold }) => row(name, sold)),
      row("bought back with revenue", bought),
    ],
  });
}

function feesTable(run: RunData): Html {
  const fees = numbersOf(run, flockSupplyTable, "fees_total").at(-1) ?? 0;
  const emission = sum(numbersOf(run, flockSupplyTable, "emission"));
  const days = run.table(flockSupplyTable).rows;
  return dataTable({
    title: "Fees",
    about: `Reported: ${FLOCK_REPORTED.sources.rating}.`,
    columns: [
      { title: "" },
      { title: "reported", isNumber: true },
      { title: "ours", isNumber: true },
    ],
    rows: [
      [
        "All fees, of the emission",
        percent(FLOCK_REPORTED.feeShareOfEmission),
        emission > 0 ? percent(fees / emission) : "",
      ],
      [
        "A month of 30.4 days, FLOCK",
        integer(FLOCK_REPORTED.fees10Months / 10),
        days > 0 ? integer((fees / days) * 30.4) : "",
      ],
    ],
  });
}

/** Every movement of the run by its reason: conservation, readable. */
export function booksSection(run: RunData): Section {
  return {
    id: "books",
    title: "The books",
    charts: [],
    body: html`<p>Every day the accounts of FLOCK, gmFLOCK and USD are added up and compared with what each contract says it owes; a day on which they differ stops the run.</p>
<div class="figures"><div class="card">${flowsTable(run)}</div><div class="card">${refusalsTable(run)}</div></div>`,
  };
}

function flowsTable(run: RunData): Html {
  const table = run.table(flockFlowsTable);
  const assets = table.column("asset").texts();
  const amounts = table.column("amount").numbers();
  const movements = table.column("movements").numbers();
  const totals = new Map<
    string,
    { asset: string; reason: string; amount: number; count: number }
  >();
  for (const [row, reason] of table.column("reason").texts().entries()) {
    const key = `${assets[row]}/${reason}`;
    const total = totals.get(key) ?? { asset: assets[row], reason, amount: 0, count: 0 };
    total.amount += amounts[row];
    total.count += movements[row];
    totals.set(key, total);
  }
  return dataTable({
    title: "Movements by reason",
    about: "Sums over the run.",
    columns: [
      { title: "reason" },
      { title: "asset" },
      { title: "amount", isNumber: true },
      { title: "movements", isNumber: true },
    ],
    rows: [...totals.values()]
      .sort((a, b) => (a.asset === b.asset ? b.amount - a.amount : a.asset < b.asset ? -1 : 1))
      .map(({ asset, reason, amount, count }) => [reason, asset, integer(amount), integer(count)]),
  });
}

function refusalsTable(run: RunData): Html {
  const table = run.table(flockRefusalsTable);
  const counts = table.column("count").numbers();
  const totals = new Map<string, number>();
  for (const [row, action] of table.column("action").texts().entries()) {
    totals.set(action, (totals.get(action) ?? 0) + counts[row]);
  }
  if (totals.size === 0) return html`<p class="nothing">The contracts refused nothing.</p>`;
  return dataTable({
    title: "Refused",
    about: "What agents wanted, and the reason for which a contract refused it.",
    columns: [{ title: "action and reason" }, { title: "how often", isNumber: true }],
    rows: [...totals]
      .sort((a, b) => b[1] - a[1])
      .map(([action, count]) => [action, integer(count)]),
  });
}
