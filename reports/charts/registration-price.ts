/** What a registration cost on one subnet, over time. */
import { registrationPricesTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";
import { logTicks } from "./parts.ts";
import { lines } from "./series.ts";

export function registrationPriceChart(run: RunData, netuid: number): Chart {
  const words = {
    id: `registration-price-${netuid}`,
    title: "Price of a registration",
    subtitle:
      "TAO at the end of each recording interval. It halves on its own and jumps at each registration. Logarithmic.",
  };
  const table = run.table(registrationPricesTable);
  const netuids = table.column("netuid").numbers();
  const blocks = table.column("block").numbers();
  const times = table.column("time").numbers();
  const prices = table.column("price_rao").tao();
  const rows = [...netuids.keys()]
    .filter((row) => netuids[row] === netuid && prices[row] > 0)
    .map((row) => ({ time: times[row], block: blocks[row], subnet: "price", price: prices[row] }));
  if (rows.length === 0) return { ...words, nothing: "The run recorded no prices." };
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "subnet", domain: ["price"], range: [color("c1")] },
      rows,
      x: run.windows.list,
      y: {
        field: "price",
        scale: { type: "log", nice: false, padding: 8 },
        axis: {
          ...{ title: "TAO", format: "~r" },
          values: logTicks(rows.map(({ price }) => price)),
        },
      },
      tooltip: [{ field: "price", type: "quantitative", title: "TAO", format: ".4~r" }],
    }),
  };
}
