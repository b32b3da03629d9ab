/** Supplied by the host: floor(10^18 * (base / (base + delta))^(numerator / denominator)), exact. */
export declare function exactSwapExponent(
  base: u64,
  delta: u64,
  numerator: u64,
  denominator: u64,
): u64;
