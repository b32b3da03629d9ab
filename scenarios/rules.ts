/** From a scenario's `chain.rules` to the parameters that the chain runs under, with their dates. */
import { BLOCKS_PER_DAY } from "../sim/amounts.ts";
import type { DatedParameters } from "../sim/bittensor/chain/chain.ts";
import type { ChainParameters } from "../sim/bittensor/chain/parameters.ts";
import {
  chainParametersAt,
  changesBetween,
  lastBlockOf,
  shareRuleAt,
} from "../sim/bittensor/chain/rule-parameters.ts";
import type { RuleLayer } from "../sim/bittensor/rules/rule-set.ts";
import { ruleLayers, shareRules, startOf } from "../sim/bittensor/rules/timeline.ts";
import { fromFloat, I96F32, U64F64 } from "../sim/fixed/fixed-point.ts";
import { exp } from "../sim/portable-math.ts";
import type { BittensorState } from "./bittensor-state.ts";
import type { RuleOverrides, RulesSection } from "./rules-section.ts";
import type { Scenario } from "./schema.ts";
import { asStarted, bentRuleNotes, startBlocks } from "./starts.ts";

export interface RunRules {
  readonly dated: readonly DatedParameters[];
  /** The share rule at the start, then every rule that begins within the run. */
  readonly ruleSets: readonly RuleLayer[];
  /** A sentence for each rule that the scenario lets begin at another time or never. */
  readonly bent: readonly string[];
}

/** The block whose rules hold throughout, or null where the chain's own timeline is followed. */
export function ruleBlock(asOf: RulesSection["as_of"]): number | null {
  if (asOf === "timeline") return null;
  if (typeof asOf === "number") return asOf;
  return lastBlockOf(asOf) ?? blockOfDate(asOf);
}

/** The last share rule that had begun by the end of a day stands for the day's rules. */
function blockOfDate(date: string): number {
  const begun = ruleLayers.filter((layer) => layer.date <= date);
  return Math.max(...begun.map(({ firstBlock }) => firstBlock));
}

/** What rules need to know of the state that a run starts from. */
export type RulesState = Pick<BittensorState, "block" | "timeMs" | "set">;

/** The loader has checked that the rules asked for can be run. */
export function runRules(
  scenario: { readonly chain: Pick<Scenario["chain"], "rules" | "arithmetic"> },
  state: RulesState,
  changes: readonly { readonly fromBlock: number; readonly overrides: RuleOverrides }[],
  untilBlock: number,
): RunRules {
  const { rules, arithmetic } = scenario.chain;
  const start = state.block + 1;
  const fixed = ruleBlock(rules.as_of);
  const starts = startBlocks(rules.starts, state);
  const own = fixed === null ? changesBetween(start, untilBlock, starts) : [];
  const blocks = [start, ...own, ...changes.map(({ fromBlock }) => fromBlock)];
  const dated = [...new Set(blocks)]
    .sort((a, b) => a - b)
    .map((fromBlock) => {
      const base = chainParametersAt(fixed ?? fromBlock, starts);
      if (base === null)
        throw new RangeError(`the rules of block ${fixed ?? fromBlock} cannot be run`);
      const begun = changes.filter((change) => change.fromBlock <= fromBlock);
      const overrides: RuleOverrides = Object.assign(
        {},
        rules.overrides,
        ...begun.map((change) => change.overrides),
      );
      const stored = fixed === null ? withState(base, state) : base;
      return { fromBlock, parameters: withOverrides({ ...stored, arithmetic }, overrides) };
    });
  const begins = (layer: RuleLayer) => {
    const block = startOf(layer, starts);
    return block !== null && block > start && block <= untilBlock;
  };
  const ruleSets = [
    shareRuleAt(fixed ?? start, starts),
    ...(fixed === null ? ruleLayers.filter(begins) : []),
  ]
    .map((layer) => asStarted(layer, starts, state))
    .sort((a, b) => a.firstBlock - b.firstBlock);
  return { dated, ruleSets, bent: bentRuleNotes(starts, state) };
}

