/** Which neuron makes room for a new one in a full subnet (spec 8.4). */

export interface PruningInput {
  readonly block: number;
  readonly immunityPeriodBlocks: number;
  /** By uid. */
  readonly emissionRao: ArrayLike<bigint>;
  readonly blockAtRegistration: ArrayLike<number>;
  /** Hotkeys of the owner that are never pruned; the first of them by default. */
  readonly immortalUids: ReadonlySet<number>;
  /** MinNonImmuneUids: with this many or fewer, an immune one goes. Absent = 10. */
  readonly minNonImmuneUids?: number;
}

/**
 * The uid with the lowest emission; among equals the one registered first, then the lowest uid.
 * Those past their immunity go first, unless they are too few. null where nobody may be pruned.
 */
export function neuronToPrune(input: PruningInput): number | null {
  const { block, immunityPeriodBlocks, blockAtRegistration, minNonImmuneUids = 10 } = input;
  const candidates = Array.from(input.emissionRao, (_, uid) => uid).filter(
    (uid) => !input.immortalUids.has(uid),
  );
  const isImmune = (uid: number) => block - blockAtRegistration[uid] < immunityPeriodBlocks;
  const mortal = candidates.filter((uid) => !isImmune(uid));
  return worst(input, mortal.length > minNonImmuneUids ? mortal : candidates.filter(isImmune));
}

function worst(
  { emissionRao, blockAtRegistration }: PruningInput,
  candidates: readonly number[],
): number | null {
  const isWorse = (a: number, b: number) =>
    emissionRao[a] !== emissionRao[b]
      ? emissionRao[a] < emissionRao[b]
      : blockAtRegistration[a] < blockAtRegistration[b];
  return candidates.reduce<number | null>(
    (best, uid) => (best === null || isWorse(uid, best) ? uid : best),
    null,
  );
}
