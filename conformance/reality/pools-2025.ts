/**
 * The pools of 17 April 2025: constant product, price average, TAO and alpha injected in price
 * proportion. Source: spec/token-economics.md sections 2.3 and 4.1.
 */
import { type CellType, countCell, wholeCell } from "../../scenarios/csv.ts";
import { eraTerms } from "../../sim/bittensor/coinbase/era-terms.ts";
import { productPriceBits } from "../../sim/bittensor/pools/constant-product.ts";
import { fromInteger, toFloat, U64F64, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { type RealityCheck, realityCheck } from "./check.ts";
import { readFacts } from "./facts.ts";

const MAX_RAO = 21_000_000_000_000_000n;
const POOLS_BLOCK = 5_373_800;
const ALPHA_EMISSION_RAO = 1_000_000_000n;

const decimalCell: CellType<number> = {
  expected: "a decimal number",
  read: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
};

export function pools2025Checks(): RealityCheck[] {
  const pools = readFacts("finney-pools-2025-04", "pools.csv", {
    netuid: countCell(1, 65_535),
    tao_rao: wholeCell(MAX_RAO),
    alpha_in_rao: wholeCell(MAX_RAO),
    price_tao_per_alpha: decimalCell,
  });
  const priceBits = new Map(
    pools.map((row) => [
      row.netuid,
      productPriceBits({ taoRao: row.tao_rao, alphaInRao: row.alpha_in_rao }),
    ]),
  );
  const priceErrors = pools.map((row) =>
    Math.abs(toFloat(U64F64, priceBits.get(row.netuid)!) / row.price_tao_per_alpha - 1),
  );
  const injections = readFacts("finney-pools-2025-04", "injections.csv", {
    netuid: countCell(1, 65_535),
    block: countCell(0, 4_294_967_295),
    tao_in_rao: wholeCell(MAX_RAO),
    alpha_in_rao: wholeCell(MAX_RAO),
    alpha_out_rao: wholeCell(MAX_RAO),
  });
  const injected = injections.filter((row) => row.tao_in_rao > 0n && priceBits.has(row.netuid));
  const errors = injected.map((row) => ({
    near: Math.abs(row.block - POOLS_BLOCK) <= 2,
    // The subnet's captured TAO, at the captured price of its pool.
    error: Math.abs(
      alphaFor(row.tao_in_rao, priceBits.get(row.netuid)!) / Number(row.alpha_in_rao) - 1,
    ),
  }));
  const near = errors.filter((row) => row.near).map(({ error }) => error);
  const fullEmission = injections.filter((row) => row.alpha_out_rao === ALPHA_EMISSION_RAO);
  return [
    realityCheck("pools whose price is TAO/alpha", pools.length, count(priceErrors, 1e-12), 0),
    realityCheck("largest relative difference of a price", 0, Math.max(...priceErrors), 1e-12),
    realityCheck(
      "alpha injected for the TAO, within two blocks of the pools: largest relative difference",
      0,
      Math.max(...near),
      1e-5,
    ),
    realityCheck(
      "alpha injected for the TAO, up to 37 blocks away: median relative difference",
      0,
      median(errors.map(({ error }) => error)),
      1e-4,
    ),
    realityCheck("subnets that emit one alpha a block", injections.length, fullEmission.length, 0),
  ];
}

/** Alpha that enters beside a TAO emission at a price, in rao. */
function alphaFor(taoRao: bigint, priceBits: bigint): number {
  const { alphaInBits } = eraTerms("alpha emission", "injected", {
    taoEmissionBits: fromInteger(U96F32, taoRao),
    priceBits,
    alphaEmissionRao: ALPHA_EMISSION_RAO,
    blockEmissionRao: 1_000_000_000n,
    rootProportionBits: 0n,
  });
  return toFloat(U96F32, alphaInBits);
}

const count = (errors: readonly number[], bound: number): number =>
  errors.filter((error) => error <= bound).length;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
