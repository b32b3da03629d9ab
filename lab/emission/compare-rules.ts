/** Emission shares of one captured state under any of the rule-sets, side by side. */
import { BLOCKS_PER_DAY, RAO_PER_TAO, taoFromRao } from "../../sim/amounts.ts";
import { blockEmissionRao } from "../../sim/bittensor/emission/block-emission.ts";
import { shareParamsOf, valuesAt } from "../../sim/bittensor/rules/dated-values.ts";
import type { RuleLayer } from "../../sim/bittensor/rules/rule-set.ts";
import type { ShareRule } from "../../sim/bittensor/rules/share-rule.ts";
import { shareRuleNameAt, shareRules } from "../../sim/bittensor/rules/timeline.ts";
import { toFloat, U64F64 } from "../../sim/fixed/fixed-point.ts";
import type { EmissionState, StateInput } from "../captures/emission-state.ts";

export interface RuleShares {
  /** R1 to R8. */
  readonly rule: string;
  readonly summary: string;
  /** The rule of the chain at the state's block. */
  readonly inForce: boolean;
  /** In the order of the state's subnets. */
  readonly shares: readonly number[];
  readonly shareBits: readonly bigint[];
  /** The bar that the gate used, U64F64; null without a gate. */
  readonly gateBarBits: bigint | null;
  /** Against what the chain paid; null where the file does not hold it. */
  readonly error: ShareError | null;
  /** Inputs that the rule reads and the file lacks: counted as zero or as on. */
  readonly assumed: readonly StateInput[];
}

export interface ShareError {
  readonly meanAbsolute: number;
  readonly largest: number;
  /** Netuid of the largest. */
  readonly where: number;
}

/** What each rule cannot do without, and what it can assume to be nothing. */
const needs: Readonly<Record<string, { must: readonly StateInput[]; may: readonly StateInput[] }>> =
  {
    R0: { must: ["root weights"], may: [] },
    R1: { must: ["root weights"], may: [] },
    R2: { must: ["moving price"], may: [] },
    R3: { must: ["flows"], may: [] },
    R4: { must: ["flows"], may: ["emission switch"] },
    R5: { must: ["moving price", "root proportion"], may: ["miner burned", "emission switch"] },
    R6: { must: ["moving price"], may: ["miner burned", "emission switch"] },
    R7: { must: ["moving price"], may: ["miner burned", "emission switch"] },
    R8: { must: ["moving price"], may: ["miner burned", "emission switch"] },
  };

/** The inputs that a rule cannot do without and the state lacks. */
export const missingFor = (rule: string, state: EmissionState): readonly StateInput[] =>
  needs[rule].must.filter((input) => state.lacks.has(input));

/** The rules that a state allows, oldest first; R0 is a table and computes nothing. */
export const computableRules = (state: EmissionState): readonly RuleLayer[] =>
  shareRules.filter(({ name }) => name !== "R0" && missingFor(name, state).length === 0);

/** Shares under each rule. Throws RangeError for one that the state does not allow. */
export const compareRules = (
  state: EmissionState,
  rules: readonly RuleLayer[] = computableRules(state),
): RuleShares[] => rules.map((rule) => sharesUnder(state, rule));

function sharesUnder(state: EmissionState, layer: RuleLayer): RuleShares {
  const missing = missingFor(layer.name, state);
  if (missing.length > 0) {
    throw new RangeError(`${layer.name} reads ${missing.join(" and ")}, which the file lacks`);
  }
  const inForce = shareRuleNameAt(state.block) === layer.name;
  const { shareBits, gateBarBits } = (layer.changes.shares as ShareRule)(
    {
      block: settledBlock(state),
      subnets: state.subnets,
      // Another rule's stored bar says nothing: a foreign gate finds its own.
      gateBarBits: inForce ? state.gateBarBits : 0n,
      storedShareBits: state.subnets.map((subnet) => subnet.rootWeightShareBits ?? 0n),
    },
    paramsFor(state, layer, inForce),
  );
  return {
    rule: layer.name,
    summary: layer.summary,
    inForce,
    shareBits,
    shares: shareBits.map((bits) => toFloat(U64F64, bits)),
    gateBarBits: gateBarBits ?? null,
    error: shareError(state, shareBits),
    assumed: needs[layer.name].may.filter((input) => state.lacks.has(input)),
  };
}

/**
 * The stored bar is the one that the block used, even in a block that refreshed it: so the bar is
 * looked up as in the block after.
 */
const settledBlock = ({ block, gateBarBits }: EmissionState): number =>
  gateBarBits > 0n && block % valuesAt(block).gateRefreshBlocks === 0 ? block + 1 : block;

/**
 * A rule in force reads the state's own values; another rule those of its own first day, but for
 * what the file has stored.
 */
function paramsFor(state: EmissionState, layer: RuleLayer, inForce: boolean) {
  const block = inForce ? state.block : Math.max(layer.firstBlock, blockOfSettledValues(layer));
  const { gateRank: _, ...stored } = state.values;
  return shareParamsOf(valuesAt(block, inForce ? state.values : stored));
}

/** R7's quantile was raised on its second day; the raised one is what the rule is known by. */
const blockOfSettledValues = (layer: RuleLayer): number =>
  layer.name === "R7" ? 8_721_000 : layer.firstBlock;

/** What the chain paid, as shares of their sum; null where the file does not hold it. */
export function observedShares(state: EmissionState): number[] | null {
  const paid = state.subnets.map(({ observedRao }) => observedRao);
  if (paid.some((rao) => rao === null)) return null;
  const total = paid.reduce<bigint>((sum, rao) => sum + (rao as bigint), 0n);
  if (total === 0n) return null;
  return paid.map((rao) => Number(rao) / Number(total));
}

function shareError(state: EmissionState, shareBits: readonly bigint[]): ShareError | null {
  const observed = observedShares(state);
  if (observed === null) return null;
  const errors = observed.map((share, i) => Math.abs(toFloat(U64F64, shareBits[i]) - share));
  const largest = Math.max(...errors);
  return {
    meanAbsolute: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    largest,
    where: state.subnets[errors.indexOf(largest)].netuid,
  };
}

/** First block of half a TAO. */
const HALVING_BLOCK = 7_103_976;

/** Rao a block at the state's issuance; by the halving's date where the file does not hold it. */
export function blockEmissionOf({ totalIssuanceRao, block }: EmissionState): bigint {
  if (totalIssuanceRao !== null) return blockEmissionRao(totalIssuanceRao);
  return block < HALVING_BLOCK ? RAO_PER_TAO : RAO_PER_TAO / 2n;
}

/** TAO a day that a share brings. */
export const taoPerDay = (state: EmissionState, share: number): number =>
  share * BLOCKS_PER_DAY * taoFromRao(blockEmissionOf(state));
