/** Where the minted TAO went, and what was recycled, per day. */
import { supplyTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { stackedBars } from "./series.ts";

const flows = [
  ["into pools with alpha", color("c1")],
  ["chain buys of alpha", color("c5")],
  ["minted, not to pools", color("c3")],
  ["recycled", color("bad")],
] as const;

/** Less than this many TAO a day is not drawn. */
const LEAST_RATE = 0.005;

export function emissionFlowsChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "emission-flows",
    title: "Where the emission went",
    subtitle: `TAO per day, averaged over each ${name}. Recycled TAO leaves the issuance and is drawn below zero.`,
  };
  if (list.length === 0) return { ...words, nothing: "The run recorded no supply." };
  const supply = run.table(supplyTable);
  const blocks = supply.column("block").numbers();
  const rate = (column: string) =>
    ratesPerDay(run, blocks, supply.column(column).tao(), () => 0).get(0)!;
  const [minted, injected] = [rate("minted_rao"), rate("injected_rao")];
  const [bought, recycled] = [rate("chain_buys_rao"), rate("recycled_rao")];
  const all = list.flatMap((window, w) => {
    const rest = Math.max(0, minted[w] - injected[w] - bought[w]);
    const values = [injected[w], bought[w], rest, -recycled[w]];
    return flows.map(([flow], i) => ({ window, name: flow as string, value: values[i] }));
  });
  const rows = all.filter(({ value }) => Math.abs(value) > LEAST_RATE);
  if (rows.length === 0) return { ...words, nothing: "Nothing was minted or recycled." };
  // What never happens needs no entry in the legend.
  const present = flows.filter(([flow]) => rows.some((row) => row.name === flow));
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: {
        field: "flow",
        domain: present.map(([flow]) => flow),
        range: present.map(([, hue]) => hue),
      },
      rows,
      windows: list,
      y: { axis: { title: "TAO per day", format: ",f" } },
      tooltip: [{ field: "value", type: "quantitative", title: "TAO per day", format: ",.1f" }],
    }),
  };
}
