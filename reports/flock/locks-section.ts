/** Locks: what holders chose, beside what is reported, and which assumption moves it. */

import { quantile } from "simple-statistics";
import { overridesOf } from "../../agents/flock/config.ts";
import { lockSensitivity } from "../../agents/flock/lock-sensitivity.ts";
import { delegatingHolders } from "../../agents/flock/population.ts";
import { flockParameters } from "../../sim/flock/parameters.ts";
import { flockOperatorsTable, flockSupplyTable } from "../../sim/flock/tables.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import { randomSource } from "../../sim/random.ts";
import { date, integer, percent } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { lockedShareChart, lockLengthsChart } from "./charts.ts";
import { flockConfigOf, nearestDay, numbersOf, rowsByDay } from "./data.ts";
import { REPORTED } from "./reported.ts";

export interface LockState {
  readonly day: number;
  readonly lockedShare: number;
  readonly meanLockDays: number;
}

/** Locks on the recorded day nearest to the one that the reports speak of; null without rows. */
export function locksAt(run: RunData, wantedDay: number): LockState | null {
  const days = numbersOf(run, flockSupplyTable, "day");
  const row = days.indexOf(nearestDay(days, wantedDay));
  if (row < 0) return null;
  return {
    day: days[row],
    lockedShare: numbersOf(run, flockSupplyTable, "locked_share")[row],
    meanLockDays: numbersOf(run, flockSupplyTable, "mean_lock_days")[row],
  };
}

export function locksSection(run: RunData): Section {
  const charts = [lockedShareChart(run), lockLengthsChart(run)];
  const middle = locksAt(run, REPORTED.midYearDay);
  return {
    id: "locks",
    title: "Locks",
    charts,
    body: html`<p>Everyone chooses a lock by what it should gain: the multiplier and the fee speak for long locks, and since a matured lock keeps its gmFLOCK, the fee is paid once by those who know. What speaks against is how soon and how suddenly people want their money, which nobody has measured. Nothing here is fitted to the reported figures.</p>
<div class="figures">${charts.map((chart) => figure(chart))}
<div class="card">${middle ? comparison(run, middle) : html`<p class="nothing">The run recorded no supply.</p>`}</div>
<div class="card wide">${sensitivityTable(run)}</div></div>`,
  };
}

function comparison(run: RunData, middle: LockState): Html {
  const last = locksAt(run, Number.MAX_SAFE_INTEGER) ?? middle;
  const { article } = REPORTED.sources;
  return dataTable({
    title: "Beside what is reported",
    about: `Reported: ${article}. Ours on the recorded day nearest to 30 June 2025, and on the last.`,
    columns: [
      { title: "" },
      { title: "reported", isNumber: true },
      { title: date(timeOfDay(middle.day)), isNumber: true },
      { title: date(timeOfDay(last.day)), isNumber: true },
    ],
    rows: [
      [
        "Locked, of circulating",
        percent(REPORTED.lockedShare),
        percent(middle.lockedShare),
        percent(last.lockedShare),
      ],
      [
        "Mean lock, days",
        integer(REPORTED.meanLockDays),
        integer(middle.meanLockDays),
        integer(last.meanLockDays),
      ],
    ],
  });
}

/** FLOCK that a delegated gmFLOCK earned in a day, after the fee: the median operator's display. */
function medianYield(run: RunData, claimFee: number): { day: number; daily: number } | null {
  const table = run.table(flockOperatorsTable);
  const byDay = rowsByDay(table);
  const day = nearestDay(byDay.keys(), REPORTED.midYearDay);
  const returns = table.column("daily_return").numbers();
  const shown = (byDay.get(day) ?? []).map((row) => returns[row]).filter((value) => value > 0);
  return shown.length === 0 ? null : { day, daily: (1 - claimFee) * quantile(shown, 0.5) };
}

function sensitivityTable(run: RunData): Html {
  const config = flockConfigOf(run);
  const parameters = flockParameters(overridesOf(config.parameters));
  const shown = medianYield(run, parameters.arena.delegatorClaimFee);
  if (!shown) return html`<p class="nothing">No operator showed a yield.</p>`;
  const holders = delegatingHolders(config, randomSource(run.manifest.seed));
  return dataTable({
    title: "What moves the choice",
    about: `The run's ${integer(holders.length)} delegators choose anew, one assumption changed at a time, at the yield shown on ${date(timeOfDay(shown.day))}: ${percent(365 * shown.daily)} a year for a gmFLOCK, after the fee. Prices and yields do not react here.`,
    columns: [
      { title: "" },
      { title: "mean lock, days", isNumber: true },
      { title: "would lock", isNumber: true },
      { title: "under 90 days", isNumber: true },
      { title: "the longest", isNumber: true },
    ],
    rows: lockSensitivity(holders, shown.daily, parameters.gmflock).map(({ name, outlook }) => [
      name,
      integer(outlook.meanLockDays),
      percent(outlook.lockedShare),
      percent(outlook.shortShare),
      percent(outlook.longestShare),
    ]),
  });
}
