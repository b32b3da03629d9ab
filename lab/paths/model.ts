/**
 * What `hivelab paths` simulates, as plain data: supply, one pool or none, and which moments are kept.
 * Path k of a seed is the run `seed/k` of an ensemble as far as issuance goes.
 */

import type { FlowModel } from "../../sim/bittensor/supply/flow-path.ts";
import type { RecyclingModel } from "../../sim/bittensor/supply/recycling.ts";

export interface PoolModel {
  readonly tao: number;
  readonly alpha: number;
  /** Parts of the new TAO: injected with alpha, and spent on alpha by the chain. */
  readonly emissionShare: number;
  readonly boughtShare: number;
  readonly flows: FlowModel;
}

export interface PathModel {
  readonly seed: string;
  readonly days: number;
  /** Days between two moments of the bands. */
  readonly everyDays: number;
  readonly issuanceTao: number;
  readonly recycling: RecyclingModel;
  readonly pool: PoolModel | null;
  /** Prices: how many paths fall below them? */
  readonly priceBelow: readonly number[];
}

export type Series = "issuance_tao" | "price_tao_per_alpha" | "lowest_price_tao_per_alpha";

/** One number a path: a series at the end of a day. */
export interface Moment {
  readonly series: Series;
  readonly day: number;
}

/** The days whose ends are kept, from 1; the last one always. */
export const keptDays = ({ days, everyDays }: PathModel): number[] =>
  Array.from({ length: Math.ceil(days / everyDays) }, (_, k) =>
    Math.min(days, (k + 1) * everyDays),
  );

/** In the order in which values of a path lie: issuance, prices, the lowest price. */
export function momentsOf(model: PathModel): Moment[] {
  const days = keptDays(model);
  const all = (series: Series) => days.map((day): Moment => ({ series, day }));
  if (model.pool === null) return all("issuance_tao");
  return [
    ...all("issuance_tao"),
    ...all("price_tao_per_alpha"),
    { series: "lowest_price_tao_per_alpha", day: model.days },
  ];
}

export const seedOfPath = ({ seed }: PathModel, path: number): string => `${seed}/${path}`;
