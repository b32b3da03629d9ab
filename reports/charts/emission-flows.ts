/** Where the minted TAO went, and what was recycled, per day. */
import { supplyTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { bandX, dimUnpicked, legendPick, whenTransform, wrappedLegend } from "./parts.ts";

const parts = [
  ["into pools with alpha", color("c1")],
  ["chain buys of alpha", color("c5")],
  ["minted, not to pools", color("c3")],
  ["recycled", color("bad")],
] as const;

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
  const rows = list.flatMap((window, w) => {
    const rest = minted[w] - injected[w] - bought[w];
    const values = [injected[w], bought[w], Math.max(0, rest), -recycled[w]];
    return parts.map(([part], i) => ({ window, part, value: values[i] }));
  });
  // What never happens needs no entry in the legend.
  const present = parts.filter(([part]) =>
    rows.some((row) => row.part === part && Math.abs(row.value) > 0.005),
  );
  const shown = rows.filter(({ part }) => present.some(([known]) => known === part));
  return {
    ...words,
    data: {
      flows: {
        from: shown.map(({ window }) => window.fromTime),
        time: shown.map(({ window }) => window.toTime),
        block: shown.map(({ window }) => window.toBlock),
        part: shown.map(({ part }) => part),
        value: shown.map(({ value }) => value),
      },
    },
    spec: {
      data: { name: "flows" },
      transform: [...whenTransform],
      params: [legendPick("part")],
      mark: { type: "bar", binSpacing: 1 },
      encoding: {
        ...bandX(list),
        y: { field: "value", type: "quantitative", axis: { title: "TAO per day", format: "," } },
        color: {
          field: "part",
          type: "nominal",
          scale: { domain: present.map(([part]) => part), range: present.map(([, hue]) => hue) },
          legend: wrappedLegend(),
        },
        opacity: dimUnpicked(1),
        tooltip: [
          { field: "when", title: "until" },
          { field: "atBlock", title: "block" },
          { field: "part", title: "TAO" },
          { field: "value", type: "quantitative", title: "TAO per day", format: ",.1f" },
        ],
      },
    },
  };
}
