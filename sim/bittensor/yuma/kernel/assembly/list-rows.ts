/** List matrices of I32F32 bits: what several steps of the bonds do with them. */
import { divide, divideWith, satAdd, TWO_TO_32 } from "./fixed";
import {
  columnTotalAt,
  emaBitsAt,
  emaColumnsAt,
  emaStartAt,
  maxEntries,
  reciprocalAt,
} from "./memory";
import { n } from "./parameters";

export function columnOf(columnsAt: usize, k: u32): usize {
  return load<u16>(columnsAt + ((<usize>k) << 1)) as usize;
}

export function bitsOf(bitsAt: usize, k: u32): i64 {
  return load<i64>(bitsAt + ((<usize>k) << 3));
}

export function rowStart(startAt: usize, row: i32): u32 {
  return load<u32>(startAt + ((<usize>row) << 2));
}

/** Whether columns only rise, so that no uid occurs twice, and stay below n. */
export function isAscending(columnsAt: usize, start: u32, end: u32): bool {
  let next: usize = 0;
  for (let k = start; k < end; k++) {
    const column = columnOf(columnsAt, k);
    if (column < next) return false;
    next = column + 1;
  }
  return next <= (n as usize);
}

/** Appends a new bond at `to` and returns the next place. */
export function pushBond(to: u32, column: usize, bits: i64): u32 {
  if (to >= (maxEntries as u32)) return to + 1;
  store<u16>(emaColumnsAt + ((<usize>to) << 1), column as u16);
  store<i64>(emaBitsAt + ((<usize>to) << 3), bits);
  return to + 1;
}

/** columnTotal_j = the saturated sum of column j of the entries before `end`. */
export function sumColumns(columnsAt: usize, bitsAt: usize, end: u32): void {
  memory.fill(columnTotalAt, 0, (<usize>n) << 3);
  for (let k: u32 = 0; k < end; k++) {
    const at = columnTotalAt + (columnOf(columnsAt, k) << 3);
    store<i64>(at, satAdd(load<i64>(at), bitsOf(bitsAt, k)));
  }
}

/** To be called when columnTotal is complete and before shareOfColumn. */
export function findReciprocals(): void {
  for (let column = 0; column < n; column++) {
    const at = (<usize>column) << 3;
    store<f64>(reciprocalAt + at, TWO_TO_32 / (load<i64>(columnTotalAt + at) as f64));
  }
}

/** bits / columnTotal of a column whose entries are at most its total. */
export function shareOfColumn(bits: i64, column: usize): i64 {
  if (bits == 0) return 0;
  const total = load<i64>(columnTotalAt + (column << 3));
  if (total >> 52 != 0) return divide(bits as u64, total as u64) as i64;
  return divideWith(bits, total, load<f64>(reciprocalAt + (column << 3)));
}

/** Each entry divided by its column's total, in place. */
export function divideColumns(columnsAt: usize, bitsAt: usize, end: u32): void {
  findReciprocals();
  for (let k: u32 = 0; k < end; k++) {
    const at = bitsAt + ((<usize>k) << 3);
    store<i64>(at, shareOfColumn(load<i64>(at), columnOf(columnsAt, k)));
  }
}

/** columnTotal_j = the largest new bond of column j. */
export function findColumnMaxima(): void {
  memory.fill(columnTotalAt, 0, (<usize>n) << 3);
  const end = rowStart(emaStartAt, n);
  for (let k: u32 = 0; k < end; k++) {
    const at = columnTotalAt + (columnOf(emaColumnsAt, k) << 3);
    store<i64>(at, max(load<i64>(at), bitsOf(emaBitsAt, k)));
  }
}
