/**
 * Two subnets at once, where they stand side by side: a vector of two u64 or two doubles is the slots
 * of one column for netuid and netuid + 1. Every result is, bit for bit, that of the loops over one.
 */
import { PAIRED, scratch } from "./memory";

/** 2^52 and 2^84 as the bits of a double, and both as one number. */
const TWO_52_BITS: u64 = 0x4330000000000000;
const TWO_84_BITS: u64 = 0x4530000000000000;
const TWO_84_AND_52: f64 = 19342813118337666422669312.0;
/** 2^52 + 2^51, and the bits of it. */
const ROUNDER: f64 = 6755399441055744.0;
const ROUNDER_BITS: u64 = 0x4338000000000000;

/** Whether a place and the next one are neighbours with pools, so that they can be taken together. */
export function isPaired(place: i32): bool {
  return scratch(PAIRED, place) !== 0;
}

export function lanesOf(first: u64, second: u64): v128 {
  return i64x2.replace_lane(i64x2.splat(first), 1, second);
}

/** The nearest doubles of u64, as a conversion of each rounds them. */
export function toDoubles(x: v128): v128 {
  const high = v128.or(i64x2.shr_u(x, 32), i64x2.splat(TWO_84_BITS));
  const low = v128.or(v128.and(x, i64x2.splat(0xffffffff)), i64x2.splat(TWO_52_BITS));
  return f64x2.add(f64x2.sub(high, f64x2.splat(TWO_84_AND_52)), low);
}

/** Whole doubles below 2^51, of either sign, as 64-bit integers. */
export function toIntegers(x: v128): v128 {
  return i64x2.sub(f64x2.add(x, f64x2.splat(ROUNDER)), i64x2.splat(ROUNDER_BITS));
}

/** The floors of doubles below 2^51. */
export function floors(x: v128): v128 {
  return toIntegers(f64x2.floor(x));
}

export function sumOfLanes(x: v128): u64 {
  return i64x2.extract_lane(x, 0) + i64x2.extract_lane(x, 1);
}

/** `sum` and the first lane, then the second: as a loop adds them. */
export function addInOrder(sum: f64, x: v128): f64 {
  return sum + f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

export function between(low: f64, x: v128, high: f64): v128 {
  return v128.and(f64x2.gt(x, f64x2.splat(low)), f64x2.lt(x, f64x2.splat(high)));
}
