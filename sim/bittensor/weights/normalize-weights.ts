/** Weights as u16 fractions of their sum: how a client may prepare what it submits (spec 4.2). */

/** floor(65,535 * weight / sum); unchanged where the sum is 0. */
export function normalizeWeights(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // 65,535 * 65,535 fits a double many times over, so the quotient's floor is exact.
  return total === 0
    ? [...weights]
    : weights.map((weight) => Math.floor((weight * 65_535) / total));
}
