/** Head and sections of the page about a FLock run. */
import { comparedWindow, yieldWindows } from "../../lab/measures/flock-apy.ts";
import { lockStates } from "../../lab/measures/flock-locks.ts";
import { numbersOf } from "../../lab/measures/flock-run.ts";
import { flockMarketTable, flockSupplyTable } from "../../sim/flock/tables.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import { date, integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { provenanceSection, rulesSection } from "../sections/notes.ts";
import { bridgeSections } from "./bridge-section.ts";
import { booksSection, flockMarketSection, flockSupplySection } from "./economy-section.ts";
import { allianceSections, marketplaceSections } from "./extras-section.ts";
import { locksSection } from "./locks-section.ts";
import { yieldsSection } from "./yields-section.ts";

/** What stands at the end of a page of FLock alone; a page of both worlds has the chain's. */
const closingSections = (run: RunData): Section[] => [
  rulesSection(run),
  readingSection(),
  provenanceSection(run),
];

/** Sections on FLock itself. */
export const flockSections = (run: RunData): Section[] => [
  ...bridgeSections(run),
  locksSection(run),
  yieldsSection(run),
  flockSupplySection(run),
  flockMarketSection(run),
  ...allianceSections(run),
  ...marketplaceSections(run),
  booksSection(run),
];

/** The page of a run that simulated FLock alone. */
export const flockPageSections = (run: RunData): Section[] => [
  ...flockSections(run),
  ...closingSections(run),
];

export function flockHeadline(run: RunData): Html {
  const { scenario, span, seed, program } = run.manifest;
  const days = run.table(flockSupplyTable).rows;
  return html`<p class="eyebrow">hivelab ${program.version} · scenario ${scenario.name} · seed ${seed}</p>
<h1>${scenario.title}</h1>
<p class="deck">A simulation of <b>${integer(days)} days</b> of FLock, day by day: from <b>${date(span.from_time)}</b> to <b>${date(span.to_time)}</b>.</p>
${run.table(flockSupplyTable).rows > 0 ? tiles(run) : null}`;
}

function tiles(run: RunData): Html {
  const locks = lockStates(run);
  const window = comparedWindow(yieldWindows(run));
  const price = numbersOf(run, flockMarketTable, "price_usd");
  const all: [string, string, string][] = [];
  if (locks) {
    const { compared, last } = locks;
    const before = (value: string) =>
      compared.day === last.day
        ? "at the end"
        : `at the end; ${value} on ${date(timeOfDay(compared.day))}`;
    all.push(
      ["Locked, of circulating", percent(last.lockedShare), before(percent(compared.lockedShare))],
      ["Mean lock", `${integer(last.meanLockDays)} days`, before(integer(compared.meanLockDays))],
    );
  }
  if (window) {
    const from = date(timeOfDay(window.fromDay));
    all.push([
      "Median delegator",
      `${percent(window.middle)} a year`,
      `in the 28 days from ${from}, after fees`,
    ]);
  }
  if (price.length > 0) {
    const change = price[price.length - 1] / price[0] - 1;
    all.push([
      "Price at the end",
      `${significant(price[price.length - 1])} USD`,
      `${change >= 0 ? "+" : ""}${percent(change)} over the run`,
    ]);
  }
  return html`<dl class="tiles">${all.map(
    ([title, value, note]) =>
      html`<div class="tile"><dt>${title}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>`;
}

const readingSection = (): Section => ({
  id: "reading",
  title: "How to read this page",
  charts: [],
  body: html`<ul>
<li>This is a simulation: a consequence of the rules, the parameters and the agents' behaviours named here, not a forecast.</li>
<li>Reported figures stand beside ours to compare with; none of them is audited, and nothing is fitted to them.</li>
<li>Amounts are FLOCK and gmFLOCK; the simulation keeps them as integers of 10⁻¹⁸, the tables round them to doubles. Dates are UTC.</li>
<li>Point at a mark for its numbers; click a name in a legend to bring it out.</li>
</ul>`,
});
