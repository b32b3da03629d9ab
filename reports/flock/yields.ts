/** What delegators earn: realised yields over time, and where they come from. */
import { quantile } from "simple-statistics";
import { type DelegatorDay, realisedYields } from "../../lab/measures/flock-yields.ts";
import { flockDelegatorsTable } from "../../sim/flock/tables.ts";
import { timeOfDay } from "../../sim/flock/world/record.ts";
import type { Chart } from "../chart.ts";
import { dayTooltips } from "../charts/parts.ts";
import { lines } from "../charts/series.ts";
import type { RunData } from "../run-data.ts";
import { color } from "../theme.ts";

/** Shorter windows are ruled by the days on which tasks end. */
const WINDOW_DAYS = 28;
const LEAST_FLOCK = 50;

export interface YieldWindow {
  readonly fromDay: number;
  readonly toDay: number;
  readonly delegators: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** Tenth, half and nine tenths of delegators' realised yearly yields, window by window. */
export function yieldWindows(run: RunData, claimFee: number): YieldWindow[] {
  const rows = delegatorDays(run);
  const days = [...new Set(rows.map(({ day }) => day))].sort((a, b) => a - b);
  const windows: YieldWindow[] = [];
  let fromDay = days[0];
  for (const toDay of days) {
    if (toDay - fromDay < WINDOW_DAYS) continue;
    const yields = realisedYields(rows, fromDay, toDay, { claimFee, leastFlock: LEAST_FLOCK });
    if (yields.length > 0) {
      const part = (share: number) => quantile(yields, share);
      windows.push({
        fromDay,
        toDay,
        delegators: yields.length,
        low: part(0.1),
        middle: part(0.5),
        high: part(0.9),
      });
    }
    fromDay = toDay;
  }
  return windows;
}

function delegatorDays(run: RunData): DelegatorDay[] {
  const table = run.table(flockDelegatorsTable);
  const column = (name: string) => table.column(name).numbers();
  const [day, locked, claimed, claimable] = ["day", "locked", "claimed", "claimable"].map(column);
  return table
    .column("name")
    .texts()
    .map((name, row) => ({
      day: day[row],
      name,
      lockedFlock: locked[row],
      claimedFlock: claimed[row],
      claimableFlock: claimable[row],
    }));
}

/** The window that a day falls into; the last one where it is beyond. */
export const windowOf = (windows: readonly YieldWindow[], day: number): YieldWindow | null =>
  windows.find(({ fromDay, toDay }) => fromDay <= day && day < toDay) ?? windows.at(-1) ?? null;

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
