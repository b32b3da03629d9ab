/**
 * dense: the epoch of a state whose validators weigh a good part of all miners, in SIMD over whole
 * rows. Four cells lie in a vector as u32 I32F32 fractions. One does not fit; CODE_ONE, all bits
 * set, stands for it, and no other value may be 2^32 - 1: where one could be, or where a number
 * leaves the range for another reason, the dense epoch gives up before it has changed anything and
 * the lists (../index.ts) do the work. The files say why their values keep within these bounds.
 */

/** The lanes' u32 for one. */
export const CODE_ONE: u32 = 0xffff_ffff;

export function ones(): v128 {
  return i32x4.splat(-1);
}

/** The upper halves of four 64-bit lanes, given as two vectors. */
function upperHalves(low: v128, high: v128): v128 {
  return v128.shuffle<u32>(low, high, 1, 3, 5, 7);
}

/** floor(a * b / 2^32) of u32 lanes, none of them CODE_ONE. */
export function mulHigh(a: v128, b: v128): v128 {
  return upperHalves(i64x2.extmul_low_i32x4_u(a, b), i64x2.extmul_high_i32x4_u(a, b));
}

/** ceil(a * b / 2^32) of u32 lanes, none of them CODE_ONE. */
export function mulHighUp(a: v128, b: v128): v128 {
  const most = i64x2.splat(0xffff_ffff);
  return upperHalves(
    i64x2.add(i64x2.extmul_low_i32x4_u(a, b), most),
    i64x2.add(i64x2.extmul_high_i32x4_u(a, b), most),
  );
}

/** floor(x * m / 2^64) of u32 lanes x and m = high * 2^32 + low. */
export function mulHigh64(x: v128, high: v128, low: v128): v128 {
  const first = i64x2.add(
    i64x2.extmul_low_i32x4_u(x, high),
    i64x2.shr_u(i64x2.extmul_low_i32x4_u(x, low), 32),
  );
  const second = i64x2.add(
    i64x2.extmul_high_i32x4_u(x, high),
    i64x2.shr_u(i64x2.extmul_high_i32x4_u(x, low), 32),
  );
  return upperHalves(first, second);
}

/**
 * total (two u64 lanes) plus the four u32 lanes of x. Masks and shifts, because the processor unit that
 * widens lanes is busy with products.
 */
export function addWide(total: v128, x: v128): v128 {
  const even = v128.and(x, i64x2.splat(0xffff_ffff));
  return i64x2.add(i64x2.add(total, even), i64x2.shr_u(x, 32));
}

export function sumWide(total: v128): u64 {
  return i64x2.extract_lane(total, 0) + i64x2.extract_lane(total, 1);
}

/** The sum of four u32 lanes, below 2^32. */
export function sumLanes(x: v128): u32 {
  const pairs = i32x4.add(x, v128.shuffle<u64>(x, x, 1, 0));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/**
 * floor(x * 65,535 / 2^32) of u32 lanes, 65,535 for CODE_ONE. With x = a * 2^16 + b it is
 * a + floor(((b - a) * 2^16 - b) / 2^32), which is a where b > a or x = 0, else a - 1.
 */
export function toU16(x: v128): v128 {
  const a = i32x4.shr_u(x, 16);
  const b = v128.and(x, i32x4.splat(0xffff));
  const one = i32x4.eq(x, ones());
  const less = v128.or(i32x4.gt_s(b, a), one);
  return i32x4.max_s(i32x4.sub(i32x4.add(a, ones()), less), i32x4.splat(0));
}
