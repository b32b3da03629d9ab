/**
 * How unevenly something is shared out. Shares need not add up to one; negative amounts and
 * not-a-number are a RangeError. Nothing to share gives NaN, which is stored as null.
 */

function positive(amounts: ArrayLike<number>): number[] {
  const kept: number[] = [];
  for (let i = 0; i < amounts.length; i++) {
    const amount = amounts[i];
    if (!(amount >= 0)) throw new RangeError(`an amount must be at least 0, got ${amount}`);
    if (amount > 0) kept.push(amount);
  }
  return kept;
}

/**
 * The Gini coefficient of the positive amounts: half the mean absolute difference over the mean,
 * without the small-sample correction. 0 is equal, (n - 1) / n is one taker of n.
 */
export function gini(amounts: ArrayLike<number>): number {
  const sorted = positive(amounts).sort((a, b) => a - b);
  let sum = 0;
  let weighted = 0;
  for (let i = 0; i < sorted.length; i++) {
    sum += sorted[i];
    weighted += (2 * (i + 1) - sorted.length - 1) * sorted[i];
  }
  return sum > 0 ? weighted / (sorted.length * sum) : Number.NaN;
}

/** The Nakamoto coefficient: the fewest holders who together have more than half. */
export function nakamoto(amounts: ArrayLike<number>): number {
  const sorted = positive(amounts).sort((a, b) => b - a);
  const half = sorted.reduce((a, b) => a + b, 0) / 2;
  let held = 0;
  for (let i = 0; i < sorted.length; i++) {
    held += sorted[i];
    if (held > half) return i + 1;
  }
  return Number.NaN;
}
