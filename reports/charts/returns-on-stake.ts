/** What a subnet's validators were paid for their stake, by what they do. */
import type { Chart } from "../chart.ts";
import { grouped, judgeRows, returnOnStake } from "../judges.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import { lines } from "./series.ts";

export function returnsOnStakeChart(run: RunData, netuid: number): Chart {
  const { list, of, name } = run.windows;
  const words = {
    id: `returns-on-stake-${netuid}`,
    title: "Dividends for a unit of stake",
    subtitle: `Share of the subnet's dividends over share of its stake, each ${name}: 1 is paid in proportion to stake.`,
  };
  const judges = judgeRows(run, netuid);
  const scale = roleScale(judges.map(({ role }) => role));
  const cells = grouped(judges, ({ role, block }) => `${of(block)}/${role}`);
  const rows = scale.domain.flatMap((role) =>
    list.flatMap(({ toTime, toBlock }, w) => {
      const value = returnOnStake(cells.get(`${w}/${role}`) ?? []);
      return Number.isFinite(value) ? [{ time: toTime, block: toBlock, role, value }] : [];
    }),
  );
  if (rows.length === 0) return { ...words, nothing: "No validator had stake." };
  return {
    ...words,
    ...lines({
      name: words.id,
      series: { field: "role", ...scale },
      rows,
      x: list,
      y: {
        field: "value",
        scale: { zero: false, nice: true },
        axis: { title: "dividends / stake", format: ".3~f" },
      },
      tooltip: [
        { field: "value", type: "quantitative", title: "dividends / stake", format: ".4f" },
      ],
    }),
  };
}
