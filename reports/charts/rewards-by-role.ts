/** What the network paid, by role. */
import { rewardsTable } from "../../sim/bittensor/tables.ts";
import type { Chart } from "../chart.ts";
import { ratesPerDay } from "../frames.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import { bandX, dimUnpicked, legendPick, whenTransform, wrappedLegend } from "./parts.ts";

export function rewardsByRoleChart(run: RunData): Chart {
  const { list, name } = run.windows;
  const words = {
    id: "rewards-by-role",
    title: "Rewards by role",
    subtitle: `Alpha paid by all subnets, valued in TAO at spot prices: TAO per day, averaged over each ${name}. Validators are shown by their take, delegators by what is left to alpha stakers; burned is the miners' part that was withheld.`,
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
  const rows = scale.domain.flatMap((role, order) =>
    list.map((window, w) => ({ window, role, order, rate: rates.get(role)![w] })),
  );
  return {
    ...words,
    data: {
      rewards: {
        from: rows.map(({ window }) => window.fromTime),
        time: rows.map(({ window }) => window.toTime),
        block: rows.map(({ window }) => window.toBlock),
        role: rows.map(({ role }) => role),
        order: rows.map(({ order }) => order),
        rate: rows.map(({ rate }) => rate),
      },
    },
    spec: {
      data: { name: "rewards" },
      transform: [...whenTransform],
      params: [legendPick("role")],
      mark: { type: "bar", binSpacing: 1 },
      encoding: {
        ...bandX(list),
        y: { field: "rate", type: "quantitative", axis: { title: "TAO per day", format: "," } },
        order: { field: "order", type: "quantitative" },
        color: { field: "role", type: "nominal", scale, legend: wrappedLegend(6) },
        opacity: dimUnpicked(1),
        tooltip: [
          { field: "role", title: "role" },
          { field: "when", title: "until" },
          { field: "atBlock", title: "block" },
          { field: "rate", type: "quantitative", title: "TAO per day", format: ",.1f" },
        ],
      },
    },
  };
}
