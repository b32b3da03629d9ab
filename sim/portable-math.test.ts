import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, ln, pow } from "./portable-math.ts";

const relative = (a: number, b: number) => Math.abs(a - b) / Math.abs(b);

test("ln and exp stand within 1e-15 of the engine's own", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      const want = Math.log(x);
      return want === 0
        ? ln(x) === 0
        : Math.abs(ln(x) - want) <= 1e-15 * Math.max(1e-1, Math.abs(want));
    }),
  );
  fc.assert(
    fc.property(
      fc.double({ min: -700, max: 700, noNaN: true }),
      (x) => relative(exp(x), Math.exp(x)) < 1e-15,
    ),
  );
});

test("the ends of the range behave as in IEEE 754", () => {
  expect([ln(0), ln(-1), ln(1), ln(Infinity)]).toEqual([-Infinity, Number.NaN, 0, Infinity]);
  expect([exp(0), exp(800), exp(-800)]).toEqual([1, Infinity, 0]);
  expect(ln(5e-324)).toBeCloseTo(Math.log(5e-324), 10);
  expect(relative(exp(709.7), Math.exp(709.7))).toBeLessThan(1e-14);
});

test("pow agrees with powers that are exact", () => {
  expect([pow(0, 3), pow(7, 0), pow(1, 1e9), pow(0, -1)]).toEqual([0, 1, 1, Infinity]);
  expect(relative(pow(2, 10), 1024)).toBeLessThan(1e-15);
  expect(relative(pow(0.37, 2.5), 0.37 ** 2.5)).toBeLessThan(1e-15);
});
