/** Arithmetic, conversions and transcendental functions of the fixed-point library. */
import { alphaSigmoid } from "../../sim/bittensor/yuma/liquid-alpha.ts";
import { proportionFromU16, u16FromProportion } from "../../sim/bittensor/yuma/proportions.ts";
import { taoWeightBits } from "../../sim/bittensor/yuma/stake-weight.ts";
import {
  convert,
  exactDiv,
  exactMul,
  type FixedType,
  fromFloat,
  I32F32,
  I64F64,
  I96F32,
  roundHalfAway,
  safeDiv,
  saturate,
  toUnsigned,
  U16_MAX,
  U64F64,
  U96F32,
} from "../../sim/fixed/fixed-point.ts";
import { expSafe, safeLn, sigmoidSafe } from "../../sim/fixed/transcendental.ts";
import { cos, sqrt } from "../../sim/fixed/trigonometry.ts";
import { differs, type RecordCheck, type VectorGroup } from "../format.ts";
import type { Json } from "./subnet.ts";

type Call = (args: readonly string[]) => unknown;

const product =
  (type: FixedType): Call =>
  ([a, b]) =>
    saturate(type, exactMul(type, BigInt(a), BigInt(b)));
const quotient =
  (type: FixedType): Call =>
  ([a, b]) =>
    saturate(type, exactDiv(type, BigInt(a), BigInt(b)));
const ofBits =
  (compute: (...bits: bigint[]) => unknown): Call =>
  (args) =>
    compute(...args.map(BigInt));

const calls: Readonly<Record<string, Call>> = {
  mul: product(I32F32),
  mul128: product(I64F64),
  mul96: product(I96F32),
  mulU96: product(U96F32),
  mulU64: product(U64F64),
  div: quotient(I32F32),
  // Recorded with the safe division: 0 on a zero divisor.
  div128: ofBits((a, b) => safeDiv(I64F64, a, b)),
  divU96: quotient(U96F32),
  divU64: quotient(U64F64),
  safe_div: ofBits((a, b) => safeDiv(I32F32, a, b)),
  I32F32_from_f32: ([text]) => fromFloat(I32F32, Math.fround(Number(text))),
  I32F32_from_f64: ([text]) => fromFloat(I32F32, Number(text)),
  I32F32_from_I64F64: ofBits((x) => convert(I64F64, I32F32, x)),
  I32F32_to_u16: ofBits((x) => Number(toUnsigned(I32F32, x, U16_MAX))),
  I32F32_round: ofBits((x) => roundHalfAway(I32F32, x)),
  fixed_proportion_to_u16: ofBits(u16FromProportion),
  u16_proportion_to_fixed: ([value]) => proportionFromU16(Number(value)),
  tao_weight: ofBits((weight) => {
    const wide = taoWeightBits(weight);
    return [convert(I64F64, U96F32, wide), wide];
  }),
  exp_safe: ofBits(expSafe),
  safe_ln: ofBits((x) => safeLn(I32F32, x)),
  sqrt: ofBits((x) => sqrt(I32F32, x)),
  cos: ofBits(cos),
  sigmoid_safe: ofBits(sigmoidSafe),
  alpha_sigmoid: ofBits((consensus, weight, bond, lowBits, highBits, steepnessBits) =>
    alphaSigmoid(consensus, weight, bond, {
      lowBits,
      highBits,
      steepness: Number(steepnessBits >> I32F32.fractionBits),
    }),
  ),
};

const checkCall: RecordCheck = ({ id, function: name, args, result }) => {
  if (!(name in calls)) return `${id}: no function ${name}`;
  return differs(id, result, calls[name](args.map(String)));
};

export const numberGroups = ({ records }: Json): VectorGroup[] => [
  { name: "numbers", records, check: checkCall },
];
