/** Between u16 fractions of 65,535 and I32F32 (spec 3.3). */
import { I32F32, safeDiv, satMul, toUnsigned, U16_MAX } from "../../fixed/fixed-point.ts";

export const ONE = I32F32.oneBits;
const U16_MAX_BITS = U16_MAX << 32n;

/** A u16 as the number it is. */
export const bitsFromU16 = (value: number): bigint => BigInt(value) << 32n;

/** value / 65,535, truncated. */
export const proportionFromU16 = (value: number): bigint =>
  safeDiv(I32F32, bitsFromU16(value), U16_MAX_BITS);

/** bits * 65,535, floored and clamped to the u16: one bit below 1 becomes 65,534. */
export const u16FromProportion = (bits: bigint): number =>
  Number(toUnsigned(I32F32, satMul(I32F32, bits, U16_MAX_BITS), U16_MAX));

export const u16sFromProportions = (proportions: readonly bigint[]): Uint16Array =>
  Uint16Array.from(proportions, u16FromProportion);
