import { expect, test } from "vitest";
import {
  convert,
  fromFloat,
  I32F32,
  I64F64,
  roundHalfAway,
  satDiv,
  satMul,
  U64F64,
} from "./fixed-point.ts";
import { exp, expSafe, ln } from "./transcendental.ts";

test("products are floored and quotients truncated", () => {
  expect(satMul(I32F32, -1n, 1n)).toBe(-1n);
  expect(satDiv(I32F32, 1n, 3n)).toBe(1_431_655_765n);
  expect(satDiv(I32F32, -1n, 3n)).toBe(-1_431_655_765n);
});

test("exp gives the spot values of the specification", () => {
  const at = (x: bigint) => exp(I32F32, x << 32n);
  expect(at(1n)).toBe(11_674_931_200n);
  expect(at(-1n)).toBe(1_580_030_169n);
  expect(at(5n)).toBe(637_429_664_624n);
  expect(at(20n)).toBe(2_066_907_302_758_576_256n);
  expect(expSafe(-(25n << 32n))).toBe(8n);
  expect(ln(I32F32, 0n)).toBeNull();
});

test("doubles become the nearest fixed-point value, ties to even", () => {
  expect(fromFloat(U64F64, 0.5)).toBe(1n << 63n);
  expect(fromFloat(I32F32, 1.5 * 2 ** -32)).toBe(2n);
  expect(fromFloat(I32F32, 2.5 * 2 ** -32)).toBe(2n);
  expect(fromFloat(I32F32, -Infinity)).toBe(I32F32.minBits);
  expect(convert(I64F64, I32F32, -1n)).toBe(-1n);
  expect(roundHalfAway(I32F32, -(3n << 31n))).toBe(-(2n << 32n));
});
