/** Yields: what delegators earned, beside what is reported, and how it comes about. */
import { overridesOf } from "../../agents/flock/config.ts";
import { flockParameters } from "../../sim/flock/parameters.ts";
import { flockDelegatorsTable, flockFlowsTable, flockSupplyTable } from "../../sim/flock/tables.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import { date, integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { flockConfigOf, numbersOf, rowsByDay } from "./data.ts";
import { REPORTED } from "./reported.ts";
import { windowOf, type YieldWindow, yieldChart, yieldWindows } from "./yields.ts";

export function yieldsSection(run: RunData): Section {
  const { arena } = flockParameters(overridesOf(flockConfigOf(run).parameters));
  const windows = yieldWindows(run, arena.delegatorClaimFee);
  const chart = yieldChart(windows);
  const middle = windowOf(windows, REPORTED.midYearDay);
  return {
    id: "yields",
    title: "What delegators earn",
    charts: [chart],
    body: html`<p>${middle ? sentence(middle) : "The run is too short to say."}</p>
<div class="figures">${figure(chart)}
<div class="card">${middle ? derivation(run, middle, arena.delegatorClaimFee) : null}</div></div>`,
  };
}

function sentence({ fromDay, toDay, low, middle, high, delegators }: YieldWindow): string {
  const [least, most] = REPORTED.delegatorApy;
  return `From ${date(timeOfDay(fromDay))} to ${date(timeOfDay(toDay))} half of ${integer(delegators)} delegators earned more than ${percent(middle)} a year on locked FLOCK, a tenth less than ${percent(low)}, a tenth more than ${percent(high)}. Reported for mid-2025: ${percent(least)} to ${percent(most)} (${REPORTED.sources.article}).`;
}

/** The steps from the emission to the mean yield. */
function derivation(run: RunData, window: YieldWindow, claimFee: number): Html {
  const { fromDay, toDay } = window;
  const days = toDay - fromDay;
  const within = (day: number) => day > fromDay && day <= toDay;
  const emission = sumWhere(run, within) / days;
  const shared = sharedFlow(run, within) / days;
  const locked = meanLocked(run, within);
  const theirs = delegatorsLocked(run, [fromDay, toDay]);
  const gross = (365 * emission) / locked;
  const net = (365 * shared * (1 - claimFee)) / theirs;
  const row = (name: string, value: string, how: string) => [
    html`${name}<small>${how}</small>`,
    value,
  ];
  return dataTable({
    title: "Where the yield comes from",
    about: `Means from ${date(timeOfDay(fromDay))} to ${date(timeOfDay(toDay))}.`,
    columns: [{ title: "" }, { title: "", isNumber: true }],
    rows: [
      row(
        "Emission, FLOCK a day",
        integer(emission),
        "309,157.68 at the launch, 1 % less every 30 mints, by default",
      ),
      row("Locked, million FLOCK", significant(locked / 1e6), "all roles"),
      row("Gross yield on locked FLOCK", percent(gross), "emission of a year over locked"),
      row(
        "Delegators' part of the emission",
        percent(shared / emission),
        "by stake, after sigma; what reached their pools",
      ),
      row("Delegators' part of what is locked", percent(theirs / locked), "their own locks"),
      row("Claim fee", percent(claimFee), "taken when they claim"),
      row(
        "Mean yield of delegators",
        percent(net),
        "gross x part of the emission / part of the locks x (1 - fee)",
      ),
    ],
  });
}

function sumWhere(run: RunData, within: (day: number) => boolean): number {
  const days = numbersOf(run, flockSupplyTable, "day");
  const values = numbersOf(run, flockSupplyTable, "emission");
  return values.reduce((sum, value, row) => (within(days[row]) ? sum + value : sum), 0);
}

function meanLocked(run: RunData, within: (day: number) => boolean): number {
  const days = numbersOf(run, flockSupplyTable, "day");
  const rows = [...days.keys()].filter((row) => within(days[row]));
  const values = numbersOf(run, flockSupplyTable, "locked");
  return rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
}

/** What was put into delegation pools. */
const TO_POOLS = new Set(["delegators' arena reward", "locked reward to delegators"]);

function sharedFlow(run: RunData, within: (day: number) => boolean): number {
  const table = run.table(flockFlowsTable);
  const days = table.column("day").numbers();
  const amounts = table.column("amount").numbers();
  return table
    .column("reason")
    .texts()
    .reduce(
      (sum, reason, row) => (TO_POOLS.has(reason) && within(days[row]) ? sum + amounts[row] : sum),
      0,
    );
}

/** Mean over the given days of what all delegators have locked. */
function delegatorsLocked(run: RunData, days: readonly number[]): number {
  const table = run.table(flockDelegatorsTable);
  const byDay = rowsByDay(table);
  const locked = table.column("locked").numbers();
  const totals = days.map((day) =>
    (byDay.get(day) ?? []).reduce((sum, row) => sum + locked[row], 0),
  );
  return totals.reduce((sum, total) => sum + total, 0) / totals.length;
}
