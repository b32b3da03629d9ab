/**
 * The power function of the share rules: logarithm and exponential of I32F32, coarse constants and
 * all. Source: spec/token-economics.md section 2.5, spec/recent-rules.md section 1.1.
 */
import { convert, I32F32, satMul, U64F64 } from "../../fixed/fixed-point.ts";
import { exp, ln } from "../../fixed/transcendental.ts";

/** What an overflowing exponential counts as: 2^31 - 1, not the type's last bit. */
const LARGEST_BITS = ((1n << 31n) - 1n) << 32n;

/** value^power, U64F64 in and out; 0 where the logarithm has no value (below 2^-32). */
export function coarsePower(valueBits: bigint, powerBits: bigint): bigint {
  const logarithm = ln(I32F32, convert(U64F64, I32F32, valueBits));
  if (logarithm === null) return 0n;
  const result = exp(I32F32, satMul(I32F32, convert(U64F64, I32F32, powerBits), logarithm));
  return convert(I32F32, U64F64, result ?? LARGEST_BITS);
}
