/** One section for each subnet on which, for a time, one validator alone held a permit. */
import { neuronsTable } from "../../sim/bittensor/tables.ts";
import { dateTime, integer, percent } from "../format.ts";
import { html } from "../html.ts";
import { detailedNetuids } from "../neuron-grid.ts";
import { dataTable, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

const U16 = 65_535;

/** Epochs in a row in which the same uid alone held a permit, or (null) several did. */
interface Reign {
  readonly uid: number | null;
  readonly fromTime: number;
  epochs: number;
  /** Sums over epochs: the largest miner's part of the incentive, and dividends without weights. */
  topIncentive: number;
}

export const decidingSections = (run: RunData): Section[] =>
  detailedNetuids(run).flatMap((netuid) => {
    const reigns = reignsOf(run, netuid);
    return reigns.some(({ uid }) => uid !== null) ? [decidingSection(run, netuid, reigns)] : [];
  });

function reignsOf(run: RunData, netuid: number): Reign[] {
  const table = run.table(neuronsTable);
  const numbers = (name: string) => table.column(name).numbers();
  const [netuids, blocks, times] = [numbers("netuid"), numbers("block"), numbers("time")];
  const [uids, permits, incentive] = [
    numbers("uid"),
    numbers("validator_permit"),
    numbers("incentive"),
  ];
  const epochs = new Map<number, { time: number; permitted: number[]; top: number }>();
  for (const [row, own] of netuids.entries()) {
    if (own !== netuid) continue;
    const epoch = epochs.get(blocks[row]) ?? { time: times[row], permitted: [], top: 0 };
    epochs.set(blocks[row], epoch);
    if (permits[row] === 1) epoch.permitted.push(uids[row]);
    epoch.top = Math.max(epoch.top, incentive[row] / U16);
  }
  const reigns: Reign[] = [];
  for (const { time, permitted, top } of epochs.values()) {
    const uid = permitted.length === 1 ? permitted[0] : null;
    let reign = reigns.at(-1);
    if (reign === undefined || reign.uid !== uid) {
      reign = { uid, fromTime: time, epochs: 0, topIncentive: 0 };
      reigns.push(reign);
    }
    reign.epochs++;
    reign.topIncentive += top;
  }
  return reigns;
}

const decidingSection = (run: RunData, netuid: number, reigns: readonly Reign[]): Section => ({
  id: `deciding-${netuid}`,
  title: `Subnet ${run.subnetLabel(netuid)}: who decided`,
  charts: [],
  body: html`<p>In ${integer(reigns.reduce((sum, { uid, epochs }) => (uid === null ? sum : sum + epochs), 0))} epochs one validator alone held a permit: under null consensus its weights are the miners' pay.</p>
<div class="card">${dataTable({
    title: "Who held a permit",
    about: "Epochs in a row. Best miner: its part of the miners' pay, mean of the epochs.",
    columns: [
      { title: "from" },
      { title: "permit" },
      { title: "epochs", isNumber: true },
      { title: "best miner", isNumber: true },
    ],
    rows: reigns.map(({ uid, fromTime, epochs, topIncentive }) => [
      dateTime(fromTime),
      uid === null ? "several" : `uid ${uid} alone`,
      integer(epochs),
      percent(topIncentive / epochs),
    ]),
  })}</div>`,
});
