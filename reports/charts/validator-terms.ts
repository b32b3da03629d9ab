/** Validators whose terms changed: what stake counts for them, and what they keep. */
import type { Chart } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { namedValidators, termChanges, type ValidatorDay, validatorDays } from "../stake-terms.ts";
import { hues } from "../theme.ts";
import { lines } from "./series.ts";

const SHOWN = 8;

export const countedStakeChart = (run: RunData, netuid: number): Chart =>
  validatorChart(run, netuid, {
    id: `counted-stake-${netuid}`,
    title: "Stake that counts for them",
    subtitle:
      "Part of the subnet's stake in consensus, once a day: with what parents lend, without what is lent.",
    axis: "of the stake that counts",
    value: ({ stakeShare }) => stakeShare,
  });

export const takesChart = (run: RunData, netuid: number): Chart =>
  validatorChart(run, netuid, {
    id: `takes-${netuid}`,
    title: "What they keep",
    subtitle: "Take of their stakers' dividends, once a day.",
    axis: "take",
    value: ({ take }) => take,
  });

interface Wanted {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly axis: string;
  readonly value: (day: ValidatorDay) => number;
}

function validatorChart(
  run: RunData,
  netuid: number,
  { id, title, subtitle, axis, value }: Wanted,
): Chart {
  const words = { id, title, subtitle };
  const days = validatorDays(run, netuid);
  const present = new Set(days.map(({ hotkey }) => hotkey));
  const named = namedValidators(termChanges(run), netuid)
    .filter((hotkey) => present.has(hotkey))
    .slice(0, SHOWN);
  if (named.length === 0) return { ...words, nothing: "Nobody with a permit changed its terms." };
  const rows = days
    .filter(({ hotkey }) => named.includes(hotkey))
    .map((day) => ({
      time: day.time,
      block: day.block,
      validator: day.hotkey,
      share: value(day),
    }));
  return {
    ...words,
    ...lines({
      name: id,
      series: { field: "validator", domain: named, range: hues.slice(0, named.length) },
      rows,
      x: run.windows.list,
      y: { field: "share", axis: { title: axis, format: ".3~%" } },
      tooltip: [{ field: "share", type: "quantitative", title: axis, format: ".2%" }],
    }),
  };
}
