/** What the network paid, by role. */
import { rewardsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import { stackedBars } from "./series.ts";

export function rewardsByRoleChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "rewards-by-role",
    title: "Rewards by role",
    subtitle: `What all subnets paid, alpha valued in TAO at spot prices: TAO per day, averaged over each ${name}.`,
  };
  const rewards = run.table(rewardsTable);
  const roles = rewards.column("role").texts();
  const rates = ratesPerDay(
    run,
    rewards.column("block").numbers(),
    rewards.column("value_rao").tao(),
    (row) => roles[row],
  );
  if (rates.size === 0) return { ...words, nothing: "The run recorded no rewards." };
  const scale = roleScale(rates.keys());
  const rows = scale.domain.flatMap((role) =>
    list.map((window, w) => ({ window, name: role, value: rates.get(role)![w] })),
  );
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: { field: "role", ...scale },
      rows,
      windows: list,
      y: { axis: { title: "TAO per day", format: ",f" } },
      tooltip: [{ field: "value", type: "quantitative", title: "TAO per day", format: ",.1f" }],
      height: 300,
    }),
  };
}
