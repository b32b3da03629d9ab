/**
 * Dense bonds to storage: the positive ones of each permitted row, as u16; those of Yuma 2 over the
 * largest of their columns (spec 5.9a-5, 5.13).
 */
import {
  bondColumnsAt,
  bondStartAt,
  bondValuesAt,
  denseBondsAt,
  divisorsAt,
  maxEntries,
  newPermitAt,
  rowU16At,
} from "../memory";
import { n, yuma3 } from "../parameters";
import { sumLanes, toU16 } from "./lanes";
import { divideLanes } from "./reciprocals";
import { mostBonds, rowCount, stride, uidOf } from "./rows";

/** False where they do not fit; then the old ones stay. */
export function storeDenseBonds(): bool {
  if (mostBonds > maxEntries && countBonds() > (maxEntries as u32)) return false;
  let to: usize = 0;
  let uid = 0;
  store<u32>(bondStartAt, 0);
  for (let row = 0; row < rowCount; row++) {
    const rowUid = uidOf(row);
    while (uid < rowUid) store<u32>(bondStartAt + ((<usize>++uid) << 2), to as u32);
    if (load<u8>(newPermitAt + rowUid) != 0) to = storeRow(row, to);
    store<u32>(bondStartAt + ((<usize>++uid) << 2), to as u32);
  }
  while (uid < n) store<u32>(bondStartAt + ((<usize>++uid) << 2), to as u32);
  return true;
}

function countBonds(): u32 {
  let count = i32x4.splat(0);
  const bytes = (<usize>stride) << 2;
  for (let row = 0; row < rowCount; row++) {
    if (load<u8>(newPermitAt + uidOf(row)) == 0) continue;
    const cells = denseBondsAt + <usize>row * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      count = i32x4.sub(count, i32x4.ne(v128.load(cells + at), i32x4.splat(0)));
    }
  }
  return sumLanes(count);
}

function storeRow(row: i32, start: usize): usize {
  const cells = denseBondsAt + ((<usize>row * <usize>stride) << 2);
  const columns = stride - 16;
  const zero = i32x4.splat(0);
  let names = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  let to = start;
  for (let column = 0; column < columns; column += 8) {
    let first = v128.load(cells + ((<usize>column) << 2));
    let second = v128.load(cells + ((<usize>column) << 2), 16);
    if (!yuma3) {
      first = divideLanes(first, divisorsAt + ((<usize>column) << 4));
      second = divideLanes(second, divisorsAt + ((<usize>column) << 4) + 64);
    }
    const values = i16x8.narrow_i32x4_u(toU16(first), toU16(second));
    const isBond = i16x8.narrow_i32x4_s(i32x4.ne(first, zero), i32x4.ne(second, zero));
    if (i16x8.all_true(isBond)) {
      v128.store(bondValuesAt + (to << 1), values);
      v128.store(bondColumnsAt + (to << 1), names);
      to += 8;
    } else if (v128.any_true(isBond)) {
      to = storeSome(to, column, values, i16x8.bitmask(isBond));
    }
    names = i16x8.add(names, i16x8.splat(8));
  }
  return to;
}

/** Those of eight cells that hold a bond. */
function storeSome(start: usize, column: i32, values: v128, holders: i32): usize {
  v128.store(rowU16At, values);
  let to = start;
  for (let rest = holders; rest != 0; rest &= rest - 1) {
    const k = ctz(rest);
    store<u16>(bondValuesAt + (to << 1), load<u16>(rowU16At + ((<usize>k) << 1)));
    store<u16>(bondColumnsAt + (to << 1), (column + k) as u16);
    to++;
  }
  return to;
}
