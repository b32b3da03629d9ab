/** Checks of golden/primitives: the fixed-point types and their functions. */

import {
  bitsFromU16,
  proportionFromU16,
  u16FromProportion,
} from "../../sim/bittensor/yuma/proportions.ts";
import {
  checked,
  checkedDiv,
  checkedMul,
  convert,
  type FixedType,
  fromFloat,
  I32F32,
  I64F64,
  I96F32,
  roundHalfAway,
  safeDiv,
  satAdd,
  satDiv,
  satMul,
  satSub,
  toUnsigned,
  truncate,
  U16_MAX,
  U64F64,
  U96F32,
} from "../../sim/fixed/fixed-point.ts";
import { integerPower, lnBySeries, sqrtByBisection } from "../../sim/fixed/safe-math.ts";
import { exp, expSafe, ln, log2, safeLn, sigmoidSafe } from "../../sim/fixed/transcendental.ts";
import { sqrt } from "../../sim/fixed/trigonometry.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

const arithmetic =
  (type: FixedType): RecordCheck =>
  (record) => {
    const a = BigInt(record.a);
    const b = BigInt(record.b);
    return firstDifference(
      ["saturating_add", record.saturating_add, satAdd(type, a, b)],
      ["saturating_sub", record.saturating_sub, satSub(type, a, b)],
      ["saturating_mul", record.saturating_mul, satMul(type, a, b)],
      ["checked_mul", record.checked_mul, checkedMul(type, a, b)],
      ["checked_div", record.checked_div, checkedDiv(type, a, b)],
      ["saturating_div", record.saturating_div, b === 0n ? null : satDiv(type, a, b)],
      ["safe_div", record.safe_div, safeDiv(type, a, b)],
      ["cmp", record.cmp, a < b ? -1 : Number(a > b)],
    );
  };

const transcendental =
  (type: FixedType): RecordCheck =>
  (record) => {
    const x = BigInt(record.x);
    return firstDifference(
      ["exp", record.exp, exp(type, x)],
      ["ln", record.ln, ln(type, x)],
      ["log2", record.log2, log2(type, x)],
      ["sqrt", record.sqrt, sqrt(type, x)],
    );
  };

const checkConversions: RecordCheck = (record) => {
  const x = BigInt(record.i64f64);
  const to = (type: FixedType) => convert(I64F64, type, x);
  return firstDifference(
    ["to_i32f32", record.to_i32f32, to(I32F32)],
    ["to_i96f32", record.to_i96f32, to(I96F32)],
    ["to_u64f64", record.to_u64f64, to(U64F64)],
    ["to_u96f32", record.to_u96f32, to(U96F32)],
    ["to_u64", record.to_u64, toUnsigned(I64F64, x)],
    ["to_u16", record.to_u16, Number(toUnsigned(I64F64, x, U16_MAX))],
    ["to_i64", record.to_i64, x >> I64F64.fractionBits],
    ["floor_i96f32", record.floor_i96f32, (to(I96F32) >> 32n) << 32n],
    // The field holds what the library's round_to_zero gives; the next one is its round().
    ["round", record.round, truncate(I64F64, x)],
    ["round_i32f32", record.round_i32f32, checked(I32F32, roundHalfAway(I32F32, to(I32F32)))],
  );
};

const checkFloats: RecordCheck = (record) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(record.f64_bits));
  const value = view.getFloat64(0);
  return firstDifference(
    ["i32f32", record.i32f32, fromFloat(I32F32, value)],
    ["i64f64", record.i64f64, fromFloat(I64F64, value)],
    ["i96f32", record.i96f32, fromFloat(I96F32, value)],
    ["u64f64", record.u64f64, fromFloat(U64F64, value)],
  );
};

const checkU16s: RecordCheck = (record) => {
  const p = BigInt(record.p);
  return firstDifference(
    ["u16_to_fixed", record.u16_to_fixed, bitsFromU16(record.x)],
    ["u16_proportion_to_fixed", record.u16_proportion_to_fixed, proportionFromU16(record.x)],
    ["fixed_proportion_to_u16", record.fixed_proportion_to_u16, u16FromProportion(p)],
    ["fixed_to_u16", record.fixed_to_u16, Number(toUnsigned(I32F32, p, U16_MAX))],
    ["fixed_to_u64", record.fixed_to_u64, toUnsigned(I32F32, p)],
    [
      "fixed_to_fixed_u16_proportion",
      record.fixed_to_fixed_u16_proportion,
      safeDiv(I32F32, p, bitsFromU16(65_535)),
    ],
  );
};

const checkFixed64: RecordCheck = (record) => {
  const x = BigInt(record.x);
  const narrow = convert(I64F64, I32F32, x);
  return firstDifference(
    ["fixed64_to_fixed32", record.fixed64_to_fixed32, narrow],
    ["fixed64_to_u64", record.fixed64_to_u64, toUnsigned(I64F64, x)],
    ["back", record.back, convert(I32F32, I64F64, narrow)],
  );
};

const checkSafeMath: RecordCheck = (record) => {
  const x = BigInt(record.x);
  return firstDifference(
    ["checked_sqrt", record.checked_sqrt, sqrtByBisection(U64F64, x, BigInt(record.eps))],
    ["checked_ln", record.checked_ln, lnBySeries(U64F64, x)],
    ["checked_pow", record.checked_pow, integerPower(U64F64, x, record.e)],
  );
};

export const primitivesFixedChecks: Readonly<Record<string, RecordCheck>> = {
  arith_i32f32: arithmetic(I32F32),
  arith_i64f64: arithmetic(I64F64),
  arith_i96f32: arithmetic(I96F32),
  arith_u64f64: arithmetic(U64F64),
  arith_u96f32: arithmetic(U96F32),
  convert: checkConversions,
  from_f64: checkFloats,
  u16_conversions: checkU16s,
  fixed64: checkFixed64,
  exp_safe: ({ x, exp_safe }) => differs("exp_safe", exp_safe, expSafe(BigInt(x))),
  sigmoid_safe: ({ input, rho, kappa, out }) =>
    differs("out", out, sigmoidSafe(BigInt(input), BigInt(rho), BigInt(kappa))),
  safe_ln: ({ x, safe_ln }) => differs("safe_ln", safe_ln, safeLn(I32F32, BigInt(x))),
  transcendental_i32f32: transcendental(I32F32),
  transcendental_i64f64: transcendental(I64F64),
  transcendental_i96f32: transcendental(I96F32),
  safe_math_ext: checkSafeMath,
};
