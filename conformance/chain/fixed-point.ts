/** Logarithms, exponentials, constants and Perquintill of the chain's fixed point. */
import { perquintillFromRational } from "../../sim/amounts.ts";
import { fromFloat, I32F32, I64F64, I96F32 } from "../../sim/fixed/fixed-point.ts";
import { exp, ln, log2 } from "../../sim/fixed/transcendental.ts";
import { differs, firstDifference, type RecordCheck } from "../format.ts";

export const fixedPointChecks: Readonly<Record<string, RecordCheck>> = {
  "log2 I96F32 / ln I32F32": (record) =>
    firstDifference(
      ["x_i96f32_bits", record.x_i96f32_bits, fromFloat(I96F32, record.x)],
      ["log2_i96f32_bits", record.log2_i96f32_bits, log2(I96F32, BigInt(record.x_i96f32_bits))],
      ["ln_i32f32_bits", record.ln_i32f32_bits, ln(I32F32, BigInt(record.x_i32f32_bits))],
    ),
  "exp I64F64 / I32F32": ({ x, exp_i64f64_bits, exp_i32f32_bits }) =>
    firstDifference(
      ["exp_i64f64_bits", exp_i64f64_bits, exp(I64F64, fromFloat(I64F64, x))],
      ["exp_i32f32_bits", exp_i32f32_bits, exp(I32F32, fromFloat(I32F32, x))],
    ),
  "Perquintill.from_rational(p,q) rounded down": ({ p, q, parts }) =>
    differs("parts", parts, perquintillFromRational(BigInt(p), BigInt(q))),
};
