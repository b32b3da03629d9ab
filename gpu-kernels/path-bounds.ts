/**
 * How far paths may lie from the exact ones, path by path, and what errors at the start of a batch
 * become at its end: a long path can be computed in batches, each from where the last one ended.
 *
 * Issuance is a sum of terms of one sign. A halving halves what its time was off by, so that errors
 * only add; the exact path halves with a whole block. Of a pool, take ln(tao * alpha) and
 * ln(tao / alpha): every step (buying, injecting, selling) makes of both a mean with weights that are
 * at most 1 in sum, so that errors of these two never grow by themselves, and those made in each step
 * add up.
 */
import { UNIT_ROUNDOFF } from "./bounds.ts";
import type { Backend, PathBatch, PathResults } from "./types.ts";
import { supplyStart } from "./typescript/paths.ts";

/** By path; of what was computed from the exact value. */
export interface PathErrors {
  /** Of issuance, in TAO. */
  readonly issuanceTao: Float64Array;
  /** Of the pool's TAO and alpha and of every price, relative to it. */
  readonly pool: Float64Array;
  /** In TAO: with a halving margin of at most this, the halving's day must be confirmed. */
  readonly halvingMarginTao: Float64Array;
}

/** Nothing is off at the start. */
export const exactStart = (paths: number): PathErrors => ({
  issuanceTao: new Float64Array(paths),
  pool: new Float64Array(paths),
  halvingMarginTao: new Float64Array(paths),
});

const BLOCKS_PER_DAY = 7_200;
const MAX_SUPPLY_TAO = 21e6;
const RAO = 1e-9;
/**
 * Roundings of TAO and alpha together in a day, in units of roundoff: 20 are counted, and 16 more for
 * four quotients of a graphics driver, which may be off by 2.5 units in the last place (5 u).
 */
const POOL_ROUNDINGS = 40;
/** Amounts of a day that the exact path rounds to the rao, counted for both reserves. */
const FLOORED = 8;

/** Bounds at the end of a batch that began with the errors `before`. */
export function pathErrors(
  { precision }: Pick<Backend, "precision">,
  batch: PathBatch,
  results: PathResults,
  before: PathErrors = exactStart(batch.paths),
): PathErrors {
  const u = UNIT_ROUNDOFF[precision];
  const { paths, days } = batch;
  const after = exactStart(paths);
  const soldAlpha = sumOverDays(batch, batch.soldAlpha);
  const spentTao = sumOverDays(batch, batch.spentTao);
  for (let p = 0; p < paths; p++) {
    const { dailyTao, gapsTao } = supplyStart(batch.issuanceTao[p]);
    const summed = (days + 8) * 2 * u * results.grownTao[p];
    // What is kept is 1 less the recycled share, which is rounded, and floored in every block.
    const recycled = days * (2 * u * dailyTao + BLOCKS_PER_DAY * RAO) + 10 * RAO;
    let issuance = before.issuanceTao[p] + summed + recycled;
    const margin = issuance + 2 * u * gapsTao[0];
    const halves = results.halvingDay[p] > 0 || results.halvingMarginTao[p] <= margin;
    if (halves) issuance += dailyTao / BLOCKS_PER_DAY + 4 * MAX_SUPPLY_TAO * u;
    const share = batch.emissionShare[p];
    const entering = share + batch.boughtShare[p];
    const product = batch.poolTao[p] * batch.poolAlpha[p];
    const lowest = Math.min(results.lowestPrice[p], batch.poolTao[p] / batch.poolAlpha[p]);
    const injectedAlpha = (share * dailyTao * days) / lowest;
    const leastTao = product / (batch.poolAlpha[p] + soldAlpha[p] + injectedAlpha);
    const leastAlpha = product / (batch.poolTao[p] + spentTao[p] + entering * dailyTao * days);
    let pool = before.pool[p] + (days + 2) * POOL_ROUNDINGS * u;
    pool += (days + 1) * FLOORED * RAO * (1 / leastTao + 1 / leastAlpha);
    if (halves) pool += (2 * entering * mintedLater(batch, p, issuance, dailyTao)) / leastTao;
    after.issuanceTao[p] = issuance;
    after.pool[p] = pool;
    after.halvingMarginTao[p] = margin;
  }
  return after;
}

/** TAO that a halving mints too much or too little when issuance is this much off. */
function mintedLater(batch: PathBatch, path: number, off: number, dailyTao: number): number {
  const { paths, days, recycledShare } = batch;
  let leastKept = 1;
  for (let day = 0; day < days; day++) {
    leastKept = Math.min(leastKept, 1 - recycledShare[day * paths + path]);
  }
  return Math.min((days * dailyTao) / 2, off / leastKept);
}

function sumOverDays({ paths, days }: PathBatch, values: Float64Array): Float64Array {
  const sums = new Float64Array(paths);
  for (let day = 0; day < days; day++) {
    for (let p = 0; p < paths; p++) sums[p] += values[day * paths + p];
  }
  return sums;
}
