/** Supply and price paths, four (f32) or two (f64) at a time. See ../../typescript/paths.ts. */

// Columns of T, one value a path; the host fills the first ten.
export const DAILY: i32 = 0;
export const EMISSION_SHARE: i32 = 6;
export const BOUGHT_SHARE: i32 = 7;
export const POOL_TAO: i32 = 8;
export const POOL_ALPHA: i32 = 9;
export const GROWN: i32 = 10;
export const LOWEST: i32 = 11;
export const HALVING_DAY: i32 = 12;
export const HALVING_MARGIN: i32 = 13;
export const COLUMNS: i32 = 14;
/** Columns 1 to 5. */
const GAP: i32 = 1;

/**
 * `columns` are COLUMNS of `paths` values; `daily` holds for each day three rows of `paths` values:
 * recycled share, alpha sold, TAO spent. `paths` is a multiple of four.
 */
export function runPaths<T>(columns: usize, daily: usize, paths: i32, days: i32): void {
  const width = <usize>paths * sizeof<T>();
  for (let offset: usize = 0; offset < width; offset += 16) {
    runLanes<T>(columns + offset, daily + offset, width, days);
  }
}

function runLanes<T>(columns: usize, daily: usize, width: usize, days: i32): void {
  const one = v128.splat<T>(<T>1);
  const half = v128.splat<T>(<T>0.5);
  const base = v128.load(columns + <usize>DAILY * width);
  const share = v128.load(columns + <usize>EMISSION_SHARE * width);
  const boughtShare = v128.load(columns + <usize>BOUGHT_SHARE * width);
  const gap = v128.load(columns + <usize>GAP * width);
  let tao = v128.load(columns + <usize>POOL_TAO * width);
  let alpha = v128.load(columns + <usize>POOL_ALPHA * width);
  let grown = v128.splat<T>(<T>0);
  let lowest = v128.splat<T>(<T>1e30);
  let margin = v128.splat<T>(<T>1e30);
  let passed = v128.splat<T>(<T>0);
  let at = daily;
  for (let day = 0; day < days; day++) {
    let fresh = base;
    let left = v128.sub<T>(gap, grown);
    for (let k = 0; k < 4; k++) {
      const reached = v128.ge<T>(grown, v128.load(columns + <usize>(GAP + k) * width));
      const next = v128.load(columns + <usize>(GAP + k + 1) * width);
      fresh = v128.bitselect(v128.mul<T>(fresh, half), fresh, reached);
      left = v128.bitselect(v128.sub<T>(next, grown), left, reached);
    }
    // The halving takes effect within the day: a part of it mints half.
    const kept = v128.sub<T>(one, v128.load(at));
    const until = v128.pmin<T>(one, v128.div<T>(left, v128.mul<T>(fresh, kept)));
    fresh = v128.mul<T>(fresh, v128.mul<T>(half, v128.add<T>(one, until)));
    const buying = v128.add<T>(tao, v128.mul<T>(boughtShare, fresh));
    alpha = v128.mul<T>(alpha, v128.div<T>(tao, buying));
    tao = buying;
    const injected = v128.mul<T>(share, fresh);
    alpha = v128.add<T>(alpha, v128.div<T>(v128.mul<T>(injected, alpha), tao));
    tao = v128.add<T>(tao, injected);
    const sold = v128.load(at + width);
    const filled = v128.add<T>(alpha, sold);
    tao = v128.mul<T>(tao, v128.div<T>(alpha, filled));
    alpha = filled;
    const spent = v128.load(at + 2 * width);
    const paid = v128.add<T>(tao, spent);
    alpha = v128.mul<T>(alpha, v128.div<T>(tao, paid));
    tao = paid;
    lowest = v128.pmin<T>(lowest, v128.div<T>(tao, alpha));
    grown = v128.add<T>(grown, v128.mul<T>(fresh, kept));
    margin = v128.pmin<T>(margin, v128.abs<T>(v128.sub<T>(grown, gap)));
    const over = v128.and(v128.ge<T>(grown, gap), v128.eq<T>(passed, v128.splat<T>(<T>0)));
    passed = v128.bitselect(v128.splat<T>(<T>(day + 1)), passed, over);
    at += 3 * width;
  }
  v128.store(columns + <usize>GROWN * width, grown);
  v128.store(columns + <usize>POOL_TAO * width, tao);
  v128.store(columns + <usize>POOL_ALPHA * width, alpha);
  v128.store(columns + <usize>LOWEST * width, lowest);
  v128.store(columns + <usize>HALVING_DAY * width, passed);
  v128.store(columns + <usize>HALVING_MARGIN * width, margin);
}
