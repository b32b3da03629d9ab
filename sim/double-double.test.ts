import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { add, type Double2, divide, fromBigInt, multiply, scale } from "./double-double.ts";

/** An exact rational with 400 fraction bits. */
const BITS = 400n;
const exact = ({ high, low }: Double2): bigint => exactDouble(high) + exactDouble(low);
function exactDouble(value: number): bigint {
  if (value === 0) return 0n;
  let [mantissa, shift] = [value, 0n];
  while (!Number.isInteger(mantissa)) [mantissa, shift] = [mantissa * 2, shift + 1n];
  return (BigInt(mantissa) << BITS) >> shift;
}
const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);
/** |got - wanted| <= bound * 2^-106 * |wanted| */
const within = (got: bigint, wanted: bigint, bound: bigint): boolean =>
  distance(got, wanted) << 106n <= bound * (wanted < 0n ? -wanted : wanted) + (1n << 106n);

const value = fc.bigInt(1n, 2n ** 100n).map(fromBigInt);

describe("double-double numbers", () => {
  test("hold integers of a hundred bits exactly", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 100n), (integer) => {
        expect(exact(fromBigInt(integer)) >> BITS).toBe(integer);
      }),
    );
  });

  test("keep to the published error bounds", () => {
    fc.assert(
      fc.property(value, value, (x, y) => {
        expect(within(exact(add(x, y)), exact(x) + exact(y), 4n)).toBe(true);
        const product = (exact(x) * exact(y)) >> BITS;
        expect(within(exact(multiply(x, y)), product, 7n)).toBe(true);
        const scaled = (exact(x) * exactDouble(y.high)) >> BITS;
        expect(within(exact(scale(x, y.high)), scaled, 3n)).toBe(true);
        const quotient = (exact(x) << BITS) / exact(y);
        expect(within(exact(divide(x, y)), quotient, 16n)).toBe(true);
      }),
    );
  });
});
