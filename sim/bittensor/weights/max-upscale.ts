/** Weights as they are stored: scaled so that the largest is 65,535 (spec 4.2). */
import {
  I32F32,
  roundHalfAway,
  safeDiv,
  satMul,
  saturate,
  toUnsigned,
  U16_MAX,
} from "../../fixed/fixed-point.ts";
import { bitsFromU16, proportionFromU16 } from "../yuma/proportions.ts";
import { sum } from "../yuma/vectors.ts";

const U16_MAX_BITS = U16_MAX << 32n;
/** Above this a product with 65,535 would not fit, so the chain divides first. */
const LARGE = 32_768n << 32n;

/** I32F32 values as u16 with the largest at 65,535, each rounded half up. */
export function maxUpscale(values: readonly bigint[]): number[] {
  if (values.length === 0) return [];
  const largest = values.reduce((max, bits) => (bits > max ? bits : max));
  const toU16 = (bits: bigint) =>
    Number(toUnsigned(I32F32, saturate(I32F32, roundHalfAway(I32F32, bits)), U16_MAX));
  if (largest === 0n) {
    return values.map((bits) =>
      Number(toUnsigned(I32F32, satMul(I32F32, bits, U16_MAX_BITS), U16_MAX)),
    );
  }
  if (largest > LARGE) {
    const factor = safeDiv(I32F32, U16_MAX_BITS, largest);
    return values.map((bits) => toU16(satMul(I32F32, bits, factor)));
  }
  return values.map((bits) => toU16(safeDiv(I32F32, satMul(I32F32, bits, U16_MAX_BITS), largest)));
}

const ONE = 2 ** 32;

/** maxUpscale of u16 weights, in place; all products are exact in a double. */
export function maxUpscaleRow(row: Uint16Array): void {
  let largest = 0;
  for (let k = 0; k < row.length; k++) if (row[k] > largest) largest = row[k];
  if (largest === 0) return;
  if (largest > 32_768) {
    const factor = Math.floor((65_535 * ONE) / largest);
    for (let k = 0; k < row.length; k++) row[k] = Math.floor((row[k] * factor + ONE / 2) / ONE);
  } else {
    for (let k = 0; k < row.length; k++) {
      row[k] = Math.floor((row[k] * 131_070 + largest) / (2 * largest));
    }
  }
}

/** What `set_weights` stores of the u16 weights it is given. */
export function maxUpscaledRow(weights: ArrayLike<number>): Uint16Array {
  const row = new Uint16Array(weights);
  maxUpscaleRow(row);
  return row;
}

export const maxUpscaleU16 = (weights: ArrayLike<number>): number[] =>
  Array.from(maxUpscaledRow(weights));

/**
 * The chain's dormant rule: no weight may be more than limit / 65,535 of the row's sum. The limit is
 * 65,535 today, which every row passes.
 */
export function isMaxWeightLimited(weights: ArrayLike<number>, limit: number): boolean {
  if (limit === 65_535 || weights.length === 0) return true;
  const bits = Array.from(weights, bitsFromU16);
  const total = sum(bits);
  const shares = bits.map((value) => (total === 0n ? value : safeDiv(I32F32, value, total)));
  const limitBits = proportionFromU16(limit);
  return shares.every((share) => share <= limitBits);
}
