/**
 * Which neuron gives way when a full subnet takes a new one.
 * Source: spec/token-economics.md section 6.2 (registration.rs).
 */
export interface NeuronStanding {
  readonly uid: number;
  /** Emission of the last epoch, alpha rao. */
  readonly emissionRao: bigint;
  readonly registeredBlock: number;
  /** Its coldkey owns the subnet. */
  readonly ofOwner: boolean;
  /** It is the subnet's owner hotkey. */
  readonly isOwnerHotkey: boolean;
}

export interface ReplacementTerms {
  /** 4,096 by default, 5,000 on new subnets. */
  readonly immunityBlocks: number;
  /** How many of the owner's neurons are never replaced: 1, up to 10. */
  readonly immuneOwnerUids: number;
  /** A neuron past its immunity is replaced only if more than this many are: 10. */
  readonly minNonImmuneUids: number;
}

export const DEFAULT_REPLACEMENT_TERMS: ReplacementTerms = {
  immunityBlocks: 4_096,
  immuneOwnerUids: 1,
  minNonImmuneUids: 10,
};

/** The owner's neurons that are never replaced: the owner hotkey, then the longest registered. */
export function protectedUids(
  neurons: readonly NeuronStanding[],
  immuneOwnerUids: number,
): Set<number> {
  const owned = neurons
    .filter((neuron) => neuron.ofOwner)
    .sort((a, b) => a.registeredBlock - b.registeredBlock || a.uid - b.uid)
    .slice(0, immuneOwnerUids)
    .map((neuron) => neuron.uid);
  const ownerHotkey = neurons.find((neuron) => neuron.isOwnerHotkey)?.uid;
  if (ownerHotkey === undefined || owned.includes(ownerHotkey)) return new Set(owned);
  return new Set([ownerHotkey, ...owned].slice(0, immuneOwnerUids));
}

/** Lowest emission first, then earliest registration, then lowest uid. */
const precedes = (a: NeuronStanding, b: NeuronStanding): boolean => {
  if (a.emissionRao !== b.emissionRao) return a.emissionRao < b.emissionRao;
  if (a.registeredBlock !== b.registeredBlock) return a.registeredBlock < b.registeredBlock;
  return a.uid < b.uid;
};

const first = (neurons: readonly NeuronStanding[]): NeuronStanding | undefined =>
  neurons.reduce<NeuronStanding | undefined>(
    (best, neuron) => (best === undefined || precedes(neuron, best) ? neuron : best),
    undefined,
  );

/** The uid to replace at a block, or null where none may be: NoNeuronIdAvailable. */
export function uidToReplace(
  neurons: readonly NeuronStanding[],
  block: number,
  terms: ReplacementTerms,
): number | null {
  const spared = protectedUids(neurons, terms.immuneOwnerUids);
  const candidates = neurons.filter((neuron) => !spared.has(neuron.uid));
  const isImmune = (neuron: NeuronStanding) =>
    block - neuron.registeredBlock < terms.immunityBlocks;
  const free = candidates.filter((neuron) => !isImmune(neuron));
  const immune = candidates.filter(isImmune);
  const choice = free.length > terms.minNonImmuneUids ? first(free) : first(immune);
  return choice?.uid ?? null;
}
