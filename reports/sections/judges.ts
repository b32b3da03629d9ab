/** One section for each subnet on which some validators copy: what copying brings. */
import { returnsOnStakeChart } from "../charts/returns-on-stake.ts";
import { percent, significant } from "../format.ts";
import { html } from "../html.ts";
import { grouped, type JudgeRow, judgeRows, returnOnStake } from "../judges.ts";
import { detailedNetuids } from "../neuron-grid.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

export const judgeSections = (run: RunData): Section[] =>
  detailedNetuids(run).flatMap((netuid) => {
    const rows = judgeRows(run, netuid);
    return rows.some(({ role }) => role === "copier") ? [judgeSection(run, netuid, rows)] : [];
  });

function judgeSection(run: RunData, netuid: number, rows: readonly JudgeRow[]): Section {
  const chart = returnsOnStakeChart(run, netuid);
  const blocks = rows.map(({ block }) => block);
  const middle = (blocks[0] + blocks[blocks.length - 1]) / 2;
  const later = rows.filter(({ block }) => block > middle);
  return {
    id: `validators-${netuid}`,
    title: `Subnet ${run.subnetLabel(netuid)}: validators that copy, and those that score`,
    charts: [chart],
    body: html`<p>For the same stake, validators that copied weights were paid ${compared(rows)} than those that scored the miners; ${compared(later)} in the second half of the run.</p>
<div class="figures">${figure(chart)}</div>
<div class="card wide">${judgesTable(rows)}</div>`,
  };
}

/** What copiers are paid for their stake against the others: "4.9% less". */
function compared(rows: readonly JudgeRow[]): string {
  const byRole = grouped(rows, ({ role }) => role);
  const copiers = returnOnStake(byRole.get("copier") ?? []);
  const others = returnOnStake(byRole.get("validator") ?? []);
  const change = copiers / others - 1;
  return `${percent(Math.abs(change))} ${change < 0 ? "less" : "more"}`;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function judgesTable(rows: readonly JudgeRow[]) {
  const judges = [...grouped(rows, ({ uid, role }) => `${uid}/${role}`).values()].sort(
    (a, b) => mean(b.map(({ stake }) => stake)) - mean(a.map(({ stake }) => stake)),
  );
  return dataTable({
    title: "Validators",
    about: "Means over the run's epochs, by stake.",
    columns: [
      { title: "uid" },
      { title: "what it does" },
      ...["stake", "dividends", "dividends / stake", "trust"].map((title) => ({
        title,
        isNumber: true,
      })),
    ],
    rows: judges.map((own) => [
      String(own[0].uid),
      own[0].role === "copier" ? "copies" : "scores",
      percent(mean(own.map(({ stake }) => stake))),
      percent(mean(own.map(({ dividends }) => dividends))),
      significant(returnOnStake(own)),
      significant(mean(own.map(({ trust }) => trust))),
    ]),
  });
}
