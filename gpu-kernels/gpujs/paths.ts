import type { PathBatch, PathResults } from "../types.ts";
import { supplyStart } from "../typescript/paths.ts";
import type { GpuRunner } from "./backend.ts";
import { path } from "./kernels.ts";

const START_VALUES = 10;
const RESULTS = 6;

export async function pathsOnGpu(
  { input, run }: GpuRunner,
  batch: PathBatch,
): Promise<PathResults> {
  const { paths, days } = batch;
  const start = new Float32Array(paths * START_VALUES);
  for (let p = 0; p < paths; p++) {
    const { dailyTao, gapsTao } = supplyStart(batch.issuanceTao[p]);
    const shares = [batch.emissionShare[p], batch.boughtShare[p]];
    const pool = [...shares, batch.poolTao[p], batch.poolAlpha[p]];
    start.set([dailyTao, ...gapsTao, ...pool], p * START_VALUES);
  }
  const byDay = (values: Float64Array) => input(Float32Array.from(values), [paths, days]);
  const results = await run(
    path,
    { width: paths, height: RESULTS },
    input(start, [START_VALUES, paths]),
    byDay(batch.recycledShare),
    byDay(batch.soldAlpha),
    byDay(batch.spentTao),
    days,
  );
  const row = (k: number) => results.subarray(k * paths, (k + 1) * paths);
  return {
    grownTao: row(0),
    poolTao: row(1),
    poolAlpha: row(2),
    lowestPrice: row(3),
    halvingDay: Int32Array.from(row(4)),
    halvingMarginTao: row(5),
  };
}
