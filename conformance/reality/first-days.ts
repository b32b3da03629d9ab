/**
 * What a subnet sees over its first days: its moving price, root's part of its dividends, and how
 * much alpha is made. Source: spec/recent-rules.md section 1.4, spec/timeline-and-facts.md C.5, C.6.
 */
import { BLOCKS_PER_DAY, RAO_PER_TAO } from "../../sim/amounts.ts";
import { alphaInCapBits } from "../../sim/bittensor/coinbase/era-terms.ts";
import { nextMovingPriceBits } from "../../sim/bittensor/emission/moving-price.ts";
import { rootProportionBits, taoWeightBits } from "../../sim/bittensor/emission/root-proportion.ts";
import { movingPriceParamsOf, valuesAt } from "../../sim/bittensor/rules/dated-values.ts";
import { rulesAt } from "../../sim/bittensor/rules/timeline.ts";
import { I96F32, toFloat, toUnsigned, U64F64, U96F32 } from "../../sim/fixed/fixed-point.ts";
import { type RealityCheck, realityCheck } from "./check.ts";

const TODAY = 9_240_382;

/** Moving price over a constant spot price of 0.05 TAO, after so many days from the start call. */
export function movingPriceOverSpot(days: number): number {
  const params = movingPriceParamsOf(valuesAt(TODAY));
  const spotBits = U64F64.oneBits / 20n;
  let moving = 0n;
  for (let age = 1; age <= days * BLOCKS_PER_DAY; age++) {
    moving = nextMovingPriceBits(moving, spotBits, age, params);
  }
  return toFloat(I96F32, moving) * 20;
}

/** Days until root's proportion of a new subnet has fallen to one half. */
export function daysToHalf(rootTao: number, rootTaoPerDay: number, alphaPerDay: number): number {
  const weight = taoWeightBits(valuesAt(TODAY).taoWeight);
  const half = U96F32.oneBits / 2n;
  const rao = (tao: number) => BigInt(Math.round(tao * 1e9));
  const belowHalf = (block: number) =>
    rootProportionBits(
      rao(rootTao + (rootTaoPerDay * block) / BLOCKS_PER_DAY),
      weight,
      rao((alphaPerDay * block) / BLOCKS_PER_DAY),
    ) < half;
  let [low, high] = [0, 10_000 * BLOCKS_PER_DAY];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (belowHalf(middle)) high = middle;
    else low = middle;
  }
  return high / BLOCKS_PER_DAY;
}

/** The most alpha that a young subnet makes in a day: emitted, and injected up to the cap. */
export function alphaPerDay(block: number, blockEmissionRao: bigint): number {
  const cap = alphaInCapBits(rulesAt(block).alphaInCap, {
    taoEmissionBits: 0n,
    priceBits: 0n,
    alphaEmissionRao: RAO_PER_TAO,
    blockEmissionRao,
    rootProportionBits: 0n,
  });
  return (Number(RAO_PER_TAO + toUnsigned(U96F32, cap)) / 1e9) * BLOCKS_PER_DAY;
}

export const firstDaysChecks = (): RealityCheck[] => [
  realityCheck("moving price over spot after 1 day", 0.04, movingPriceOverSpot(1), 0.005),
  realityCheck("moving price over spot after 3 days", 0.28, movingPriceOverSpot(3), 0.005),
  realityCheck("moving price over spot after 7 days", 0.8, movingPriceOverSpot(7), 0.005),
  realityCheck("days to half, 9 M TAO on root", 123.6, daysToHalf(9_000_000, 7_200, 14_400), 0.05),
  realityCheck("days to half, 9.72 M on root", 133.5, daysToHalf(9_720_000, 7_200, 14_400), 0.05),
  realityCheck(
    "alpha a day, last block before the halving",
    14_400,
    alphaPerDay(7_103_975, RAO_PER_TAO),
    0,
  ),
  realityCheck(
    "alpha a day, first block after the halving",
    10_800,
    alphaPerDay(7_103_976, RAO_PER_TAO / 2n),
    0,
  ),
];
