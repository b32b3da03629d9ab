/** Which rows a dense epoch has, and whether it may be computed densely at all. */
import {
  bondColumnsAt,
  bondStartAt,
  denseUidAt,
  maxCells,
  permitAt,
  weightColumnsAt,
  weightStartAt,
} from "../memory";
import { n } from "../parameters";

/** Below a quarter of all cells the lists are faster. */
const CELLS_PER_ENTRY = 4;

/** Dense rows, and cells from one to the next: a multiple of 16, never of a page, for the cache's sake. */
export let rowCount: i32 = 0;
export let stride: i32 = 0;
/** Stored bonds, and a number that new ones do not exceed. */
export let heldBonds: i32 = 0;
export let mostBonds: i32 = 0;

export function uidOf(row: i32): i32 {
  return load<u16>(denseUidAt + ((<usize>row) << 1)) as i32;
}

export function countOf(startAt: usize, uid: i32): i32 {
  const at = startAt + ((<usize>uid) << 2);
  return (load<u32>(at, 4) - load<u32>(at)) as i32;
}

/** Lists the uids with weights or bonds. False where their rows are too sparse or not sorted by uid. */
export function findRows(): bool {
  rowCount = 0;
  stride = ((n + 15) & ~15) + 16;
  let weights = 0;
  let bonds = 0;
  for (let uid = 0; uid < n; uid++) {
    const given = load<u8>(permitAt + uid) != 0 ? countOf(weightStartAt, uid) : 0;
    const held = countOf(bondStartAt, uid);
    if ((given | held) == 0) continue;
    store<u16>(denseUidAt + ((<usize>rowCount) << 1), uid as u16);
    rowCount++;
    weights += given;
    bonds += held;
  }
  heldBonds = bonds;
  mostBonds = weights + bonds;
  const cells = (rowCount as i64) * n;
  if (cells == 0 || (max(weights, bonds) as i64) * CELLS_PER_ENTRY < cells) return false;
  if ((rowCount as i64) * stride > (maxCells as i64)) return false;
  for (let row = 0; row < rowCount; row++) {
    const uid = uidOf(row);
    if (load<u8>(permitAt + uid) != 0 && !isSorted(weightStartAt, weightColumnsAt, uid))
      return false;
    if (!isSorted(bondStartAt, bondColumnsAt, uid)) return false;
  }
  return true;
}

/** Whether the columns of a stored row only rise, and stay below n. */
function isSorted(startAt: usize, columnsAt: usize, uid: i32): bool {
  const start = load<u32>(startAt + ((<usize>uid) << 2));
  const count = countOf(startAt, uid);
  if (count == 0) return true;
  let at = columnsAt + ((<usize>start) << 1);
  if ((load<u16>(at + ((<usize>(count - 1)) << 1)) as i32) >= n) return false;
  const end = at + ((<usize>(count - 1)) << 1);
  let rising = i16x8.splat(-1);
  for (; at + 16 <= end; at += 16) {
    rising = v128.and(rising, i16x8.gt_u(v128.load(at, 2), v128.load(at)));
  }
  if (!i16x8.all_true(rising)) return false;
  for (; at < end; at += 2) if (load<u16>(at, 2) <= load<u16>(at)) return false;
  return true;
}

/** Spreads a stored row over u16 cells 0 ... stride. */
export function spreadRow(
  startAt: usize,
  columnsAt: usize,
  valuesAt: usize,
  uid: i32,
  to: usize,
): void {
  const start = load<u32>(startAt + ((<usize>uid) << 2));
  const count = countOf(startAt, uid);
  const columns = columnsAt + ((<usize>start) << 1);
  const values = valuesAt + ((<usize>start) << 1);
  if (count == n) {
    // Sorted, without repetition, and as many as there are uids: columns 0 ... n - 1.
    memory.copy(to, values, (<usize>n) << 1);
    memory.fill(to + ((<usize>n) << 1), 0, (<usize>(stride - n)) << 1);
    return;
  }
  memory.fill(to, 0, (<usize>stride) << 1);
  for (let k: usize = 0; k < (<usize>count) << 1; k += 2) {
    store<u16>(to + ((load<u16>(columns + k) as usize) << 1), load<u16>(values + k));
  }
}
