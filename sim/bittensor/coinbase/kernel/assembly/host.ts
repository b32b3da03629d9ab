/** What the kernel asks its host for: exact results of rare or once-a-block kinds. */

/** floor(10^18 * (base / (base + delta))^(numerator / denominator)), exact. */
export declare function exactSwapExponent(
  base: u64,
  delta: u64,
  numerator: u64,
  denominator: u64,
): u64;

/** Alpha that a fee-free buy takes out of a concentrated pool, exact. */
export declare function exactPositionBuy(
  sqrtPriceHigh: u64,
  sqrtPriceLow: u64,
  liquidityRao: u64,
  taoRao: u64,
): u64;

/**
 * The factor that spreads flows over the range of the coarse power, from the largest scaled flow
 * and their number; left in RANGE_SCALE_HIGH and RANGE_SCALE_LOW.
 */
export declare function rangeScale(largestHigh: u64, largestLow: u64, count: u64): void;
