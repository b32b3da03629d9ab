import fc from "fast-check";
import { expect, test } from "vitest";
import { powRatioScaled } from "./big-power.ts";
import { quickPowRatioScaled } from "./quick-power.ts";

const SCALE = 10n ** 18n;
const weight = fc.bigInt({ min: SCALE / 100n, max: (SCALE * 99n) / 100n });
const reserve = fc.bigInt({ min: 1_000_000n, max: 21n * 10n ** 15n });

test("gives the floor of the chain's series for every swap", () => {
  fc.assert(
    fc.property(
      reserve,
      fc.double({ min: 1e-12, max: 1.5, noNaN: true }),
      weight,
      (base, part, w) => {
        const delta = BigInt(Math.ceil(Number(base) * part));
        const args = [base, base + delta, w, SCALE - w, 256, SCALE] as const;
        return quickPowRatioScaled(...args) === powRatioScaled(...args);
      },
    ),
    { numRuns: 400 },
  );
});

test("leaves powers that are exact integers to the exact form", () => {
  // (1/2)^1 and (4/9)^(1/2): no rounding may turn them into one less.
  expect(quickPowRatioScaled(5n, 10n, SCALE / 2n, SCALE / 2n, 256, SCALE)).toBe(SCALE / 2n);
  expect(quickPowRatioScaled(4n, 9n, 1n, 2n, 256, 3n)).toBe(2n);
  expect(quickPowRatioScaled(3n, 0n, 1n, 2n, 256, SCALE)).toBeNull();
});
