import fc from "fast-check";
import { expect, test } from "vitest";
import { Confirmations } from "../../gpu-kernels/index.ts";
import { quantileRanks, spreadOf } from "../ensemble/quantiles.ts";
import { MomentRanks, wantedRanks } from "./exact-ranks.ts";

/** Values with ties and near ties, and how far the screen is off, relative to a bound. */
const screened = fc.array(
  fc.tuple(
    fc.oneof(fc.integer({ min: 1, max: 40 }), fc.double({ min: 1, max: 1.001, noNaN: true })),
    fc.double({ min: -1, max: 1, noNaN: true }),
  ),
  { minLength: 2, maxLength: 120 },
);

test("quantiles and their intervals are those of the exact values, whatever the bound", () => {
  fc.assert(
    fc.property(screened, fc.constantFrom(0, 1e-9, 1e-3, 0.02, 0.2, 0.6), (pairs, bound) => {
      const exact = Float64Array.from(pairs, ([value]) => value);
      const rough = Float64Array.from(pairs, ([value, part]) => value * (1 + part * bound * 0.999));
      const ranks = new MomentRanks(rough, bound);
      const confirmed = ranks.candidates.map(({ path }) => exact[path]);
      const found = ranks.quantiles(confirmed, new Confirmations());
      expect(found).toEqual(spreadOf(exact)!.quantiles);
    }),
    { numRuns: 300 },
  );
});

test("few of many values are looked at", () => {
  const values = Float64Array.from({ length: 20_000 }, (_, k) => 1 + ((k * 7_919) % 20_000) / 1e4);
  expect(new MomentRanks(values, 1e-9).candidates.length).toBe(wantedRanks(20_000).length);
});

test("a quantile of four values lies between two, of five on one", () => {
  expect(quantileRanks(4, 0.5)).toEqual({ lower: 1, upper: 2, fraction: 0.5 });
  expect(quantileRanks(5, 0.5)).toEqual({ lower: 2, upper: 2, fraction: 0 });
});
