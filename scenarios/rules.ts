/** From a scenario's `chain.rules` to the parameters that the chain runs under, with their dates. */

import type { DatedParameters } from "../sim/bittensor/chain/chain.ts";
import type { ChainParameters } from "../sim/bittensor/chain/parameters.ts";
import {
  type KernelRuleSet,
  kernelRuleSet,
  kernelRuleSetAt,
  kernelRuleSets,
} from "../sim/bittensor/chain/rule-parameters.ts";
import { fromFloat, I96F32 } from "../sim/fixed/fixed-point.ts";
import type { BittensorState } from "./bittensor-state.ts";
import { InputError } from "./fault.ts";
import type { RuleOverrides } from "./rules-section.ts";
import type { Scenario } from "./schema.ts";

export interface RunRules {
  readonly dated: readonly DatedParameters[];
  /** In the order in which they come into force. */
  readonly ruleSets: readonly KernelRuleSet[];
}

/** Spec 467 halved the extrinsics' weight fee; first seen live at this block. */
const FEES_HALVED_BLOCK = 9_101_879;

/** Throws InputError where the rule-set cannot be simulated yet. */
export function runRules(
  scenario: Scenario,
  state: BittensorState,
  changes: readonly { readonly fromBlock: number; readonly overrides: RuleOverrides }[],
  untilBlock: number,
): RunRules {
  const { rules, arithmetic } = scenario.chain;
  const start = state.block + 1;
  const ruleSets = ruleSetsOf(rules.as_of, start, untilBlock);
  const starts = [
    start,
    ...ruleSets.map(({ firstBlock }) => firstBlock).filter((block) => block > start),
    ...changes.map(({ fromBlock }) => fromBlock),
    ...(FEES_HALVED_BLOCK > start && FEES_HALVED_BLOCK <= untilBlock ? [FEES_HALVED_BLOCK] : []),
  ];
  const blocks = [...new Set(starts)].sort((a, b) => a - b);
  const dated = blocks.map((fromBlock) => {
    const inForce = ruleSets.findLast((set, i) => i === 0 || set.firstBlock <= fromBlock);
    const base = withState((inForce as KernelRuleSet).parameters, state);
    const begun = changes.filter((change) => change.fromBlock <= fromBlock);
    const overrides = Object.assign(
      {},
      rules.overrides,
      ...begun.map((change) => change.overrides),
    );
    const halved = fromBlock >= FEES_HALVED_BLOCK;
    const transactionFeeRao = halved ? base.transactionFeeRao / 2n : base.transactionFeeRao;
    return {
      fromBlock,
      parameters: withOverrides({ ...base, arithmetic, transactionFeeRao }, overrides),
    };
  });
  return { dated, ruleSets };
}

function ruleSetsOf(asOf: string | number, start: number, until: number): KernelRuleSet[] {
  if (asOf === "timeline") {
    const first = kernelRuleSetAt(start) ?? unsupported(`block ${start}`);
    const later = kernelRuleSets.filter((set) => set.firstBlock > start && set.firstBlock <= until);
    return [first, ...later];
  }
  if (typeof asOf === "number") return [kernelRuleSetAt(asOf) ?? unsupported(`block ${asOf}`)];
  const named = kernelRuleSet(asOf);
  if (named) return [named];
  const dated = kernelRuleSets.findLast(({ date }) => date <= asOf);
  return [dated ?? unsupported(asOf)];
}

function unsupported(asOf: string): never {
  const [first] = kernelRuleSets;
  throw new InputError([
    {
      file: "scenario",
      field: "chain.rules.as_of",
      problem: `the rules of ${asOf} cannot be simulated block by block yet`,
      remedy: `from ${first.name} (${first.date}, block ${first.firstBlock}) on they can`,
    },
  ]);
}

/** What governance had set in the captured state. */
function withState(parameters: ChainParameters, { set }: BittensorState): ChainParameters {
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
  const rank = overrides.gate_rank ?? base.gateRank;
  const wanted = overrides.gate_rank === undefined ? base.gate : rank > 0 ? "rank" : "mass";
  const gate =
    overrides.gate === false ? "none" : overrides.gate && base.gate === "none" ? "rank" : wanted;
  const { tao_weight: taoWeight, owner_cut_share: ownerCut, moving_price_alpha: alpha } = overrides;
  return {
    ...base,
    gate,
    gateRank: rank,
    gateQuantile: overrides.gate_quantile_share ?? base.gateQuantile,
    gateExponent: overrides.gate_exponent ?? base.gateExponent,
    gateRefreshBlocks: overrides.gate_refresh_blocks ?? base.gateRefreshBlocks,
    burnPenalty: overrides.burn_penalty ?? base.burnPenalty,
    emissionSwitch: overrides.emission_switch ?? base.emissionSwitch,
    rootDividendsSold: overrides.root_dividends_sold ?? base.rootDividendsSold,
    movingAlphaBits: alpha === undefined ? base.movingAlphaBits : fromFloat(I96F32, alpha),
    taoWeight: taoWeight === undefined ? base.taoWeight : weightOf(taoWeight),
    ownerCut: ownerCut === undefined ? base.ownerCut : Math.round(ownerCut * 65_535),
  };
}

const weightOf = (share: number): bigint =>
  (BigInt(Math.round(share * 1e15)) * ((1n << 64n) - 1n)) / 1_000_000_000_000_000n;
