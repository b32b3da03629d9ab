/** Locks: what holders chose, beside what is reported, and which assumption moves it. */
import {
  LOCK_QUANTILES,
  type LockLengths,
  lockLengths,
  lockStates,
  sensitivityOf,
} from "../../lab/measures/flock-locks.ts";
import { FLOCK_REPORTED } from "../../lab/measures/flock-reported.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import { date, integer, percent } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { lockedShareChart } from "./charts.ts";
import { lockLengthsChart } from "./lock-lengths-chart.ts";

export function locksSection(run: RunData): Section {
  const charts = [lockedShareChart(run), lockLengthsChart(run)];
  return {
    id: "locks",
    title: "Locks",
    charts,
    body: html`<p>Everyone chooses a lock by what it should gain: the multiplier and the fee speak for long locks, and since a matured lock keeps its gmFLOCK, the fee is paid once by those who know. What speaks against is how soon and how suddenly people want their money, which nobody has measured. Nothing here is fitted to the reported figures.</p>
<div class="figures">${charts.map((chart) => figure(chart))}
<div class="card wide">${comparison(run)}</div>
<div class="card wide">${sensitivityTable(run)}</div></div>`,
  };
}

const days = (lengths: LockLengths | null, pick: (lengths: LockLengths) => number): string =>
  lengths ? integer(pick(lengths)) : "";

function comparison(run: RunData): Html {
  const states = lockStates(run);
  if (!states) return html`<p class="nothing">The run recorded no supply.</p>`;
  const columns = [states.compared, states.last]
    .filter(({ day }, i, all) => i === 0 || day !== all[0].day)
    .map((state) => ({
      state,
      delegators: lockLengths(run, state.day, "delegators"),
      others: lockLengths(run, state.day, "others"),
    }));
  const row = (
    name: string,
    reported: string,
    value: (column: (typeof columns)[number]) => string,
  ) => [name, reported, ...columns.map(value)];
  const { article } = FLOCK_REPORTED.sources;
  return dataTable({
    title: "Beside what is reported",
    about: `Reported: ${article}, for mid-2025. Lengths of the locks opened in the run until that day, weighed by their FLOCK; open locks by their principal.`,
    columns: [
      { title: "" },
      { title: "reported", isNumber: true },
      ...columns.map(({ state }) => ({ title: date(timeOfDay(state.day)), isNumber: true })),
    ],
    rows: [
      row("Locked, of circulating", percent(FLOCK_REPORTED.lockedShare), ({ state }) =>
        percent(state.lockedShare),
      ),
      row("Mean of open locks, days", integer(FLOCK_REPORTED.meanLockDays), ({ state }) =>
        integer(state.meanLockDays),
      ),
      row("Delegators' locks, mean", "", ({ delegators }) => days(delegators, (l) => l.meanDays)),
      ...LOCK_QUANTILES.map((part, i) =>
        row(
          `… ${percent(part).replace(".0", "")} of their FLOCK for at most`,
          "",
          ({ delegators }) => days(delegators, (l) => l.quantileDays[i]),
        ),
      ),
      row("Others' locks, mean", "", ({ others }) => days(others, (l) => l.meanDays)),
    ],
  });
}

function sensitivityTable(run: RunData): Html {
  const found = sensitivityOf(run);
  if (!found) return html`<p class="nothing">No operator showed a yield.</p>`;
  return dataTable({
    title: "What moves the choice",
    about: `The run's ${integer(found.holders)} delegators choose anew, one assumption changed at a time, at the yield shown on ${date(timeOfDay(found.day))}: ${percent(365 * found.dailyPerGmflock)} a year for a gmFLOCK, after the fee. Prices and yields do not react here; the scenarios named flock-what-if let them. Reported: ${integer(FLOCK_REPORTED.meanLockDays)} days.`,
    columns: [
      { title: "" },
      { title: "mean lock, days", isNumber: true },
      { title: "would lock", isNumber: true },
      { title: "under 90 days", isNumber: true },
      { title: "the longest", isNumber: true },
    ],
    rows: found.variations.map(({ name, outlook }) => [
      name,
      integer(outlook.meanLockDays),
      percent(outlook.lockedShare),
      percent(outlook.shortShare),
      percent(outlook.longestShare),
    ]),
  });
}
