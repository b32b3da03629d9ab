/** Constant product x * y = k in integers, rounded in the pool's favour. */

/** What comes out for an amount put in: floor(out * in / (reserveIn + in)). */
export const amountOut = (reserveIn: bigint, reserveOut: bigint, amountIn: bigint): bigint =>
  amountIn === 0n ? 0n : (reserveOut * amountIn) / (reserveIn + amountIn);

/** The least amount to put in for at least `wanted` out; null where the reserve has not so much. */
export function amountInFor(reserveIn: bigint, reserveOut: bigint, wanted: bigint): bigint | null {
  if (wanted >= reserveOut) return null;
  const left = reserveOut - wanted;
  return (reserveIn * wanted + left - 1n) / left;
}

/** floor(sqrt(value)) for value >= 0 (Newton's method on integers). */
export function integerSqrt(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
