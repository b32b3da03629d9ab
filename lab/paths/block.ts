/**
 * A block of paths: screened by a backend from moment to moment, each stretch from where the last one
 * ended, and computed exactly wherever the bounds leave a decision open.
 */
import {
  type Backend,
  BoundExceeded,
  Confirmations,
  exactStart,
  type PathBatch,
  pathErrors,
} from "../../gpu-kernels/index.ts";
import { drawnPaths } from "./draws.ts";
import { type ExactValues, exactValues, startOf } from "./exact-path.ts";
import { keptDays, momentsOf, type PathModel } from "./model.ts";

export interface BlockTask {
  readonly first: number;
  readonly count: number;
}

export interface PathBlock {
  /** By moment and path. */
  readonly values: Float64Array;
  /** By moment: how far values may be off, relative to them; 0 where all are exact. */
  readonly bounds: Float64Array;
  /** By path, exact: the day of the next halving; 0 = not within the horizon. */
  readonly halvingDay: Int32Array;
  /** By threshold of price, exact: how many paths fall below it. */
  readonly below: readonly number[];
  readonly screened: number;
  readonly confirmed: number;
  readonly largestError: number;
}

/** The same for every backend but for values within their bounds; null computes all exactly. */
export async function pathBlock(
  model: PathModel,
  task: BlockTask,
  backend: Backend | null,
): Promise<PathBlock> {
  if (backend === null) return exactBlock(model, task);
  const block = await screenedBlock(model, task, backend);
  return confirmedBlock(model, task, block);
}

interface ScreenedBlock {
  readonly values: Float64Array;
  readonly bounds: Float64Array;
  readonly halvingDay: Int32Array;
  /** By path: 1 where the day of the halving is not certain. */
  readonly isOpen: Uint8Array;
}

async function screenedBlock(
  model: PathModel,
  { first, count }: BlockTask,
  backend: Backend,
): Promise<ScreenedBlock> {
  const kept = keptDays(model);
  const moments = momentsOf(model).length;
  const values = new Float64Array(moments * count);
  const bounds = new Float64Array(moments);
  const halvingDay = new Int32Array(count);
  const isOpen = new Uint8Array(count);
  const lowest = new Float64Array(count).fill(Infinity);
  const draws = drawnPaths(model, first, count, model.everyDays);
  let start = startOf(model, count);
  let errors = exactStart(count);
  for (let k = 0, day = 0; k < kept.length; day = kept[k++]) {
    const days = kept[k] - day;
    const batch: PathBatch = { paths: count, days, ...start, ...draws.next(days) };
    const results = await backend.paths(batch);
    errors = pathErrors(backend, batch, results, errors);
    start = {
      ...start,
      issuanceTao: start.issuanceTao.map((tao, p) => tao + results.grownTao[p]),
      poolTao: Float64Array.from(results.poolTao),
      poolAlpha: Float64Array.from(results.poolAlpha),
    };
    for (let p = 0; p < count; p++) {
      if (halvingDay[p] === 0 && isOpen[p] === 0) {
        if (results.halvingMarginTao[p] <= errors.halvingMarginTao[p]) isOpen[p] = 1;
        else if (results.halvingDay[p] > 0) halvingDay[p] = day + results.halvingDay[p];
      }
      lowest[p] = Math.min(lowest[p], results.lowestPrice[p]);
      values[k * count + p] = start.issuanceTao[p];
      bounds[k] = Math.max(bounds[k], errors.issuanceTao[p] / start.issuanceTao[p]);
      if (model.pool === null) continue;
      values[(kept.length + k) * count + p] = start.poolTao[p] / start.poolAlpha[p];
      bounds[kept.length + k] = Math.max(bounds[kept.length + k], errors.pool[p]);
    }
  }
  if (model.pool !== null) {
    values.set(lowest, (moments - 1) * count);
    bounds[moments - 1] = bounds[moments - 2];
  }
  return { values, bounds, halvingDay, isOpen };
}

function confirmedBlock(
  model: PathModel,
  { first, count }: BlockTask,
  { values, bounds, halvingDay, isOpen }: ScreenedBlock,
): PathBlock {
  const confirmations = new Confirmations();
  const moments = bounds.length;
  const lowest = model.pool === null ? null : values.subarray((moments - 1) * count);
  let confirmed = 0;
  for (let p = 0; p < count; p++) {
    const nearThreshold = model.priceBelow.some(
      (price) => lowest && Math.abs(lowest[p] - price) <= 2 * bounds[moments - 1] * price,
    );
    // One of each block in any case, so that no backend goes unchecked.
    if (p > 0 && isOpen[p] === 0 && !nearThreshold) continue;
    const exact = exactValues(model, first + p);
    confirmed++;
    for (let m = 0; m < moments; m++) {
      const score = values[m * count + p];
      hold(confirmations, { score, bound: bounds[m], exact: exact.values[m] }, first + p);
      values[m * count + p] = exact.values[m];
    }
    if (isOpen[p] === 0 && halvingDay[p] !== exact.halvingDay) {
      throw new BoundExceeded(
        `path ${first + p}: halving on day ${halvingDay[p]}, exactly on ${exact.halvingDay}`,
      );
    }
    halvingDay[p] = exact.halvingDay;
  }
  return {
    ...{ values, bounds, halvingDay, below: belowOf(model, lowest) },
    ...{ screened: count, confirmed, largestError: confirmations.largestError },
  };
}

/** Holds a screened value against the exact one; all relative to it. Throws BoundExceeded. */
export function hold(
  confirmations: Confirmations,
  { score, bound, exact }: { score: number; bound: number; exact: number },
  path: number,
): void {
  confirmations.hold({ score: score / exact, bound }, 1, path);
}

function exactBlock(model: PathModel, { first, count }: BlockTask): PathBlock {
  const moments = momentsOf(model).length;
  const values = new Float64Array(moments * count);
  const halvingDay = new Int32Array(count);
  for (let p = 0; p < count; p++) {
    const exact: ExactValues = exactValues(model, first + p);
    exact.values.forEach((value, m) => {
      values[m * count + p] = value;
    });
    halvingDay[p] = exact.halvingDay;
  }
  const lowest = model.pool === null ? null : values.subarray((moments - 1) * count);
  return {
    ...{ values, bounds: new Float64Array(moments), halvingDay, below: belowOf(model, lowest) },
    ...{ screened: 0, confirmed: count, largestError: 0 },
  };
}

const belowOf = ({ priceBelow }: PathModel, lowest: Float64Array | null): number[] =>
  priceBelow.map((price) => {
    let count = 0;
    for (const own of lowest ?? []) if (own < price) count++;
    return count;
  });
