/** Subnets that come and go: registrations, what pruned ones paid, and takeovers. */
import { convictionTable, subnetEventsTable } from "../../sim/bittensor/tables.ts";
import { convictionChart } from "../charts/conviction.ts";
import { lockCostsChart } from "../charts/lock-costs.ts";
import { date, integer, percent, significant } from "../format.ts";
import { type Html, html } from "../html.ts";
import { dataTable, figure, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";
import { gapsBlocks, median, type SubnetLife, subnetLife } from "../subnet-life.ts";

/**
 * The 52 registrations that pruned a subnet on Finney from October 2025 to October 2026: medians of
 * gap and lock, and the range of recoveries that was seen (data/finney-prunes).
 */
const CAPTURED = { gapBlocks: 50_904, lockTao: 509, recovery: "35 to 65 %" } as const;

/** None where no subnet came, went or had alpha locked. */
export function subnetLifeSections(run: RunData): Section[] {
  const hasLocks = run.table(convictionTable).rows > 0;
  if (run.table(subnetEventsTable).rows === 0 && !hasLocks) return [];
  const life = subnetLife(run);
  const charts = [
    ...(life.founded.length > 0 ? [lockCostsChart(run)] : []),
    ...(hasLocks ? [convictionChart(run)] : []),
  ];
  return [
    {
      id: "subnet-life",
      title: "Subnets that come and go",
      charts,
      body: html`<p>${sentence(life)}</p>
<div class="figures">${charts.map((chart) => figure(chart))}${tables(run, life)}</div>`,
    },
  ];
}

function sentence({ founded, takeovers }: SubnetLife): string {
  const pruned = founded.filter((subnet) => subnet.pruned !== null).length;
  const registered =
    founded.length === 0
      ? "No subnet was registered"
      : `${founded.length} subnets were registered and ${pruned} pruned for them`;
  if (takeovers.length === 0) return `${registered}; none changed hands.`;
  const ended = takeovers.filter(({ by }) => by === "lease").length;
  const won = takeovers.length - ended;
  const ways = [
    ...(won > 0 ? [`${won} changed hands by conviction`] : []),
    ...(ended > 0 ? [`${ended} went to the beneficiary of a lease`] : []),
  ];
  return `${registered}; ${ways.join(", ")}.`;
}

function tables(run: RunData, life: SubnetLife): Html | null {
  if (life.founded.length === 0 && life.takeovers.length === 0) return null;
  const { founded, takeovers } = life;
  const rows = founded.map(({ time, netuid, founder, lockTao, pruned }) => [
    date(time),
    run.subnetLabel(netuid),
    founder,
    integer(lockTao),
    ...(pruned
      ? [
          pruned.owner,
          significant(pruned.price),
          integer(pruned.paidTao),
          pruned.recovery === null ? "–" : percent(pruned.recovery),
          integer(pruned.recycledTao),
        ]
      : ["–", "–", "–", "–", "–"]),
  ]);
  const number = (title: string) => ({ title, isNumber: true });
  const registrations = dataTable({
    title: "Registrations",
    about:
      "The lock becomes the new subnet's pool. Holders of the pruned one share its pool's TAO; their recovery is measured at the spot price just before.",
    columns: [
      { title: "date" },
      { title: "slot, name before" },
      { title: "founder" },
      number("lock, TAO"),
      { title: "pruned" },
      number("price"),
      number("paid, TAO"),
      number("recovery"),
      number("recycled, TAO"),
    ],
    rows,
  });
  const changes = dataTable({
    title: "Changes of owner",
    about:
      "By conviction, at an epoch of the subnet, or by the beneficiary of a lease that has ended. Paid: for the subnet's alpha in this run until then. The owner cut since is valued at spot prices.",
    columns: [
      { title: "date" },
      { title: "subnet" },
      { title: "new owner" },
      { title: "by" },
      number("paid, TAO"),
      number("owner cut since, TAO"),
    ],
    rows: takeovers.map(({ time, netuid, owner, by, paidTao, cutTao }) => [
      date(time),
      run.subnetLabel(netuid),
      owner,
      by,
      integer(paidTao),
      integer(cutTao),
    ]),
  });
  return html`${founded.length > 1 ? html`<div class="card">${comparison(life)}</div>` : null}${founded.length > 0 ? html`<div class="card wide">${registrations}</div>` : null}${takeovers.length > 0 ? html`<div class="card">${changes}</div>` : null}`;
}

function comparison(life: SubnetLife): Html {
  const gaps = gapsBlocks(life);
  const recoveries = life.founded.flatMap(({ pruned }) => pruned?.recovery ?? []);
  const range =
    recoveries.length === 0
      ? "–"
      : `${percent(Math.min(...recoveries))} to ${percent(Math.max(...recoveries))}`;
  return dataTable({
    title: "Beside the real network",
    about: "52 registrations on Finney, October 2025 to October 2026.",
    columns: [
      { title: "" },
      { title: "this run", isNumber: true },
      { title: "Finney", isNumber: true },
    ],
    rows: [
      ["blocks between two, median", integer(median(gaps)), integer(CAPTURED.gapBlocks)],
      ["shortest gap, blocks", integer(Math.min(...gaps)), integer(14_401)],
      [
        "lock in TAO, median",
        integer(median(life.founded.map(({ lockTao }) => lockTao))),
        integer(CAPTURED.lockTao),
      ],
      ["recovery of holders", range, CAPTURED.recovery],
    ],
  });
}
