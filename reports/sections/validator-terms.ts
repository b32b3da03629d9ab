/** One section for each subnet on which validators changed a take or lent stake to a child. */
import { countedStakeChart, takesChart } from "../charts/validator-terms.ts";
import { dateTime, integer, percent, significant } from "../format.ts";
import { html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import {
  namedValidators,
  netuidsWithTerms,
  type TermChange,
  termChanges,
  validatorDays,
} from "../stake-terms.ts";

const SHOWN = 40;

export function validatorTermSections(run: RunData): Section[] {
  const changes = termChanges(run);
  return netuidsWithTerms(run).map((netuid) => termsSection(run, netuid, changes));
}

function termsSection(run: RunData, netuid: number, all: readonly TermChange[]): Section {
  const here = new Set(validatorDays(run, netuid).map(({ hotkey }) => hotkey));
  const changes = all.filter(
    (change) => change.netuid === netuid || (change.netuid === 0 && here.has(change.hotkey)),
  );
  const charts = [countedStakeChart(run, netuid), takesChart(run, netuid)];
  const children = changes.filter(({ term }) => term === "child").length;
  return {
    id: `validator-terms-${netuid}`,
    title: `Subnet ${run.subnetLabel(netuid)}: takes and children of validators`,
    charts,
    body: html`<p>${integer(changes.length - children)} times a validator changed a take, ${integer(children)} times the part of its stake that counts for a child.</p>
<div class="figures">${charts.map((chart) => figure(chart))}</div>
<div class="card wide">${changesTable(changes)}${endsTable(run, netuid, changes)}</div>`,
  };
}

const what: Readonly<Record<string, string>> = {
  delegate_take: "take of its stakers' dividends",
  child_take: "take of its parents' dividends",
};

const changesTable = (changes: readonly TermChange[]) =>
  dataTable({
    title: "Changes",
    about:
      changes.length > SHOWN
        ? `When they came into force; the first ${SHOWN} of ${integer(changes.length)}.`
        : "When they came into force.",
    columns: [
      { title: "date" },
      { title: "validator" },
      { title: "what" },
      { title: "before", isNumber: true },
      { title: "after", isNumber: true },
    ],
    rows: changes
      .slice(0, SHOWN)
      .map(({ time, hotkey, term, child, before, share }) => [
        dateTime(time),
        hotkey,
        what[term] ?? `stake that counts for ${child}`,
        percent(before),
        percent(share),
      ]),
  });

/** The same validators on the first and the last day of the table. */
function endsTable(run: RunData, netuid: number, changes: readonly TermChange[]) {
  const days = validatorDays(run, netuid);
  const rows = namedValidators(changes, netuid).flatMap((hotkey) => {
    const own = days.filter((day) => day.hotkey === hotkey);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    return [
      [
        hotkey,
        significant(first.stakeAlpha),
        significant(last.stakeAlpha),
        significant(last.countedAlpha),
        percent(first.stakeShare),
        percent(last.stakeShare),
        percent(last.dividendsShare),
      ],
    ];
  });
  const number = (title: string) => ({ title, isNumber: true });
  return dataTable({
    title: "Those validators",
    about: "On the first day after a change and on the last of the run; stake in alpha.",
    columns: [
      { title: "validator" },
      ...["staked, first", "staked, last", "counts, last"].map(number),
      ...["share of stake, first", "last", "of dividends, last"].map(number),
    ],
    rows,
  });
}
