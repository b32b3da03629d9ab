/** Hotkeys and coldkeys that were swapped; no section where none was. */
import { keySwapsTable } from "../../sim/bittensor/tables.ts";
import { dateTime, integer, significant } from "../format.ts";
import { html } from "../html.ts";
import { dataTable, type Section } from "../parts.ts";
import type { RunData } from "../run-data.ts";

const SHOWN = 40;

export function keySwapSections(run: RunData): Section[] {
  const table = run.table(keySwapsTable);
  if (table.rows === 0) return [];
  const texts = (name: string) => table.column(name).texts();
  const [keys, old, next] = [texts("key"), texts("old_key"), texts("new_key")];
  const [times, positions] = [table.column("time").numbers(), table.column("positions").numbers()];
  const netuid = table.column("netuid");
  const [value, cost] = [table.column("value_rao").tao(), table.column("cost_rao").tao()];
  const rows = Array.from({ length: Math.min(table.rows, SHOWN) }, (_, row) => {
    const subnet = netuid.cell(row);
    return [
      dateTime(times[row]),
      keys[row],
      old[row],
      next[row],
      subnet === null ? "all" : run.subnetLabel(Number(subnet)),
      integer(positions[row]),
      significant(value[row]),
      significant(cost[row]),
    ];
  });
  const number = (title: string) => ({ title, isNumber: true });
  return [
    {
      id: "key-swaps",
      title: "Keys that were swapped",
      charts: [],
      body: html`<p>${integer(table.rows)} keys gave way to others. A hotkey's uid, weights, bonds, children and stake go along with it; a coldkey's swap hands over everything that it owns.</p>
<div class="card wide">${dataTable({
        title: "Swaps",
        about: "Stake that went along at spot prices. The cost is recycled.",
        columns: [
          { title: "date" },
          { title: "key" },
          { title: "old" },
          { title: "new" },
          { title: "subnet" },
          ...["positions", "worth, TAO", "cost, TAO"].map(number),
        ],
        rows,
      })}</div>`,
    },
  ];
}
