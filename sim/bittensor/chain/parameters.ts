/**
 * The parameters that the coinbase kernel reads, as a person would name them, and their way into
 * the chain's memory. Dated values come from sim/bittensor/rules; a scenario may override them.
 */

import { fromFloat, I32F32, U64F64 } from "../../fixed/fixed-point.ts";
import * as layout from "../coinbase/kernel/assembly/layout.ts";
import { type EraRules, writeEra, writeFlow } from "../coinbase/kernel/plain-state.ts";
import type { FlowParams } from "../emission/flow.ts";
import type { PoolKind, RuleSet } from "../rules/rule-set.ts";
import type { ChainState } from "../state.ts";

export interface ChainParameters {
  /** `exact`: the chain's fixed point; `float64`: ratios as doubles, amounts still integers. */
  readonly arithmetic: "exact" | "float64";
  /** How pools work, and what becomes of TAO and alpha beside them (spec/token-economics.md 2.3). */
  readonly era: PoolEra;
  /** What emission shares go by before penalties and gate. */
  readonly sharesBy: "price" | "user flow" | "net flow";
  readonly flow: FlowParams;
  /** `none`, or how the Hill gate's bar is found. */
  readonly gate: "none" | "mass" | "rank";
  readonly gateRank: number;
  readonly gateQuantile: number;
  readonly gateExponent: number;
  readonly gateRefreshBlocks: number;
  /** Shares are multiplied by 1 - MinerBurned. */
  readonly burnPenalty: boolean;
  /** Shares are multiplied by the root proportion (June 2026). */
  readonly rootProportionPenalty: boolean;
  /** I96F32 bits of SubnetMovingAlpha. */
  readonly movingAlphaBits: bigint;
  readonly movingHalvingBlocks: number;
  /** From this block count the ages of subnets that had started by then; 0 = from their start. */
  readonly agesFromBlock: number;
  /** TaoWeight as stored: u64, of 2^64 - 1. */
  readonly taoWeight: bigint;
  /** u16, of 65,535. */
  readonly ownerCut: number;
  readonly maxEpochsPerBlock: number;
  /** Chain buys come before the injection (spec 432 on). */
  readonly buyFirst: boolean;
  /** An epoch is also due when BlocksSinceLastStep exceeds the tempo (spec 432 on). */
  readonly dueBySteps: boolean;
  /** Epochs every tempo + 1 blocks, staggered by netuid (before June 2026). */
  readonly staggeredEpochs: boolean;
  /** Swap fee, u16 of 65,535. */
  readonly swapFee: number;
  /** False: subnets whose TAO emission is switched off get theirs all the same. */
  readonly emissionSwitch: boolean;
  /** Root dividends are sold at once, accrue until they are claimed, or wait in validators' funds. */
  readonly rootDividends: "sold" | "claimed" | "funds";
  /** In 10^-6 of the minimum stake: a nominator's smaller rest is sold after an unstake. */
  readonly nominatorMinimumFactor: number;
  /** How the price of a neuron's registration moves, and what becomes of what is paid. */
  readonly registrationPrice: "adjusted" | "decaying";
  readonly registrationPays: "burned TAO" | "recycled alpha";
  /** Subnets may leave Yuma for the null consensus (since spec 475). */
  readonly nullConsensus: boolean;
  /** Most mechanisms that a subnet may have; 1 before there were several. */
  readonly maxMechanisms: number;
  /** A split of another length than there are mechanisms counts as none (since spec 438). */
  readonly mechanismSplitWhole: boolean;
  /** A swap of an owner hotkey with others' stake waits on all subnets as on one (since spec 473). */
  readonly ownerSwapsWait: boolean;
  /** Subnets may have miners lock collateral (since spec 437). */
  readonly minerCollateral: boolean;
  /** Blocks before new children count, and the most parents that a child may have (null: any). */
  readonly childrenCooldownBlocks: number;
  readonly maxParents: number | null;
  /** Fee of a staking transaction. */
  readonly transactionFeeRao: bigint;
  /** True: transaction fees leave the issuance (since spec 445); false: the block author is paid. */
  readonly transactionFeesRecycled: boolean;
}

/** U96F32 bits of a stored TaoWeight. */
export const taoWeightBits = (taoWeight: bigint): bigint => (taoWeight << 32n) / ((1n << 64n) - 1n);

/** Rules of an era that agents meet too: their swaps go through the same pools. */
export interface PoolEra extends EraRules {
  readonly pool: PoolKind;
  /** Where the fee of a swap goes. */
  readonly swapFees: RuleSet["swapFees"];
}

const shareBases = { price: 0n, "user flow": 1n, "net flow": 2n } as const;

export function writeParameters(state: ChainState, parameters: ChainParameters): void {
  const { globals } = state;
  const gates = { none: 0n, mass: 1n, rank: 2n } as const;
  globals[layout.ARITHMETIC] = parameters.arithmetic === "exact" ? 0n : 1n;
  globals[layout.GATE_MODE] = gates[parameters.gate];
  globals[layout.GATE_RANK] = BigInt(parameters.gateRank);
  globals[layout.GATE_QUANTILE_LOW] = fromFloat(U64F64, parameters.gateQuantile);
  globals[layout.GATE_EXPONENT_I32F32] = fromFloat(I32F32, parameters.gateExponent);
  globals[layout.GATE_REFRESH_BLOCKS] = BigInt(parameters.gateRefreshBlocks);
  globals[layout.BURN_PENALTY] = parameters.burnPenalty ? 1n : 0n;
  globals[layout.ROOT_PROPORTION_PENALTY] = parameters.rootProportionPenalty ? 1n : 0n;
  globals[layout.MOVING_ALPHA_I96F32] = parameters.movingAlphaBits;
  globals[layout.MOVING_HALVING_BLOCKS] = BigInt(parameters.movingHalvingBlocks);
  globals[layout.TAO_WEIGHT_U96F32] = taoWeightBits(parameters.taoWeight);
  globals[layout.OWNER_CUT_U16] = BigInt(parameters.ownerCut);
  globals[layout.MAX_EPOCHS_PER_BLOCK] = BigInt(parameters.maxEpochsPerBlock);
  globals[layout.BUY_FIRST] = parameters.buyFirst ? 1n : 0n;
  globals[layout.DUE_BY_STEPS] = parameters.dueBySteps ? 1n : 0n;
  globals[layout.STAGGERED_EPOCHS] = parameters.staggeredEpochs ? 1n : 0n;
  globals[layout.SHARES_BY] = shareBases[parameters.sharesBy];
  writeFlow(globals, parameters);
  writeEra(globals, parameters.era);
}
