/** Reading and writing the columns of layout.ts. */
import { COLUMN_SLOTS, COLUMNS_OFFSET, SCRATCH_OFFSET, SLOT_BYTES, STATE_OFFSET } from "./layout";

const COLUMN_BYTES: usize = COLUMN_SLOTS * SLOT_BYTES;
const GLOBALS_OFFSET: usize = STATE_OFFSET;
const OWN_OFFSET: usize = SCRATCH_OFFSET;

export function global(index: i32): u64 {
  return load<u64>(GLOBALS_OFFSET + ((<usize>index) << 3));
}

export function setGlobal(index: i32, value: u64): void {
  store<u64>(GLOBALS_OFFSET + ((<usize>index) << 3), value);
}

export function addGlobal(index: i32, value: u64): void {
  setGlobal(index, global(index) + value);
}

export function field(column: i32, netuid: i32): u64 {
  return load<u64>(<usize>COLUMNS_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>netuid) << 3));
}

export function setField(column: i32, netuid: i32, value: u64): void {
  store<u64>(<usize>COLUMNS_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>netuid) << 3), value);
}

export function setFieldF64(column: i32, netuid: i32, value: f64): void {
  store<f64>(<usize>COLUMNS_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>netuid) << 3), value);
}

/** The slots of a column for netuid and netuid + 1. */
export function fieldPair(column: i32, netuid: i32): v128 {
  return v128.load(<usize>COLUMNS_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>netuid) << 3));
}

export function setFieldPair(column: i32, netuid: i32, values: v128): void {
  v128.store(<usize>COLUMNS_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>netuid) << 3), values);
}

export function addFieldPair(column: i32, netuid: i32, values: v128): void {
  setFieldPair(column, netuid, i64x2.add(fieldPair(column, netuid), values));
}

export function addField(column: i32, netuid: i32, value: u64): void {
  setField(column, netuid, field(column, netuid) + value);
}

// The kernel's own arrays (SCRATCH_COLUMNS at most), indexed by the place of a subnet in the list of
// eligible ones.
export const NETUIDS = 0;
/** U64F64: the shares before penalties, and the shares as they go through burn and gate. */
export const BEFORE_HIGH = 1;
export const BEFORE_LOW = 2;
export const SHARE_HIGH = 3;
export const SHARE_LOW = 4;
/** The shares in falling order, while the bar is refreshed. */
export const SORTED_HIGH = 5;
export const SORTED_LOW = 6;
/** Shares as doubles, in the float64 arithmetic. */
export const SHARE = 7;
/** tao_emission, U96F32; a double in the float64 arithmetic. */
export const TAO_EMISSION = 8;
/** Reciprocals of small integers, for the series of exp. */
export const RECIPROCALS = 9;
/** The places of the shares that go through the gate, and theta / w and then its power for each. */
export const GATED = 10;
export const GATE_POWER = 11;
/** By netuid: the alpha issuance for which the root proportion was found last, and that. */
export const KNOWN_ISSUANCE = 12;
export const KNOWN_PROPORTION = 13;
/** 1: this place and the next are subnets with pools side by side, to be taken together (lanes.ts). */
export const PAIRED = 14;

export function scratch(column: i32, place: i32): u64 {
  return load<u64>(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3));
}

export function setScratch(column: i32, place: i32, value: u64): void {
  store<u64>(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3), value);
}

export function scratchF64(column: i32, place: i32): f64 {
  return load<f64>(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3));
}

export function setScratchF64(column: i32, place: i32, value: f64): void {
  store<f64>(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3), value);
}

export function scratchPair(column: i32, place: i32): v128 {
  return v128.load(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3));
}

export function setScratchPair(column: i32, place: i32, values: v128): void {
  v128.store(OWN_OFFSET + <usize>column * COLUMN_BYTES + ((<usize>place) << 3), values);
}
