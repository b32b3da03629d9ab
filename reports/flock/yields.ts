/** Realised yields of delegators over time. */
import { WINDOW_DAYS, type YieldWindow } from "../../lab/measures/flock-apy.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import type { Chart } from "../chart.ts";
import { dayTooltips } from "../charts/parts.ts";
import { lines } from "../charts/series.ts";
import { color } from "../theme.ts";

export function yieldChart(windows: readonly YieldWindow[]): Chart {
  const words = {
    id: "flock-yields",
    title: "Delegators' realised yield",
    subtitle: `A year, on locked FLOCK, without compounding, after the claim fee: over each ${WINDOW_DAYS} days what was claimed and what became due. The tenth, the half and nine tenths of delegators.`,
  };
  if (windows.length === 0) return { ...words, nothing: "The run is shorter than one window." };
  const levels = [
    ["90 % earn less", "high"],
    ["half earn less", "middle"],
    ["10 % earn less", "low"],
  ] as const;
  const rows = levels.flatMap(([level, key]) =>
    windows.map((window) => ({
      time: timeOfDay(window.toDay),
      block: window.toDay,
      level,
      value: window[key],
    })),
  );
  return {
    ...words,
    ...lines({
      name: words.id,
      series: {
        field: "level",
        domain: levels.map(([level]) => level),
        range: [color("c3"), color("c1"), color("c2")],
      },
      rows,
      x: windows.map(({ fromDay, toDay }) => ({
        fromTime: timeOfDay(fromDay),
        toTime: timeOfDay(toDay),
      })),
      y: { field: "value", axis: { title: null, format: ".0%" } },
      when: dayTooltips,
      tooltip: [{ field: "value", type: "quantitative", title: "a year", format: ".0%" }],
    }),
  };
}
