/** Constants of the chain as fixed point: each record names the number and the type. */
import { taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import { DEFAULT_TAO_WEIGHT } from "../../sim/bittensor/rules/code-defaults.ts";
import {
  type FixedType,
  fromFloat,
  fromInteger,
  I64F64,
  I96F32,
  safeDiv,
  U64F64,
  U96F32,
} from "../../sim/fixed/fixed-point.ts";
import { exp } from "../../sim/fixed/transcendental.ts";
import { differs, type RecordCheck } from "../format.ts";

const types: readonly FixedType[] = [I64F64, I96F32, U64F64, U96F32];

function bitsOf(name: string): bigint | null {
  const type = types.find((candidate) => name.includes(candidate.name));
  if (!type) return null;
  const ratio = /(\d+)\/(\d+) as/.exec(name);
  if (ratio) {
    const [numerator, denominator] = [ratio[1], ratio[2]].map((v) => fromInteger(type, BigInt(v)));
    return safeDiv(type, numerator, denominator);
  }
  const power = /exp\((\d+)\)/.exec(name);
  if (power) return exp(type, fromInteger(type, BigInt(power[1])));
  if (name.startsWith("tao_weight default")) return taoWeightBits(DEFAULT_TAO_WEIGHT);
  const decimal = /([\d.]+) as/.exec(name);
  return decimal ? fromFloat(type, Number(decimal[1])) : null;
}

export const constantChecks: Readonly<Record<string, RecordCheck>> = {
  "constants as fixed point": ({ name, bits }) => differs(name, bits, bitsOf(name)),
};
