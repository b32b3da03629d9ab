/** Dividends of children, shared with the parents whose stake earned them, before they are paid. */
import { type ParentStake, splitWithParents } from "../../staking/children/parent-dividends.ts";
import type { Registry } from "../registry.ts";
import type { StakeBook } from "../stake-book.ts";
import type { Family } from "./family.ts";
import type { NeuronClaim } from "./neuron-accounts.ts";

/** CKBurn is 0 on the chain. */
const CHILD_BURN_U64 = 0n;

/**
 * The neurons' dividends, each divided between the hotkey and its parents; parents who are no neurons
 * join at the end, and who has none is left out. `taoWeightBits` is U96F32.
 */
export function sharedWithParents(
  results: readonly NeuronClaim[],
  family: Family,
  book: StakeBook,
  registry: Registry,
  taoWeightBits: bigint,
): NeuronClaim[] {
  const paying = results.filter(
    ({ hotkey, dividendRao }) => dividendRao > 0n && family.parentsOf(hotkey).length > 0,
  );
  if (paying.length === 0) return results.filter(({ dividendRao }) => dividendRao > 0n);
  const own = new Map(results.map(({ hotkey, dividendRao }) => [hotkey, dividendRao]));
  const fromChildren = new Map<string, bigint>();
  const stakeOf = (hotkey: string) => ({
    alphaRao: book.hotkeyStakeRao(hotkey, family.netuid),
    rootRao: book.hotkeyStakeRao(hotkey, 0),
  });
  for (const { hotkey, dividendRao } of paying) {
    const parents = family.parentsOf(hotkey);
    const split = splitWithParents(
      dividendRao,
      stakeOf(hotkey),
      family.childrenOf(hotkey).map(({ proportionU64 }) => proportionU64),
      parents.map(
        (parent): ParentStake => ({
          ...stakeOf(parent.hotkey),
          proportionU64: parent.proportionU64,
          sameOwner: registry.coldkeyOf(parent.hotkey) === registry.coldkeyOf(hotkey),
        }),
      ),
      { childTakeU16: family.takeU16(hotkey), childBurnU64: CHILD_BURN_U64, taoWeightBits },
    );
    own.set(hotkey, split.childRao);
    for (const [index, { hotkey: parent }] of parents.entries()) {
      fromChildren.set(parent, (fromChildren.get(parent) ?? 0n) + split.parentsRao[index]);
    }
  }
  const shared = results.map((result) => {
    const extraRao = fromChildren.get(result.hotkey) ?? 0n;
    fromChildren.delete(result.hotkey);
    return { ...result, dividendRao: (own.get(result.hotkey) as bigint) + extraRao };
  });
  const outside = [...fromChildren].map(([hotkey, dividendRao]): NeuronClaim => {
    const { alphaRao, rootRao } = stakeOf(hotkey);
    return {
      hotkey,
      dividendRao,
      alphaStakeRao: alphaRao,
      rootStakeRao: rootRao,
    };
  });
  return [...shared, ...outside].filter(({ dividendRao }) => dividendRao > 0n);
}
