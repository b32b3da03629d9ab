/** One path, in whole rao from its first day to its last. */
import { exactDays, type PathBatch, priceOf } from "../../gpu-kernels/index.ts";
import { raoFromTao } from "../../sim/amounts.ts";
import { halvingsDone, halvingThresholdRao } from "../../sim/bittensor/emission/block-emission.ts";
import { drawnPath } from "./draws.ts";
import { keptDays, type PathModel } from "./model.ts";

export interface ExactValues {
  /** By moment; see `momentsOf`. */
  readonly values: Float64Array;
  /** The day that ends at or past the next halving's issuance; 0 = none. */
  readonly halvingDay: number;
}

/** Where paths start: the fields of a batch that are alike for all of them. */
export function startOf(model: PathModel, paths: number) {
  const column = (value: number) => new Float64Array(paths).fill(value);
  // Without a pool, one that nobody touches.
  const pool = model.pool ?? { tao: 1, alpha: 1, emissionShare: 0, boughtShare: 0 };
  return {
    issuanceTao: column(model.issuanceTao),
    poolTao: column(pool.tao),
    poolAlpha: column(pool.alpha),
    emissionShare: column(pool.emissionShare),
    boughtShare: column(pool.boughtShare),
  };
}

export function exactValues(model: PathModel, path: number): ExactValues {
  const drawn = drawnPath(model, path);
  const batch: PathBatch = { paths: 1, days: model.days, ...startOf(model, 1), ...drawn };
  const threshold = halvingThresholdRao(halvingsDone(raoFromTao(model.issuanceTao)) + 1);
  const kept = keptDays(model);
  const issuance: number[] = [];
  const prices: number[] = [];
  let lowest = Infinity;
  let halvingDay = 0;
  for (const state of exactDays(batch, 0)) {
    const price = priceOf(state);
    lowest = Math.min(lowest, price);
    if (halvingDay === 0 && state.issuanceRao >= threshold) halvingDay = state.day;
    if (state.day !== kept[issuance.length]) continue;
    issuance.push(Number(state.issuanceRao) / 1e9);
    prices.push(price);
  }
  const values = model.pool === null ? issuance : [...issuance, ...prices, lowest];
  return { values: Float64Array.from(values), halvingDay };
}
