import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { BoundExceeded, openBackend } from "../../gpu-kernels/index.ts";
import { loadPathScenario } from "../../scenarios/load-pool.ts";
import { buildSupplyWorld } from "../../scenarios/load-supply.ts";
import { scenariosFolder } from "../../scenarios/shipped.ts";
import { spreadOf } from "../ensemble/quantiles.ts";
import { planSource } from "../plans/from-flags.ts";
import { planFrom } from "../plans/load.ts";
import { chooseScreener } from "../screening.ts";
import { pathBlock } from "./block.ts";
import { exactValues } from "./exact-path.ts";
import { pathModel } from "./from-scenario.ts";
import { keptDays, momentsOf, seedOfPath } from "./model.ts";
import { type PathsResult, runPaths } from "./run.ts";

const shipped = (name: string, ...sets: string[]) =>
  loadPathScenario(join(scenariosFolder, `${name}.yaml`), sets);

/** The halving at 15.75 million TAO is some days away. */
const close = shipped(
  "tao-supply",
  "supply.start={block: 9240388, time: 2026-10-08T19:20:12Z, issuance_tao: 15690000}",
);
const closeModel = pathModel(close, { days: 40, everyDays: 1 });
const priceModel = pathModel(shipped("alpha-price"), { days: 45, everyDays: 15 });

describe("a path", () => {
  test.each([0, 1, 2, 7])("is run %i of the ensemble, to the rao, across a halving", (path) => {
    const world = buildSupplyWorld({ ...close.scenario, seed: seedOfPath(closeModel, path) });
    const { values, halvingDay } = exactValues(closeModel, path);
    for (const issuance of values) {
      world.runDay();
      expect(issuance).toBe(Number(world.issuanceRao) / 1e9);
    }
    const [halving] = world.halvings;
    expect(halvingDay).toBe(Math.ceil((halving.block - 1 - world.options.start.block) / 7_200));
  });

  test("has the seed of that run", () => {
    const path = join(scenariosFolder, "tao-supply.yaml");
    const plan = planFrom(planSource(path, { seeds: "5" }));
    const seeds = [0, 3].map((k) => plan.at(k).seed);
    expect(seeds).toEqual([0, 3].map((k) => seedOfPath(closeModel, k)));
  });

  test("is kept at the end of every 15th day, and on the last", () => {
    expect(keptDays({ ...priceModel, days: 40 })).toEqual([15, 30, 40]);
    expect(momentsOf({ ...priceModel, days: 40 }).map(({ day }) => day)).toEqual([
      ...[15, 30, 40, 15, 30, 40, 40],
    ]);
  });

  test("sells and buys so that the price moves by about 5 % a day, as measured", () => {
    const daily = { ...priceModel, days: 120, everyDays: 1 };
    const moves = [0, 1, 2, 3, 4].flatMap((path) => {
      const { values } = exactValues(daily, path);
      const prices = values.subarray(120, 240);
      return Array.from(prices.subarray(1), (price, k) => Math.log(price / prices[k]));
    });
    const deviation = Math.sqrt(moves.reduce((sum, one) => sum + one * one, 0) / moves.length);
    expect(deviation).toBeGreaterThan(0.04);
    expect(deviation).toBeLessThan(0.065);
  });
});

describe("screened paths", () => {
  test.each(["wasm-f64", "wasm-f32", "typescript"] as const)(
    "of %s lie within the bound of the exact ones, and halve on the same days",
    async (name) => {
      const backend = await openBackend(name);
      for (const model of [closeModel, priceModel]) {
        const block = await pathBlock(model, { first: 3, count: 12 }, backend);
        for (let p = 0; p < 12; p++) {
          const exact = exactValues(model, 3 + p);
          exact.values.forEach((value, m) => {
            const off = Math.abs(block.values[m * 12 + p] / value - 1);
            expect(off).toBeLessThanOrEqual(block.bounds[m]);
          });
          expect(block.halvingDay[p]).toBe(exact.halvingDay);
        }
        expect(block.confirmed).toBeLessThan(12);
      }
    },
  );

  test("of a backend that is less exact than it says end the run", async () => {
    const backend = await openBackend("wasm-f64");
    const wrong = {
      ...backend,
      paths: async (batch: Parameters<typeof backend.paths>[0]) => {
        const results = await backend.paths(batch);
        return { ...results, poolTao: results.poolTao.map((tao) => tao * (1 + 1e-6)) };
      },
    };
    const block = pathBlock(priceModel, { first: 0, count: 4 }, wrong);
    await expect(block).rejects.toThrow(BoundExceeded);
  });
});

describe("many paths", () => {
  const run = async (model: typeof priceModel, name: string): Promise<PathsResult> =>
    (await runPaths({ model, paths: 50, screener: await chooseScreener(name), workers: 0 }))!;

  test.each([
    ["with a price", priceModel],
    ["of supply across a halving", closeModel],
  ])("%s give the same numbers whoever screens", async (_, model) => {
    const { screened: _own, seconds: _time, ...exact } = await run(model, "exact");
    for (const name of ["wasm-f64", "wasm-f32", "typescript"]) {
      const { screened, seconds: _, ...result } = await run(model, name);
      expect(result).toEqual(exact);
      expect(screened.largest_error).toBeLessThanOrEqual(screened.bound);
    }
    const last = exact.moments[exact.moments.length - 1];
    const values = Float64Array.from({ length: 50 }, (_, p) => {
      const all = exactValues(model, p).values;
      return all[all.length - 1];
    });
    expect(last.quantiles).toEqual(spreadOf(values)!.quantiles);
  });

  test("count each path once: by halving day, and below each price", async () => {
    const prices = [1e-6, priceModel.pool!.tao / priceModel.pool!.alpha, 1e3];
    const asked = await run({ ...priceModel, priceBelow: prices }, "wasm-f64");
    expect(asked.below[0]).toBe(0);
    expect(asked.below[1]).toBeGreaterThan(25);
    expect(asked.below[2]).toBe(50);
    const halvings = (await run(closeModel, "wasm-f64")).halvings;
    expect(halvings.reduce((sum, one) => sum + one, 0)).toBe(50);
    expect(halvings[0]).toBe(0);
  });

  test("end where they are stopped", async () => {
    const stopping = new AbortController();
    stopping.abort();
    const screener = await chooseScreener("wasm-f64");
    const request = { model: priceModel, paths: 50, screener, workers: 0 };
    expect(await runPaths({ ...request, signal: stopping.signal })).toBeNull();
  });
});
