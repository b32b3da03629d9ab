/** Futures of supply and price: by backend, with the drawing of chance, and as the whole command. */
import { join } from "node:path";
import { randomPathBatch } from "../gpu-kernels/example-batches.ts";
import { type Backend, type BackendName, exactPath, openBackend } from "../gpu-kernels/index.ts";
import { pathBlock } from "../lab/paths/block.ts";
import { exactValues } from "../lab/paths/exact-path.ts";
import { pathModel } from "../lab/paths/from-scenario.ts";
import { choosePathScreener, runPaths } from "../lab/paths/run.ts";
import { usualWorkers } from "../lab/pool.ts";
import { loadPathScenario } from "../scenarios/load-pool.ts";
import { scenariosFolder } from "../scenarios/shipped.ts";
import type { BenchSuite, Figure, Rate } from "./suite.ts";

const names = ["wasm-f32", "wasm-f64", "typescript", "gpujs-webasm", "gpujs-cpu"] as const;
const unit = "one-year paths/s";
const BATCH = 512;
const BLOCK = 1_024;
const ONE_BY_ONE = 4;
const FUTURES = 100_000;

const opened = new Map<BackendName, Promise<Backend>>();

function backendOf(name: BackendName): Promise<Backend> {
  const backend = opened.get(name) ?? openBackend(name);
  opened.set(name, backend);
  return backend;
}

const modelOfYear = () =>
  pathModel(loadPathScenario(join(scenariosFolder, "alpha-price.yaml")), { days: 365 });

const WHOLE = "100,000 one-year paths, whole";
const CONFIRMED = "... of which confirmed exactly";

export const suite: BenchSuite = {
  name: "paths",
  rates: () => [...kernelRates(), ...blockRates()],
  figureNames: [WHOLE, CONFIRMED],
  async figures(): Promise<Figure[]> {
    const screener = await choosePathScreener();
    const workers = usualWorkers();
    const request = { model: modelOfYear(), paths: FUTURES, screener, workers };
    const started = performance.now();
    const { screened } = (await runPaths(request))!;
    const seconds = (performance.now() - started) / 1e3;
    const plain = { reference: null, ratio: null };
    return [
      { name: WHOLE, value: seconds, unit: `s on ${workers} threads`, ...plain },
      { name: CONFIRMED, value: screened.confirmed, unit: "paths", ...plain },
    ];
  },
};

/** What chance gives is there already. */
function kernelRates(): Rate[] {
  const batch = randomPathBatch("bench", BATCH, 365);
  const reference = "whole rao, one by one, given chance";
  return [
    {
      ...{ name: reference, unit, reference: null, perRun: ONE_BY_ONE },
      run() {
        for (let path = 0; path < ONE_BY_ONE; path++) exactPath(batch, path);
      },
    },
    ...names.map((name) => ({
      ...{ name: `${name}, given chance`, unit, reference, perRun: BATCH },
      async run() {
        await (await backendOf(name)).paths(batch);
      },
    })),
  ];
}

/** As `hivelab paths` does it: drawn, computed from moment to moment, bounds carried along. */
function blockRates(): Rate[] {
  const model = modelOfYear();
  const reference = "whole rao, one by one, drawn";
  return [
    {
      ...{ name: reference, unit, reference: null, perRun: ONE_BY_ONE },
      run() {
        for (let path = 0; path < ONE_BY_ONE; path++) exactValues(model, path);
      },
    },
    ...(["wasm-f64", "wasm-f32", "typescript"] as const).map((name) => ({
      ...{ name: `${name}, drawn, with bounds`, unit, reference, perRun: BLOCK },
      async run() {
        await pathBlock(model, { first: 0, count: BLOCK }, await backendOf(name));
      },
    })),
  ];
}
