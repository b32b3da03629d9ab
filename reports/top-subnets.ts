/** The subnets that received most TAO emission in a run: the ones that charts name and colour. */
import { subnetsTable } from "../sim/bittensor/tables.ts";
import type { RunData } from "./run-data.ts";
import { color, hues } from "./theme.ts";

export interface TopSubnets {
  /** By falling TAO emission over the run; at most as many as there are colours. */
  readonly netuids: readonly number[];
  readonly labels: readonly string[];
  /** The same subnet has the same colour in every chart. */
  readonly scale: { readonly domain: readonly string[]; readonly range: readonly string[] };
}

export const OTHERS = "all other subnets";

/** TAO emission over the whole run by netuid, largest first (ties by netuid). */
export function emissionTotals(run: RunData): [netuid: number, tao: number][] {
  const table = run.table(subnetsTable);
  const netuids = table.column("netuid").numbers();
  const emission = table.column("tao_emission_rao").tao();
  const totals = new Map<number, number>();
  for (let row = 0; row < table.rows; row++) {
    totals.set(netuids[row], (totals.get(netuids[row]) ?? 0) + emission[row]);
  }
  return [...totals].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

export function topSubnets(run: RunData): TopSubnets {
  const totals = emissionTotals(run);
  const netuids = totals.slice(0, hues.length).map(([netuid]) => netuid);
  const labels = netuids.map((netuid) => run.subnetLabel(netuid));
  const others = totals.length > netuids.length;
  return {
    netuids,
    labels,
    scale: {
      domain: others ? [...labels, OTHERS] : labels,
      range: [...hues.slice(0, labels.length), ...(others ? [color("other")] : [])],
    },
  };
}
