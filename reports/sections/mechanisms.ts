/** One section for each subnet with several mechanisms. */
import { mechanismEmissionChart } from "../charts/mechanism-emission.ts";
import { integer, percent, significant } from "../format.ts";
import { html } from "../html.ts";
import { type MechanismNeuron, mechanismNeurons, netuidsWithMechanisms } from "../mechanisms.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

const SHOWN = 15;

export const mechanismSections = (run: RunData): Section[] =>
  netuidsWithMechanisms(run).map((netuid) => {
    const chart = mechanismEmissionChart(run, netuid);
    const miners = mechanismNeurons(run, netuid);
    const count = miners[0]?.incentive.length ?? 0;
    return {
      id: `mechanisms-${netuid}`,
      title: `Subnet ${run.subnetLabel(netuid)}: ${integer(count)} mechanisms`,
      charts: [chart],
      body: html`<p>Each mechanism has its own weights and bonds, and divides its part of the emission by its own consensus. ${overlap(miners, count)}</p>
<div class="figures">${figure(chart)}</div>
<div class="card wide">${minersTable(miners, count)}</div>`,
    };
  });

/** How many of the first mechanism's ten best miners are among the ten best of the last. */
function overlap(miners: readonly MechanismNeuron[], count: number): string {
  if (count < 2) return "";
  const best = (mechanism: number) =>
    new Set(
      miners
        .toSorted((a, b) => b.minedAlpha[mechanism] - a.minedAlpha[mechanism])
        .slice(0, 10)
        .map(({ uid }) => uid),
    );
  const [first, last] = [best(0), best(count - 1)];
  const both = [...first].filter((uid) => last.has(uid)).length;
  return `Of the ten miners that the first paid most, ${both === 1 ? "1 is" : `${both} are`} among the ten that mechanism ${count - 1} paid most.`;
}

function minersTable(miners: readonly MechanismNeuron[], count: number) {
  const all = Array.from({ length: count }, (_, mechanism) => mechanism);
  const number = (title: string) => ({ title, isNumber: true });
  return dataTable({
    title: "Miners",
    about: `By alpha from all mechanisms${miners.length > SHOWN ? `; ${SHOWN} of ${integer(miners.length)}` : ""}. Incentive: mean share of the mechanism's part.`,
    columns: [
      { title: "uid" },
      ...all.map((mechanism) => number(`incentive in ${mechanism}`)),
      ...all.map((mechanism) => number(`alpha from ${mechanism}`)),
      number("alpha in all"),
    ],
    rows: miners
      .slice(0, SHOWN)
      .map(({ uid, incentive, minedAlpha }) => [
        String(uid),
        ...incentive.map(percent),
        ...minedAlpha.map((alpha) => significant(alpha)),
        significant(minedAlpha.reduce((sum, alpha) => sum + alpha, 0)),
      ]),
  });
}
