/**
 * From the dated rules and values (sim/bittensor/rules) to the parameters of a chain with pools:
 * dTAO, since February 2025.
 */
import { toFloat, U64F64 } from "../../fixed/fixed-point.ts";
import { limitAt } from "../limits.ts";
import { datedValues, shareParamsOf, valueStart, valuesAt } from "../rules/dated-values.ts";
import type { RuleLayer } from "../rules/rule-set.ts";
import {
  ruleLayers,
  rulesAt,
  type StartOverrides,
  shareRuleNameAt,
  shareRules,
  startOf,
} from "../rules/timeline.ts";
import { MAX_PARENTS } from "../staking/children/child-rules.ts";
import type { ChainParameters } from "./parameters.ts";

const gates: Readonly<Record<string, ChainParameters["gate"]>> = { R7: "mass", R8: "rank" };

const shareBases: Readonly<Record<string, ChainParameters["sharesBy"]>> = {
  R3: "user flow",
  R4: "net flow",
};

/** Share rules before miners' burns counted. */
const withoutBurnPenalty = ["R2", "R3", "R4"];

/** Spec 438 is first seen live as spec 440 (spec/recent-rules.md section 4.2). */
const SPLIT_WHOLE_BLOCK = 8_713_794;
/** Spec 473 runs by this block (spec/recent-rules.md section 6). */
const OWNER_SWAPS_WAIT_BLOCK = 9_217_343;

/** The first block whose rules a chain can run: that of the first pools. */
export const FIRST_RUNNABLE_BLOCK = ruleLayers.find(
  ({ changes }) => changes.pool !== undefined && changes.pool !== "none",
)?.firstBlock as number;

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
  const { pool, rootDividends } = rules;
  if (pool === "none" || rootDividends === "tao" || shareRule === "R0" || shareRule === "R1") {
    return null;
  }
  return {
    arithmetic: "exact",
    era: {
      pool,
      swapFees: rules.swapFees,
      alphaInCap: rules.alphaInCap,
      surplus: rules.surplus,
      boughtAlpha: rules.boughtAlpha,
      rootSellFlag: rules.rootSellFlag,
      closedSubnetsEmit: rules.closedSubnetsEmit,
    },
    sharesBy: shareBases[shareRule] ?? "price",
    flow: shareParamsOf(values).flow,
    gate: gates[shareRule] ?? "none",
    gateRank: values.gateRank,
    gateQuantile: toFloat(U64F64, values.gateQuantileBits),
    gateExponent: toFloat(U64F64, values.gateExponentBits),
    gateRefreshBlocks: values.gateRefreshBlocks,
    burnPenalty: !withoutBurnPenalty.includes(shareRule),
    rootProportionPenalty: shareRule === "R5",
    movingAlphaBits: values.movingAlphaBits,
    movingHalvingBlocks: values.movingHalvingBlocks,
    agesFromBlock: values.agesFromBlock,
    taoWeight: values.taoWeight,
    ownerCut: values.ownerCutU16,
    maxEpochsPerBlock: 2,
    buyFirst: rules.injection === "buy, weights and reserves",
    dueBySteps: rules.epochDueBySteps === "tempo",
    staggeredEpochs: rules.epochSchedule === "staggered",
    swapFee: values.swapFeeU16,
    emissionSwitch: rules.emissionSwitch,
    rootDividends,
    nominatorMinimumFactor: values.nominatorMinimumFactor,
    registrationPrice: rules.registrationPrice,
    registrationPays: rules.registrationPays,
    minerCollateral: rules.minerCollateral,
    nullConsensus: rules.nullConsensus,
    maxMechanisms: rules.mechanisms ? (limitAt("mechanisms_max", block)?.value ?? 1) : 1,
    ownerSwapsWait: block >= OWNER_SWAPS_WAIT_BLOCK,
    mechanismSplitWhole: block >= SPLIT_WHOLE_BLOCK,
    childrenCooldownBlocks: values.childrenCooldownBlocks,
    // The cap came with the same runtime as null consensus.
    maxParents: rules.nullConsensus ? MAX_PARENTS : null,
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
