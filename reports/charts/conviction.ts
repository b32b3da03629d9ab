/** Conviction by hotkey: who comes near to taking a subnet over. */
import { convictionTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { hues } from "../theme.ts";
import { lines } from "./series.ts";

const SHOWN = 6;

export function convictionChart(run: RunData): Chart {
  const { list, of, name } = run.windows;
  const words = {
    id: "conviction",
    title: "Conviction",
    subtitle: `Of each hotkey, as a part of the subnet's circulating alpha at the end of each ${name}. Over 18 % it takes the subnet over, once that is old enough.`,
  };
  const table = run.table(convictionTable);
  const blocks = table.column("block").numbers();
  const netuids = table.column("netuid").numbers();
  const hotkeys = table.column("hotkey").texts();
  const conviction = table.column("conviction_rao").tao();
  const circulating = table.column("circulating_rao").tao();
  const shares = new Map<string, Float64Array>();
  for (let row = 0; row < table.rows; row++) {
    const window = of(blocks[row]);
    if (window < 0 || circulating[row] <= 0) continue;
    const label = `${hotkeys[row]} on ${run.subnetLabel(netuids[row])}`;
    const perWindow = shares.get(label) ?? new Float64Array(list.length);
    shares.set(label, perWindow);
    perWindow[window] = conviction[row] / circulating[row];
  }
  const highest = ([, values]: [string, Float64Array]) =>
    values.reduce((a, b) => Math.max(a, b), 0);
  const leading = [...shares].sort((a, b) => highest(b) - highest(a)).slice(0, SHOWN);
  if (leading.length === 0) return { ...words, nothing: "Nobody locked alpha." };
  const labels = leading.map(([label]) => label);
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "hotkey", domain: labels, range: hues.slice(0, labels.length) },
      rows: leading.flatMap(([hotkey, values]) =>
        list.map(({ toTime, toBlock }, w) => ({
          time: toTime,
          block: toBlock,
          hotkey,
          share: values[w],
        })),
      ),
      x: list,
      y: { field: "share", axis: { title: "of circulating alpha", format: ".0%" } },
      tooltip: [{ field: "share", type: "quantitative", title: "share", format: ".2%" }],
    }),
  };
}
