/** Statistics of a distribution of amounts, exact until the last division. */

export const sumOf = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((sum, rao) => sum + rao, 0n);

export const ascending = (amounts: readonly bigint[]): bigint[] =>
  [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

/** A ratio of large integers as a double, to 15 digits. */
const ratio = (part: bigint, whole: bigint): number =>
  Number((part * 1_000_000_000_000_000n) / whole) / 1e15;

/** The Gini coefficient of all amounts, zeros included: sum of (2i - n - 1) x_i over n times the sum. */
export function gini(amounts: readonly bigint[]): number {
  const count = BigInt(amounts.length);
  const weighted = ascending(amounts).reduce(
    (sum, rao, index) => sum + (2n * BigInt(index + 1) - count - 1n) * rao,
    0n,
  );
  return ratio(weighted, count * sumOf(amounts));
}

/** The share of all that the `count` largest hold. */
export const topShare = (amounts: readonly bigint[], count: number): number =>
  ratio(sumOf(ascending(amounts).slice(-count)), sumOf(amounts));

/** The amount at place floor(q n) of the ascending list. */
export const percentile = (amounts: readonly bigint[], q: number): bigint =>
  ascending(amounts)[Math.floor(q * amounts.length)];
