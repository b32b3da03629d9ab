/** The contract of paths: every backend stays within its bounds, in one batch and in many. */

import { type ExactState, exactDays, exactPath, priceOf } from "../exact/paths.ts";
import { randomPathBatch } from "../example-batches.ts";
import { exactStart, type PathErrors, pathErrors } from "../path-bounds.ts";
import type { Backend, PathBatch, PathResults } from "../types.ts";
import { type ContractCase, Held } from "./held.ts";

const year = () => randomPathBatch("year", 19, 365);
/** Pools of a few TAO, which whole rao and large trades hit hardest. */
const tiny = (): PathBatch => ({
  ...randomPathBatch("tiny", 8, 120),
  poolTao: new Float64Array(8).fill(3),
  poolAlpha: new Float64Array(8).fill(700),
});
/** Close to a halving at the start, with nearly all that is new recycled. */
const slow = (): PathBatch => ({
  ...randomPathBatch("slow", 9, 60),
  issuanceTao: Float64Array.from({ length: 9 }, (_, k) => 10_499_990 + k * 2),
  recycledShare: new Float64Array(9 * 60).fill(0.999),
});

export const pathCases: readonly ContractCase[] = [
  {
    name: "paths of a year, across a halving",
    run: (backend) => holdEnds(backend, year(), 4),
  },
  { name: "paths of tiny pools", run: (backend) => holdEnds(backend, tiny(), 1) },
  { name: "paths that near a halving slowly", run: (backend) => holdEnds(backend, slow(), 1) },
  {
    name: "paths of a year in weeks, each from where the last one ended",
    run: (backend) => holdWeeks(backend, year()),
  },
];

/** More than a graphics driver takes at once. */
export const manyPaths: ContractCase = {
  name: "9,000 paths of five days",
  run: (backend) => holdEnds(backend, randomPathBatch("week", 9_000, 5), 2),
};

const relative = (own: number, exact: number) => Math.abs(own / exact - 1);
const taoOf = (rao: bigint) => Number(rao) / 1e9;

/** Ends, lowest price, and the day of the halving where the margin decides it: on so many days at least. */
async function holdEnds(backend: Backend, batch: PathBatch, leastDays: number): Promise<Held> {
  const held = new Held();
  const results = await backend.paths(batch);
  const errors = pathErrors(backend, batch, results);
  const halvings = new Set<number>();
  for (let p = 0; p < batch.paths; p++) {
    const exact = exactPath(batch, p);
    const off = Math.abs(results.grownTao[p] - taoOf(exact.grownRao));
    held.within(off, errors.issuanceTao[p], `growth of path ${p}`);
    const pool = Math.max(
      relative(results.poolTao[p], taoOf(exact.poolTaoRao)),
      relative(results.poolAlpha[p], taoOf(exact.poolAlphaRao)),
      relative(results.lowestPrice[p], exact.lowestPrice),
    );
    held.within(pool, errors.pool[p], `pool of path ${p}`);
    if (results.halvingMarginTao[p] <= errors.halvingMarginTao[p]) continue;
    held.equal(results.halvingDay[p], exact.halvingDay, `halving of path ${p}`);
    halvings.add(exact.halvingDay);
  }
  held.equal(halvings.size >= leastDays, true, `halvings are decided on ${halvings.size} days`);
  return held;
}

type Standing = Pick<PathBatch, "issuanceTao" | "poolTao" | "poolAlpha">;

async function holdWeeks(backend: Backend, batch: PathBatch): Promise<Held> {
  const held = new Held();
  const exact = Array.from({ length: batch.paths }, (_, p) => [...exactDays(batch, p)]);
  let at: Standing = batch;
  let errors = exactStart(batch.paths);
  for (let from = 0; from < batch.days; from += 7) {
    const week = part(batch, from, Math.min(from + 7, batch.days), at);
    const results = await backend.paths(week);
    errors = pathErrors(backend, week, results, errors);
    at = endsOf(week, results);
    exact.forEach((days, p) => {
      holdState(held, days[from + week.days - 1], at, errors, p);
    });
  }
  return held;
}

/** Days `from` to `to` of a batch, from where its paths stand. */
function part(batch: PathBatch, from: number, to: number, at: Standing): PathBatch {
  const cut = (values: Float64Array) => values.subarray(from * batch.paths, to * batch.paths);
  return {
    ...{ ...batch, ...at, days: to - from, recycledShare: cut(batch.recycledShare) },
    ...{ soldAlpha: cut(batch.soldAlpha), spentTao: cut(batch.spentTao) },
  };
}

const endsOf = (batch: PathBatch, results: PathResults): Standing => ({
  issuanceTao: batch.issuanceTao.map((start, p) => start + results.grownTao[p]),
  poolTao: Float64Array.from(results.poolTao),
  poolAlpha: Float64Array.from(results.poolAlpha),
});

function holdState(
  held: Held,
  state: ExactState,
  at: Standing,
  errors: PathErrors,
  path: number,
): void {
  const issuance = Math.abs(at.issuanceTao[path] - taoOf(state.issuanceRao));
  held.within(issuance, errors.issuanceTao[path], `issuance of path ${path}, day ${state.day}`);
  const price = relative(at.poolTao[path] / at.poolAlpha[path], priceOf(state));
  held.within(price, errors.pool[path], `price of path ${path}, day ${state.day}`);
}