/** Names of share rules that a chain can run, oldest first. */
export const runnableShareRules: readonly string[] = shareRules
  .map(({ name }) => name)
  .filter((name) => chainParametersAt(lastBlockOf(name) as number) !== null);

/** What governance had set in the captured state. */
function withState(parameters: ChainParameters, { set }: RulesState): ChainParameters {
  const { gateRank, movingPriceAlphaBits, taoWeightU64, ownerCutU16, gateQuantileBits } = set;
  return {
    ...parameters,
    gateRank: gateRank ?? parameters.gateRank,
    gateQuantile:
      gateQuantileBits === undefined ? parameters.gateQuantile : Number(gateQuantileBits) / 2 ** 64,
    movingAlphaBits: movingPriceAlphaBits ?? parameters.movingAlphaBits,
    taoWeight: taoWeightU64 ?? parameters.taoWeight,
    ownerCut: ownerCutU16 ?? parameters.ownerCut,
  };
}

function withOverrides(base: ChainParameters, overrides: RuleOverrides): ChainParameters {
  const { tao_weight: taoWeight, owner_cut_share: ownerCut, moving_price_alpha: alpha } = overrides;
  const { swap_fee_share: swapFee } = overrides;
  return {
    ...base,
    gate: gateOf(base, overrides),
    gateRank: overrides.gate_rank ?? base.gateRank,
    gateQuantile: overrides.gate_quantile_share ?? base.gateQuantile,
    gateExponent: overrides.gate_exponent ?? base.gateExponent,
    gateRefreshBlocks: overrides.gate_refresh_blocks ?? base.gateRefreshBlocks,
    burnPenalty: overrides.burn_penalty ?? base.burnPenalty,
    emissionSwitch: overrides.emission_switch ?? base.emissionSwitch,
    rootDividends: rootDividendsOf(base, overrides),
    movingHalvingBlocks: overrides.moving_price_half_age_blocks ?? base.movingHalvingBlocks,
    flow: flowOf(base, overrides),
    movingAlphaBits: alpha === undefined ? base.movingAlphaBits : fromFloat(I96F32, alpha),
    taoWeight: taoWeight === undefined ? base.taoWeight : weightOf(taoWeight),
    swapFee: swapFee === undefined ? base.swapFee : Math.round(swapFee * 65_535),
    ownerCut: ownerCut === undefined ? base.ownerCut : Math.round(ownerCut * 65_535),
  };
}

/** A rank asks for a gate by rank, rank 0 for one by mass; `gate` alone switches what there is. */
function gateOf(base: ChainParameters, { gate, gate_rank: rank }: RuleOverrides) {
  if (gate === false) return "none";
  if (rank !== undefined) return rank > 0 ? "rank" : "mass";
  return gate === true && base.gate === "none" ? "rank" : base.gate;
}

/** A half-life of n blocks: each block weighs 1 - 2^(-1/n), over 2^63. */
function flowOf({ flow }: ChainParameters, overrides: RuleOverrides): ChainParameters["flow"] {
  const { flow_half_life_days: days, flow_exponent: exponent } = overrides;
  const weight = days === undefined ? 0 : 1 - exp(-Math.LN2 / (days * BLOCKS_PER_DAY));
  return {
    ...flow,
    smoothingFactor:
      days === undefined ? flow.smoothingFactor : BigInt(Math.round(weight * 2 ** 63)),
    exponentBits: exponent === undefined ? flow.exponentBits : fromFloat(U64F64, exponent),
  };
}

/** Sold at once, or as the rules have them: where they are sold by rule, accruing instead. */
function rootDividendsOf({ rootDividends }: ChainParameters, overrides: RuleOverrides) {
  const { root_dividends_sold: sold } = overrides;
  if (sold === undefined) return rootDividends;
  if (sold) return "sold";
  return rootDividends === "sold" ? "claimed" : rootDividends;
}

/** A share as the chain stores TaoWeight, of 2^64 - 1. */
const weightOf = (share: number): bigint =>
  (BigInt(Math.round(share * 1e15)) * ((1n << 64n) - 1n)) / 1_000_000_000_000_000n;
