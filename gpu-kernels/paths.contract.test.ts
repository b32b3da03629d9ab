/** The contract of paths: every backend stays within its bounds, in one batch and in many. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend } from "./backends.ts";
import { type ExactState, exactDays, exactPath, priceOf } from "./exact/paths.ts";
import { randomPathBatch } from "./example-batches.ts";
import { exactStart, pathErrors } from "./path-bounds.ts";
import type { Backend, PathBatch, PathResults } from "./types.ts";

const year = randomPathBatch("year", 19, 365);
/** Pools of a few TAO, which whole rao and large trades hit hardest. */
const tiny: PathBatch = {
  ...randomPathBatch("tiny", 8, 120),
  poolTao: new Float64Array(8).fill(3),
  poolAlpha: new Float64Array(8).fill(700),
};
/** Close to a halving at the start, with nearly all that is new recycled. */
const slow: PathBatch = {
  ...randomPathBatch("slow", 9, 60),
  issuanceTao: Float64Array.from({ length: 9 }, (_, k) => 10_499_990 + k * 2),
  recycledShare: new Float64Array(9 * 60).fill(0.999),
};
const batches = { year, tiny, slow };

const relative = (own: number, exact: number) => Math.abs(own / exact - 1);
const taoOf = (rao: bigint) => Number(rao) / 1e9;

/** Days `from` to `to` of a batch, from where a path stands. */
function part(
  batch: PathBatch,
  from: number,
  to: number,
  at: Pick<PathBatch, "issuanceTao" | "poolTao" | "poolAlpha">,
): PathBatch {
  const cut = (values: Float64Array) => values.subarray(from * batch.paths, to * batch.paths);
  return {
    ...{ ...batch, ...at, days: to - from, recycledShare: cut(batch.recycledShare) },
    ...{ soldAlpha: cut(batch.soldAlpha), spentTao: cut(batch.spentTao) },
  };
}

describe.each(["typescript", "wasm-f64", "wasm-f32", "gpujs-cpu", "gpujs-webasm"] as const)(
  "%s",
  (name) => {
    let backend: Backend;
    beforeAll(async () => {
      backend = await openBackend(name);
    });
    afterAll(() => backend.dispose());

    test.each(Object.entries(batches))("%s: ends, lowest price and halving", async (_, batch) => {
      const results = await backend.paths(batch);
      const errors = pathErrors(backend, batch, results);
      const halvings = new Set<number>();
      for (let p = 0; p < batch.paths; p++) {
        const exact = exactPath(batch, p);
        const off = Math.abs(results.grownTao[p] - taoOf(exact.grownRao));
        expect(off, `growth of path ${p}`).toBeLessThanOrEqual(errors.issuanceTao[p]);
        const pool = [
          relative(results.poolTao[p], taoOf(exact.poolTaoRao)),
          relative(results.poolAlpha[p], taoOf(exact.poolAlphaRao)),
          relative(results.lowestPrice[p], exact.lowestPrice),
        ];
        expect(Math.max(...pool), `pool of path ${p}`).toBeLessThanOrEqual(errors.pool[p]);
        if (results.halvingMarginTao[p] <= errors.halvingMarginTao[p]) continue;
        expect(results.halvingDay[p], `halving of path ${p}`).toBe(exact.halvingDay);
        halvings.add(exact.halvingDay);
      }
      expect(halvings.size).toBeGreaterThan(batch === year ? 3 : 0);
    });

    test("a year in weeks: each from where the last one ended", async () => {
      const exact = Array.from({ length: year.paths }, (_, p) => [...exactDays(year, p)]);
      let at: Pick<PathBatch, "issuanceTao" | "poolTao" | "poolAlpha"> = year;
      let errors = exactStart(year.paths);
      for (let from = 0; from < year.days; from += 7) {
        const batch = part(year, from, Math.min(from + 7, year.days), at);
        const results = await backend.paths(batch);
        errors = pathErrors(backend, batch, results, errors);
        at = endsOf(batch, results);
        exact.forEach((days, p) => {
          const state = days[from + batch.days - 1];
          expectWithin(state, at, errors, p);
        });
      }
    });
  },
);

const endsOf = (batch: PathBatch, results: PathResults) => ({
  issuanceTao: batch.issuanceTao.map((start, p) => start + results.grownTao[p]),
  poolTao: Float64Array.from(results.poolTao),
  poolAlpha: Float64Array.from(results.poolAlpha),
});

function expectWithin(
  state: ExactState,
  at: Pick<PathBatch, "issuanceTao" | "poolTao" | "poolAlpha">,
  errors: ReturnType<typeof exactStart>,
  p: number,
): void {
  const issuance = Math.abs(at.issuanceTao[p] - taoOf(state.issuanceRao));
  expect(issuance, `path ${p}, day ${state.day}`).toBeLessThanOrEqual(errors.issuanceTao[p]);
  const price = relative(at.poolTao[p] / at.poolAlpha[p], priceOf(state));
  expect(price, `path ${p}, day ${state.day}`).toBeLessThanOrEqual(errors.pool[p]);
}
