/**
 * From the dated rules and values (sim/bittensor/rules) to the parameters of a chain. The kernel
 * runs the share rules since June 2026 on weighted pools; earlier eras have no parameters here.
 */
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { datedValues, valueStart, valuesAt } from "../rules/dated-values.ts";
import type { RuleLayer } from "../rules/rule-set.ts";
import {
  ruleLayers,
  rulesAt,
  type StartOverrides,
  shareRuleNameAt,
  shareRules,
  startOf,
} from "../rules/timeline.ts";
import type { ChainParameters } from "./parameters.ts";

const gates: Readonly<Record<string, ChainParameters["gate"]>> = {
  R5: "none",
  R6: "none",
  R7: "mass",
  R8: "rank",
};

/** The first block whose rules a chain can run: price-based shares on weighted pools. */
export const FIRST_RUNNABLE_BLOCK = ruleLayers.find(({ changes }) => changes.pool === "balancer")
  ?.firstBlock as number;

/**
 * What a limit order costs in TAO (measured-chain.md section 3): 850,536 rao since spec 467 halved
 * the weight fee, first seen live at block 9,101,879; twice that before.
 */
export const FEE_HALVED_BLOCK = 9_101_879;
const LIMIT_ORDER_FEE_RAO = 850_536n;

/** The parameters in force at a block; null where a chain cannot run its rules. */
export function chainParametersAt(
  block: number,
  starts: StartOverrides = {},
): ChainParameters | null {
  const rules = rulesAt(block, starts);
  const values = valuesAt(block, {}, starts);
  const shareRule = shareRuleNameAt(block, starts);
  if (rules.pool !== "balancer" || !Object.hasOwn(gates, shareRule)) return null;
  return {
    arithmetic: "exact",
    gate: gates[shareRule],
    gateRank: values.gateRank,
    gateQuantile: toFloat(U64F64, values.gateQuantileBits),
    gateExponent: toFloat(U64F64, values.gateExponentBits),
    gateRefreshBlocks: values.gateRefreshBlocks,
    burnPenalty: true,
    rootProportionPenalty: shareRule === "R5",
    movingAlphaBits: values.movingAlphaBits,
    movingHalvingBlocks: values.movingHalvingBlocks,
    taoWeight: values.taoWeight,
    ownerCut: values.ownerCutU16,
    maxEpochsPerBlock: 2,
    buyFirst: rules.injection === "buy, weights and reserves",
    dueBySteps: rules.epochDueBySteps === "tempo",
    swapFee: values.swapFeeU16,
    emissionSwitch: rules.emissionSwitch,
    nominatorMinimumFactor: values.nominatorMinimumFactor,
    rootDividendsSold: rules.rootDividends !== "funds",
    transactionFeeRao: block >= FEE_HALVED_BLOCK ? LIMIT_ORDER_FEE_RAO : 2n * LIMIT_ORDER_FEE_RAO,
    transactionFeesRecycled: rules.transactionFees === "recycled",
  };
}

/** Blocks after `from` and up to `until` in which a rule or a value changes, ascending. */
export function changesBetween(from: number, until: number, starts: StartOverrides = {}): number[] {
  const blocks = [
    ...ruleLayers.map((layer) => startOf(layer, starts)),
    ...datedValues.map((entry) => valueStart(entry, starts)),
    FEE_HALVED_BLOCK,
  ].filter((block) => block !== null);
  const within = blocks.filter((block) => block > from && block <= until);
  return [...new Set(within)].sort((a, b) => a - b);
}

/** The last block of a share rule's reign, of its rules in their final form; null if there is none. */
export function lastBlockOf(shareRule: string): number | null {
  const index = shareRules.findIndex(({ name }) => name === shareRule);
  if (index < 0) return null;
  return (shareRules[index + 1]?.firstBlock ?? Number.MAX_SAFE_INTEGER) - 1;
}

/** The share rule in force at a block. */
export const shareRuleAt = (block: number, starts: StartOverrides = {}): RuleLayer =>
  shareRules.find(({ name }) => name === shareRuleNameAt(block, starts)) as RuleLayer;
