/** Stored bonds without those of a uid's previous holder (spec 5.9, 5.9a-1, 5.9b-1). */
import { proportionFromU16 } from "./fixed";
import { columnOf, findReciprocals, shareOfColumn } from "./list-rows";
import {
  blockAtRegistrationAt,
  bondColumnsAt,
  bondStartAt,
  bondValuesAt,
  columnTotalAt,
  oldBitsAt,
  oldColumnsAt,
  oldStartAt,
} from "./memory";
import { block, lastMechanismStepBlock, n, tempoBlocks, yuma3 } from "./parameters";

/** From here on the chain's sum of a column is saturated. */
const SATURATED: u64 = 1 << 31;

/** Bonds to uids that were registered in this block or later were another's. */
export function bondMaskBlock(): f64 {
  return lastMechanismStepBlock != 0 ? lastMechanismStepBlock + 1 : max(block - tempoBlocks, 0);
}

/** Yuma 3: u16 proportions. Yuma 2: shares of the column. Targets of n and above stay as they are. */
export function loadOldBonds(): void {
  const since = bondMaskBlock();
  memory.fill(columnTotalAt, 0, (<usize>n) << 3);
  let to: u32 = 0;
  store<u32>(oldStartAt, 0);
  for (let row = 0; row < n; row++) {
    const end = load<u32>(bondStartAt + ((<usize>row + 1) << 2));
    for (let k = load<u32>(bondStartAt + ((<usize>row) << 2)); k < end; k++) {
      const column = load<u16>(bondColumnsAt + ((<usize>k) << 1)) as usize;
      const known = column < (n as usize);
      if (since <= (known ? load<f64>(blockAtRegistrationAt + (column << 3)) : 0)) continue;
      const value = load<u16>(bondValuesAt + ((<usize>k) << 1)) as u32;
      store<u16>(oldColumnsAt + ((<usize>to) << 1), column as u16);
      store<i64>(oldBitsAt + ((<usize>to) << 3), yuma3 ? proportionFromU16(value) : (value as i64));
      to++;
      if (known) addToTotal(column, value);
    }
    store<u32>(oldStartAt + ((<usize>row + 1) << 2), to);
  }
  if (!yuma3) normalizeColumns(to);
}

function addToTotal(column: usize, value: u32): void {
  const at = columnTotalAt + (column << 3);
  store<u64>(at, load<u64>(at) + value);
}

/**
 * Whole bonds to I32F32 shares of the column: b * 2^32 / total. Where the sum of the chain saturates
 * at 2^63 - 1, b * 2^64 / (2^63 - 1) is 2b and a little.
 */
function normalizeColumns(entries: u32): void {
  findReciprocals();
  for (let k: u32 = 0; k < entries; k++) {
    const column = columnOf(oldColumnsAt, k);
    if (column >= (n as usize)) continue;
    const at = oldBitsAt + ((<usize>k) << 3);
    const bond = load<i64>(at);
    const isSaturated = load<u64>(columnTotalAt + (column << 3)) >= SATURATED;
    store<i64>(at, isSaturated ? bond << 1 : shareOfColumn(bond, column));
  }
}
