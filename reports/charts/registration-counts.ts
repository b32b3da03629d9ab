/** How many neurons registered on one subnet, by the role of who registered them. */
import type { Chart } from "../chart.ts";
import { registrationRows } from "../registrations.ts";
import type { RunData } from "../run-data.ts";
import { roleScale } from "../theme.ts";
import { stackedBars } from "./series.ts";

export function registrationCountsChart(run: RunData, netuid: number): Chart {
  const { list, of, name } = run.windows;
  const words = {
    id: `registration-counts-${netuid}`,
    title: "Registrations",
    subtitle: `Neurons that registered per day, averaged over each ${name}, by the role of the agent that paid.`,
  };
  const registrations = registrationRows(run, netuid);
  const scale = roleScale(registrations.map(({ role }) => role));
  const counts = new Map(scale.domain.map((role) => [role, new Float64Array(list.length)]));
  for (const { block, role } of registrations) {
    const window = of(block);
    if (window >= 0) counts.get(role)![window]++;
  }
  if (registrations.length === 0) return { ...words, nothing: "Nobody registered." };
  const rows = scale.domain.flatMap((role) =>
    list.map((window, w) => ({ window, name: role, value: counts.get(role)![w] / window.days })),
  );
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: { field: "role", ...scale },
      rows,
      windows: list,
      y: { axis: { title: "per day", format: "~r" } },
      tooltip: [{ field: "value", type: "quantitative", title: "per day", format: ".1f" }],
    }),
  };
}
