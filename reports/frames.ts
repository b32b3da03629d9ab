/** Rows of a table by window: the last row of each, or sums of a column as rates per day. */
import type { ReadTable } from "../lab/tables/read-table.ts";
import type { RunData } from "./run-data.ts";

/** For a table with one row per interval: the row that closes each window. */
export function lastInWindow(run: RunData, table: ReadTable): number[] {
  const blocks = table.column("block").numbers();
  const last = new Array<number>(run.windows.list.length).fill(-1);
  for (let row = 0; row < blocks.length; row++) {
    const window = run.windows.of(blocks[row]);
    if (window >= 0) last[window] = row;
  }
  return last;
}

/**
 * Sums amounts by window and key, as a rate per day: result.get(key)[window]. Rows outside the
 * run, or with a key that `keyOf` calls null, are left out.
 */
export function ratesPerDay<Key>(
  run: RunData,
  blocks: ArrayLike<number>,
  amounts: ArrayLike<number>,
  keyOf: (row: number) => Key | null,
): Map<Key, Float64Array> {
  const { list, of } = run.windows;
  const rates = new Map<Key, Float64Array>();
  for (let row = 0; row < blocks.length; row++) {
    const window = of(blocks[row]);
    const key = keyOf(row);
    if (window < 0 || key === null || Number.isNaN(amounts[row])) continue;
    let perWindow = rates.get(key);
    if (!perWindow) {
      perWindow = new Float64Array(list.length);
      rates.set(key, perWindow);
    }
    perWindow[window] += amounts[row] / list[window].days;
  }
  return rates;
}

/** The first and last row of each subnet in a table in order of time. */
export function firstAndLast(table: ReadTable): { netuid: number; first: number; last: number }[] {
  const netuids = table.column("netuid").numbers();
  const found = new Map<number, { netuid: number; first: number; last: number }>();
  for (let row = 0; row < netuids.length; row++) {
    const known = found.get(netuids[row]);
    if (known) known.last = row;
    else found.set(netuids[row], { netuid: netuids[row], first: row, last: row });
  }
  return [...found.values()];
}
