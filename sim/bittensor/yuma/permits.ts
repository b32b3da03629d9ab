/** Who may be a validator: the K largest stakes, and the owner always (spec 5.3). */

/**
 * True for the k largest. Among equals at the border the higher index stays, because the chain
 * drops from the front of a stable ascending sort.
 */
export function isTopK(values: readonly bigint[], k: number): boolean[] {
  return dropSmallest(
    values,
    values.map(() => true),
    k,
  );
}

/** The k largest of those that are not 0. */
export function isTopKNonzero(values: readonly bigint[], k: number): boolean[] {
  return dropSmallest(
    values,
    values.map((value) => value !== 0n),
    k,
  );
}

function dropSmallest(values: readonly bigint[], candidates: boolean[], k: number): boolean[] {
  const ascending = values
    .map((_, index) => index)
    .sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : 0));
  const dropped = new Set(ascending.slice(0, Math.max(0, values.length - k)));
  return candidates.map((candidate, index) => candidate && !dropped.has(index));
}

/** The permits with the owner's entry true, where the vector reaches it. */
export const withOwner = (permits: ArrayLike<boolean>, ownerUid: number | null): boolean[] =>
  Array.from(permits, (permit, uid) => permit || uid === ownerUid);
