/** Operations on vectors of I32F32 bits, with the chain's rounding (spec 5, first paragraph). */
import { checkedMul, I32F32, safeDiv } from "../../fixed/fixed-point.ts";

export const sum = (vector: readonly bigint[]): bigint =>
  vector.reduce((total, bits) => total + bits, 0n);

/** Divides by the sum; a vector that sums to 0 stays as it is. */
export const normalize = (vector: readonly bigint[]): bigint[] => normalizeBy(vector, sum(vector));

/** Divides by a total that is not the vector's own; by 0 nothing changes. */
export const normalizeBy = (vector: readonly bigint[], total: bigint): bigint[] =>
  total === 0n ? [...vector] : vector.map((bits) => safeDiv(I32F32, bits, total));

/** Products of the pairs, as many as both vectors have; 0 where one does not fit. */
export const multiplyPairs = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.slice(0, b.length).map((bits, k) => checkedMul(I32F32, bits, b[k]) ?? 0n);

/** Quotients of the pairs; 0 where the divisor is 0 or the quotient does not fit. */
export const dividePairs = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.slice(0, b.length).map((bits, k) => safeDiv(I32F32, bits, b[k]));

/**
 * 0 where the mask is true. An empty mask does nothing; beyond the end of a shorter one everything
 * becomes 0 (spec 5.4).
 */
export function maskVector(vector: readonly bigint[], mask: ArrayLike<boolean>): bigint[] {
  if (mask.length === 0) return [...vector];
  return vector.map((bits, k) => (mask[k] === false ? bits : 0n));
}
