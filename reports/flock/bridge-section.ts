/** Two economies: what FLock's subnet spares the FLOCK market, day by day. */

import { numbersOf } from "../../lab/measures/flock-run.ts";
import { flockBridgeTable } from "../../sim/flock/tables.ts";
import type { Chart } from "../chart.ts";
import { integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { dayLines } from "./day-charts.ts";

const column = (run: RunData, name: string) => numbersOf(run, flockBridgeTable, name);
const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** Present where the run had a chain beside FLock. */
export function bridgeSections(run: RunData): Section[] {
  if (run.table(flockBridgeTable).rows === 0) return [];
  const charts = [soldChart(run), priceChart(run)];
  return [
    {
      id: "bridge",
      title: "Research paid by a subnet",
      charts,
      body: html`<p>FLock's subnet pays its miners in alpha. Beside it runs a twin of FLock without the subnet, with the same people and seed, which pays for the same research in FLOCK out of its treasury. The difference between the two is what the subnet spares the FLOCK market; in its place alpha is sold.</p>
<div class="figures">${charts.map((chart) => figure(chart))}<div class="card wide">${totals(run)}</div></div>`,
    },
  ];
}

const soldChart = (run: RunData): Chart => ({
  id: "bridge-sold",
  title: "FLOCK sold by people",
  subtitle: "A day, everyone in the simulation; outside traders left out.",
  ...dayLines(run, {
    name: "bridge-sold",
    series: [
      ["with the subnet", column(run, "sold_with")],
      ["without", column(run, "sold_without")],
    ],
    axis: { title: "FLOCK a day", format: "~s" },
    format: ",.0f",
    unit: "FLOCK",
  }),
});

const priceChart = (run: RunData): Chart => ({
  id: "bridge-price",
  title: "Price of FLOCK, with and without",
  subtitle: "Of the pool at the end of each day, in USD. The axis does not start at zero.",
  ...dayLines(run, {
    name: "bridge-price",
    series: [
      ["with the subnet", column(run, "price_with_usd")],
      ["without", column(run, "price_without_usd")],
    ],
    axis: { title: "USD", format: ".3~f" },
    scale: { zero: false },
    format: ".4f",
    unit: "USD",
  }),
});

function totals(run: RunData): Html {
  const sum = (name: string) => total(column(run, name));
  const days = run.table(flockBridgeTable).rows;
  const [soldWith, soldWithout] = [sum("sold_with"), sum("sold_without")];
  const last = (name: string) => column(run, name)[days - 1];
  const row = (name: string, value: string, how: string) => [
    html`${name}<small>${how}</small>`,
    value,
  ];
  return dataTable({
    title: "The comparison in numbers",
    about: `Sums over ${integer(days)} days.`,
    columns: [{ title: "" }, { title: "", isNumber: true }],
    rows: [
      row(
        "Alpha paid to miners",
        integer(sum("miner_alpha")),
        "the subnet's price for the research",
      ),
      row("The same in USD", integer(sum("research_usd")), "at each day's prices"),
      row(
        "Alpha sold by miners",
        integer(sum("alpha_sold")),
        `for ${significant(sum("alpha_sold_tao"))} TAO`,
      ),
      row("FLOCK paid in the twin", integer(sum("flock_paid_without")), "for the same research"),
      row("FLOCK sold, without the subnet", integer(soldWithout), "by everyone in the twin"),
      row("FLOCK sold, with the subnet", integer(soldWith), "by everyone"),
      row(
        "Selling spared",
        soldWithout > 0 ? percent(1 - soldWith / soldWithout) : "",
        `${integer((soldWithout - soldWith) / days)} FLOCK a day`,
      ),
      row(
        "Price at the end",
        `${significant(last("price_with_usd"))} against ${significant(last("price_without_usd"))} USD`,
        "with and without the subnet",
      ),
      row(
        "FLOCK bought with the owner's share",
        integer(sum("flock_bought")),
        `of ${significant(sum("owner_tao"))} TAO`,
      ),
    ],
  });
}
