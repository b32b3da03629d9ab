/** What each registration of a subnet in the run cost. */
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { subnetLife } from "../subnet-life.ts";
import { color } from "../theme.ts";
import { timeAxis, whenTransform } from "./parts.ts";
import { frameOf } from "./series.ts";

export function lockCostsChart(run: RunData): Chart {
  const words = {
    id: "lock-costs",
    title: "What a subnet cost",
    subtitle:
      "TAO locked at each registration. The price doubles with each and falls back until somebody pays it.",
  };
  const { founded } = subnetLife(run);
  if (founded.length === 0) return { ...words, nothing: "Nobody registered a subnet." };
  const rows = founded.map(({ time, block, lockTao, netuid, founder }) => ({
    time,
    block,
    lock: lockTao,
    zero: 0,
    slot: String(netuid),
    founder,
  }));
  return {
    ...words,
    data: { locks: frameOf(rows) },
    spec: {
      height: 240,
      data: { name: "locks" },
      transform: [...whenTransform],
      encoding: {
        x: timeAxis(run.windows.list),
        y: { field: "lock", type: "quantitative", axis: { title: "TAO" }, scale: { zero: true } },
      },
      layer: [
        {
          mark: { type: "rule", color: color("c1"), opacity: 0.35 },
          encoding: { y2: { field: "zero" } },
        },
        {
          mark: { type: "point", filled: true, size: 90, opacity: 1, color: color("c1") },
          encoding: {
            tooltip: [
              { field: "when", title: "at" },
              { field: "atBlock", title: "block" },
              { field: "founder", title: "founder" },
              { field: "slot", title: "slot" },
              { field: "lock", type: "quantitative", title: "TAO", format: ",.1f" },
            ],
          },
        },
      ],
    },
  };
}
