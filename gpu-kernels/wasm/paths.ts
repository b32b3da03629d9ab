import type { Floats, PathBatch, PathResults } from "../types.ts";
import { supplyStart } from "../typescript/paths.ts";
import { floatsOf, type SimdKernel, viewOf } from "./backend.ts";

/** Columns of kernel/assembly/paths.ts. */
const Column = {
  daily: 0,
  gap: 1,
  emissionShare: 6,
  boughtShare: 7,
  poolTao: 8,
  poolAlpha: 9,
  grown: 10,
  lowest: 11,
  halvingDay: 12,
  halvingMargin: 13,
  count: 14,
} as const;

/** Values of a tile: enough to be worth a call, little enough to stay in a cache. */
const TILE_VALUES = 200_000;

export function runPaths(kernel: SimdKernel, batch: PathBatch): PathResults {
  const { exports, isFloat32 } = kernel;
  const { paths, days } = batch;
  const most = Math.max(4, Math.floor(TILE_VALUES / (3 * days) / 4) * 4);
  const tile = Math.min(most, Math.ceil(paths / 4) * 4);
  if (!exports.layOutPaths(tile, days)) throw new RangeError(`no memory for ${days} days`);
  const columns = viewOf(kernel, exports.pathColumnsAt(), Column.count * tile);
  const daily = viewOf(kernel, exports.pathDaysAt(), 3 * days * tile);
  const results = {
    grownTao: floatsOf(kernel, paths),
    poolTao: floatsOf(kernel, paths),
    poolAlpha: floatsOf(kernel, paths),
    lowestPrice: floatsOf(kernel, paths),
    halvingDay: new Int32Array(paths),
    halvingMarginTao: floatsOf(kernel, paths),
  };
  for (let from = 0; from < paths; from += tile) {
    const count = Math.min(tile, paths - from);
    loadTile(batch, { from, count, tile }, columns, daily);
    if (isFloat32) exports.pathsF32(tile, days);
    else exports.pathsF64(tile, days);
    const read = (column: number) => columns.subarray(column * tile, column * tile + count);
    results.grownTao.set(read(Column.grown), from);
    results.poolTao.set(read(Column.poolTao), from);
    results.poolAlpha.set(read(Column.poolAlpha), from);
    results.lowestPrice.set(read(Column.lowest), from);
    results.halvingDay.set(read(Column.halvingDay), from);
    results.halvingMarginTao.set(read(Column.halvingMargin), from);
  }
  return results;
}

interface Tile {
  readonly from: number;
  readonly count: number;
  readonly tile: number;
}

function loadTile(
  batch: PathBatch,
  { from, count, tile }: Tile,
  columns: Floats,
  daily: Floats,
): void {
  // Lanes without a path compute something harmless.
  columns.fill(1);
  for (let k = 0; k < count; k++) {
    const { dailyTao, gapsTao } = supplyStart(batch.issuanceTao[from + k]);
    columns[Column.daily * tile + k] = dailyTao;
    for (let h = 0; h < gapsTao.length; h++) columns[(Column.gap + h) * tile + k] = gapsTao[h];
    columns[Column.emissionShare * tile + k] = batch.emissionShare[from + k];
    columns[Column.boughtShare * tile + k] = batch.boughtShare[from + k];
    columns[Column.poolTao * tile + k] = batch.poolTao[from + k];
    columns[Column.poolAlpha * tile + k] = batch.poolAlpha[from + k];
  }
  const rows = [batch.recycledShare, batch.soldAlpha, batch.spentTao];
  for (let day = 0; day < batch.days; day++) {
    const start = day * batch.paths + from;
    rows.forEach((row, k) => {
      daily.set(row.subarray(start, start + count), (3 * day + k) * tile);
    });
  }
}
