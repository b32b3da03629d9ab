/** Paths on gpu.js, some thousand at a time. */
import type { PathBatch, PathResults } from "../types.ts";
import { supplyStart } from "../typescript/paths.ts";
import { path } from "./kernels.ts";
import type { GpuRunner } from "./runner.ts";
import { type Slice, slicesOf } from "./slices.ts";

const START_VALUES = 10;
const RESULTS = 6;

export async function pathsOnGpu(runner: GpuRunner, batch: PathBatch): Promise<PathResults> {
  const { paths, days } = batch;
  const results = Array.from({ length: RESULTS }, () => new Float32Array(paths));
  for (const slice of slicesOf(paths, days)) {
    const width = slice.problems;
    const byDay = (values: Float64Array) =>
      runner.input(columnsOf(values, paths, days, slice), [width, days]);
    const own = await runner.run(
      path,
      [width, RESULTS],
      runner.input(startsOf(batch, slice), [START_VALUES, width]),
      byDay(batch.recycledShare),
      byDay(batch.soldAlpha),
      byDay(batch.spentTao),
      days,
    );
    results.forEach((all, k) => {
      all.set(own.subarray(k * width, (k + 1) * width), slice.first);
    });
  }
  const [grownTao, poolTao, poolAlpha, lowestPrice, halvingDay, halvingMarginTao] = results;
  return {
    ...{ grownTao, poolTao, poolAlpha, lowestPrice, halvingMarginTao },
    halvingDay: Int32Array.from(halvingDay),
  };
}

function startsOf(batch: PathBatch, { first, problems }: Slice): Float32Array {
  const starts = new Float32Array(problems * START_VALUES);
  for (let k = 0; k < problems; k++) {
    const p = first + k;
    const { dailyTao, gapsTao } = supplyStart(batch.issuanceTao[p]);
    const shares = [batch.emissionShare[p], batch.boughtShare[p]];
    const pool = [batch.poolTao[p], batch.poolAlpha[p]];
    starts.set([dailyTao, ...gapsTao, ...shares, ...pool], k * START_VALUES);
  }
  return starts;
}

function columnsOf(
  values: Float64Array,
  paths: number,
  days: number,
  { first, problems }: Slice,
): Float32Array {
  const columns = new Float32Array(problems * days);
  for (let day = 0; day < days; day++) {
    const from = day * paths + first;
    columns.set(values.subarray(from, from + problems), day * problems);
  }
  return columns;
}
