/** What each mechanism of a subnet gave, over time. */
import type { Chart } from "../chart.ts";
import { mechanismEpochs } from "../mechanisms.ts";
import type { RunData } from "../run-data.ts";
import { hues } from "../theme.ts";
import { stackedBars } from "./series.ts";

export function mechanismEmissionChart(run: RunData, netuid: number): Chart {
  const { list, of, name } = run.windows;
  const words = {
    id: `mechanism-emission-${netuid}`,
    title: "What the mechanisms give",
    subtitle: `Alpha a day to miners and validators together, each ${name}; nothing is drawn while there is only one mechanism.`,
  };
  const epochs = mechanismEpochs(run, netuid);
  const mechanisms = [...new Set(epochs.map(({ mechanism }) => mechanism))].sort((a, b) => a - b);
  const domain = mechanisms.map((mechanism) => `mechanism ${mechanism}`);
  const sums = new Map<string, number>();
  for (const { block, mechanism, minersAlpha, validatorsAlpha } of epochs) {
    const key = `${of(block)}/${mechanism}`;
    sums.set(key, (sums.get(key) ?? 0) + minersAlpha + validatorsAlpha);
  }
  const days = ({ fromTime, toTime }: (typeof list)[number]) => (toTime - fromTime) / 86_400_000;
  const rows = list.flatMap((window, w) =>
    mechanisms.map((mechanism, k) => ({
      window,
      name: domain[k],
      value: (sums.get(`${w}/${mechanism}`) ?? 0) / days(window),
    })),
  );
  if (rows.length === 0) return { ...words, nothing: "No epoch ran." };
  return {
    ...words,
    ...stackedBars({
      name: words.id,
      series: { field: "mechanism", domain, range: hues.slice(0, domain.length) },
      rows,
      windows: list,
      y: { axis: { title: "alpha a day", format: ".3~s" } },
      tooltip: [{ field: "value", type: "quantitative", title: "alpha a day", format: ",.4~r" }],
    }),
  };
}
