/** Yields: what delegators earned, beside what is reported, and how it comes about. */
import {
  comparedWindow,
  displayedApy,
  type YieldWindow,
  yieldSteps,
  yieldWindows,
} from "../../lab/measures/flock-apy.ts";
import { FLOCK_REPORTED } from "../../lab/measures/flock-reported.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import { date, integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { yieldChart } from "./yields.ts";

export function yieldsSection(run: RunData): Section {
  const windows = yieldWindows(run);
  const chart = yieldChart(windows);
  const window = comparedWindow(windows);
  return {
    id: "yields",
    title: "What delegators earn",
    charts: [chart],
    body: html`<p>${window ? sentence(window) : "The run is too short to say."}</p>
<div class="figures">${figure(chart)}
${window ? html`<div class="card">${steps(run, window)}</div>` : null}</div>`,
  };
}

function sentence({ fromDay, toDay, low, middle, high, delegators }: YieldWindow): string {
  const [least, most] = FLOCK_REPORTED.delegatorApy;
  return `From ${date(timeOfDay(fromDay))} to ${date(timeOfDay(toDay))} half of ${integer(delegators)} delegators earned more than ${percent(middle)} a year on locked FLOCK, a tenth less than ${percent(low)}, a tenth more than ${percent(high)}. Reported for mid-2025: ${percent(least)} to ${percent(most)} (${FLOCK_REPORTED.sources.article}).`;
}

/** The steps from the emission to the mean yield. */
function steps(run: RunData, window: YieldWindow): Html {
  const found = yieldSteps(run, window);
  const shown = displayedApy(run);
  const row = (name: string, value: string, how: string) => [
    html`${name}<small>${how}</small>`,
    value,
  ];
  return dataTable({
    title: "Where the yield comes from",
    about: `Means from ${date(timeOfDay(window.fromDay))} to ${date(timeOfDay(window.toDay))}.`,
    columns: [{ title: "" }, { title: "", isNumber: true }],
    rows: [
      row(
        "Emission, FLOCK a day",
        integer(found.emission),
        "309,157.68 at the launch, 1 % less every 30 mints, by default",
      ),
      row("Locked, million FLOCK", significant(found.locked / 1e6), "all roles"),
      row("Gross yield on locked FLOCK", percent(found.gross), "emission of a year over locked"),
      row(
        "Delegators' part of the emission",
        percent(found.delegatorsEmissionPart),
        "by stake, after sigma; what reached their pools",
      ),
      row(
        "Delegators' part of what is locked",
        percent(found.delegatorsLockedPart),
        "their own locks, mean of the recorded days",
      ),
      row("Claim fee", percent(found.claimFee), "taken when they claim"),
      row(
        "Mean yield of delegators",
        percent(found.mean),
        "gross × part of the emission ÷ part of the locks × (1 − fee); before the fee of the lock",
      ),
      ...(shown
        ? [
            row(
              "eAPY that the pages show",
              `${percent(shown.low)} to ${percent(shown.high)}`,
              `for a gmFLOCK, before the claim fee, on ${date(timeOfDay(shown.day))}; middle ${percent(shown.middle)}, operators weighed by what is delegated to them`,
            ),
          ]
        : []),
    ],
  });
}
