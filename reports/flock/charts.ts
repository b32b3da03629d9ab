/** Charts over the days of a FLock run: where the tokens are, what is locked, what is traded. */

import { numbersOf } from "../../lab/measures/flock-run.ts";
import { flockMarketTable, flockSupplyTable, flockTasksTable } from "../../sim/flock/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { dayLines, weekBars } from "./day-charts.ts";

const millions = { title: "million FLOCK", format: ",~r" } as const;

const inMillions = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => value / 1e6);

export function supplyChart(run: RunData): Chart {
  const words = {
    id: "flock-supply",
    title: "FLOCK in existence",
    subtitle:
      "At the end of each day. Circulating is what was minted, is not burned and is not held back as a reward; locked is the principal of gmFLOCK.",
  };
  if (run.table(flockSupplyTable).rows === 0)
    return { ...words, nothing: "The run recorded no supply." };
  const column = (name: string) => inMillions(numbersOf(run, flockSupplyTable, name));
  return {
    ...words,
    ...dayLines(run, {
      name: words.id,
      series: [
        ["circulating", column("circulating")],
        ["locked", column("locked")],
        ["gmFLOCK", column("gmflock")],
      ],
      axis: millions,
      format: ",.1f",
      unit: "million",
    }),
  };
}

export function lockedShareChart(run: RunData): Chart {
  const words = {
    id: "flock-locked-share",
    title: "Locked part of circulating FLOCK",
    subtitle: "Principal of open locks at the end of each day, of circulating FLOCK.",
  };
  if (run.table(flockSupplyTable).rows === 0)
    return { ...words, nothing: "The run recorded no supply." };
  return {
    ...words,
    ...dayLines(run, {
      name: words.id,
      series: [["locked share", numbersOf(run, flockSupplyTable, "locked_share")]],
      axis: { title: null, format: ".0%" },
      format: ".1%",
      unit: "locked",
    }),
  };
}

export function rewardsChart(run: RunData): Chart {
  const words = {
    id: "flock-rewards",
    title: "Rewards of AI Arena by role",
    subtitle:
      "FLOCK a day, averaged over each week: the two roles' part of the emission, delegators' share and locked rewards included.",
  };
  const supply = run.table(flockSupplyTable);
  const tasks = run.table(flockTasksTable);
  if (tasks.rows === 0 || supply.rows < 7)
    return { ...words, nothing: "The run recorded no tasks." };
  const place = new Map([...supply.column("day").numbers()].map((day, i) => [day, i]));
  const byDay = (name: string) => {
    const sums = new Float64Array(supply.rows);
    const values = tasks.column(name).numbers();
    for (const [row, day] of tasks.column("day").numbers().entries()) {
      sums[place.get(day) ?? 0] += values[row];
    }
    return sums;
  };
  return {
    ...words,
    ...weekBars(run, words.id, [
      ["training nodes", byDay("node_reward")],
      ["validators", byDay("validator_reward")],
    ]),
  };
}

export function priceChart(run: RunData): Chart {
  const words = {
    id: "flock-price",
    title: "Price of FLOCK",
    subtitle:
      "Of the pool at the end of each day, in USD, and what traders outside hold it to be worth.",
  };
  if (run.table(flockMarketTable).rows === 0)
    return { ...words, nothing: "The run recorded no market." };
  return {
    ...words,
    ...dayLines(run, {
      name: words.id,
      series: [
        ["pool", numbersOf(run, flockMarketTable, "price_usd")],
        ["outside", numbersOf(run, flockMarketTable, "outside_price_usd")],
      ],
      axis: { title: "USD", format: ".3~f" },
      format: ".4f",
      unit: "USD",
    }),
  };
}

export const SELLERS = [
  ["training nodes", "sold_nodes"],
  ["validators", "sold_validators"],
  ["delegators", "sold_delegators"],
  ["whales", "sold_whales"],
  ["researchers", "sold_researchers"],
  ["others", "sold_others"],
] as const;

export function sellingChart(run: RunData): Chart {
  const words = {
    id: "flock-selling",
    title: "FLOCK sold, by who sold it",
    subtitle: "A day, averaged over each week. What traders outside buy and sell is left out.",
  };
  if (run.table(flockMarketTable).rows < 7)
    return { ...words, nothing: "The run recorded less than a week." };
  return {
    ...words,
    ...weekBars(
      run,
      words.id,
      SELLERS.map(([name, column]) => [name, numbersOf(run, flockMarketTable, column)] as const),
    ),
  };
}
