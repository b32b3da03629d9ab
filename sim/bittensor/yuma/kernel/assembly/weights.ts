/** From stored weights to those that count in this epoch, each row divided by its sum (spec 5.5). */
import { divideWith, TWO_TO_32 } from "./fixed";
import {
  blockAtRegistrationAt,
  commitBlockAt,
  lastUpdateAt,
  permitAt,
  wBitsAt,
  wColumnsAt,
  weightColumnsAt,
  weightStartAt,
  weightValuesAt,
  wStartAt,
} from "./memory";
import { commitReveal, n, ownerUid } from "./parameters";

/** From here on the chain's sum of a row is saturated. */
const SATURATED: u64 = 1 << 31;

export function findWeights(): void {
  let entries: u32 = 0;
  store<u32>(wStartAt, 0);
  for (let row = 0; row < n; row++) {
    if (load<u8>(permitAt + row) != 0) entries = loadRow(row, entries);
    store<u32>(wStartAt + ((<usize>row + 1) << 2), entries);
  }
}

/** Copies the entries of a row that no mask removes, normalises them, and returns where they end. */
function loadRow(row: i32, start: u32): u32 {
  const updated = load<f64>(lastUpdateAt + ((<usize>row) << 3));
  const committed = commitReveal ? load<f64>(commitBlockAt + ((<usize>row) << 3)) : Infinity;
  const masked = row == ownerUid ? -1 : row;
  const end = load<u32>(weightStartAt + ((<usize>row + 1) << 2));
  let to = start;
  let total: u64 = 0;
  for (let k = load<u32>(weightStartAt + ((<usize>row) << 2)); k < end; k++) {
    const column = load<u16>(weightColumnsAt + ((<usize>k) << 1)) as i32;
    if (column >= n || column == masked) continue;
    const registered = load<f64>(blockAtRegistrationAt + ((<usize>column) << 3));
    if (!(updated > registered) || committed < registered) continue;
    const weight = load<u16>(weightValuesAt + ((<usize>k) << 1)) as u64;
    store<u16>(wColumnsAt + ((<usize>to) << 1), column as u16);
    store<u64>(wBitsAt + ((<usize>to) << 3), weight);
    total += weight;
    to++;
  }
  normalizeRow(start, to, total);
  return to;
}

/**
 * Whole weights to I32F32 shares of the row: w * 2^32 / total. Where the sum of the chain saturates
 * at 2^63 - 1, w * 2^64 / (2^63 - 1) is 2w and a little.
 */
function normalizeRow(start: u32, end: u32, total: u64): void {
  if (total == 0) return;
  const reciprocal = TWO_TO_32 / (total as f64);
  for (let k = start; k < end; k++) {
    const at = wBitsAt + ((<usize>k) << 3);
    const weight = load<i64>(at);
    const share = total >= SATURATED ? weight << 1 : divideWith(weight, total as i64, reciprocal);
    store<i64>(at, share);
  }
}
